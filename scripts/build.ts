import { join } from 'node:path';
import { buildKnowledge } from './build/knowledge.js';
import { bundlePage } from './build/page.js';
import { compileProgram } from './build/program.js';
import { learnQuestions } from './build/questions.js';
import { runStep } from './build/step.js';

// `npm run build`: everything in dist/, each step only when its inputs changed since it last ran.
const root = join(import.meta.dirname, '..');

await runStep(root, compileProgram);
await runStep(root, bundlePage);
await runStep(root, buildKnowledge);
await runStep(root, learnQuestions);
