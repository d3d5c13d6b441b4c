import { resolve } from 'node:path';
import { buildKnowledge } from '../scripts/build/knowledge.js';
import { learnQuestions } from '../scripts/build/questions.js';
import { runStep } from '../scripts/build/step.js';

/** Compiles the knowledge and learns from its examples once, if a YAML file changed since. */
export default async (): Promise<void> => {
  const root = resolve(import.meta.dirname, '..');
  await runStep(root, buildKnowledge);
  await runStep(root, learnQuestions);
};
