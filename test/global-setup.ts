import { resolve } from 'node:path';
import { buildKnowledge } from '../scripts/build/knowledge.js';
import { bundlePage } from '../scripts/build/page.js';
import { bundleProgram } from '../scripts/build/program.js';
import { learnQuestions } from '../scripts/build/questions.js';
import { runStep } from '../scripts/build/step.js';
import { createEmptyEngine } from './store/empty-engine.js';

/** Bundles page and program (readers start in threads), compiles the knowledge, learns from its examples and creates an empty engine, each only when its files changed since. */
export default async (): Promise<void> => {
  const root = resolve(import.meta.dirname, '..');
  await runStep(root, bundlePage);
  await runStep(root, bundleProgram);
  await runStep(root, buildKnowledge);
  await runStep(root, learnQuestions);
  await runStep(root, createEmptyEngine);
};
