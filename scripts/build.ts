import { join } from 'node:path';
import { buildKnowledge } from './build/knowledge.js';
import { bundlePage } from './build/page.js';
import { bundleProgram } from './build/program.js';
import { learnQuestions } from './build/questions.js';
import { runStep } from './build/step.js';
import { checkTypes } from './build/types.js';

// `npm run build`: everything in dist/, each step only when its inputs changed since it last ran.
const root = join(import.meta.dirname, '..');

await runStep(root, checkTypes);
await runStep(root, bundleProgram);
await runStep(root, bundlePage);
await runStep(root, buildKnowledge);
await runStep(root, learnQuestions);
