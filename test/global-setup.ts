import { resolve } from 'node:path';
import { buildKnowledge } from '../scripts/build/knowledge.js';
import { runStep } from '../scripts/build/step.js';

/** Compiles the knowledge once, if a YAML file changed since: reading YAML in every test file takes a second each. */
export default async (): Promise<void> => {
  await runStep(resolve(import.meta.dirname, '..'), buildKnowledge);
};
