import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compiledFiles } from '../../src/knowledge/compiled.js';
import { exitOnMistake } from './mistakes.js';
import type { BuildStep } from './step.js';

/** Learns from `knowledge/examples/` which entry answers a question. It takes about a minute, without network. */
export const learnQuestions: BuildStep = {
  name: 'questions',
  inputs: [
    'knowledge/examples',
    'knowledge/topics',
    'knowledge/causes',
    'knowledge/rights',
    'knowledge/iis-rights.yaml',
    'knowledge/codes.yaml',
    'knowledge/statuses.yaml',
    'knowledge/messages',
    'knowledge/worlds.yaml',
    'src/knowledge',
    'src/answer/codes.ts',
    'src/questions/parse',
    'src/questions/rank',
    'src/questions/train',
  ],
  output: join('dist', compiledFiles.learned),
  async run(root) {
    const [{ loadKnowledge }, { loadExamples }, { trainQuestions }] = await Promise.all([
      import('../../src/knowledge/load.js'),
      import('../../src/knowledge/load-examples.js'),
      import('../../src/questions/train/train.js'),
    ]);
    await exitOnMistake(() => {
      const folder = join(root, 'knowledge');
      const knowledge = loadKnowledge(folder);
      const file = join(root, 'dist', compiledFiles.learned);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, trainQuestions(knowledge, loadExamples(folder, knowledge)));
    });
  },
};
