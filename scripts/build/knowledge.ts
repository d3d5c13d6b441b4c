import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compiledFiles, serializeKnowledge } from '../../src/knowledge/compiled.js';
import { exitOnMistake } from './mistakes.js';
import type { BuildStep } from './step.js';

/** Checks `knowledge/` and writes it into one file that the program reads at its start. */
export const buildKnowledge: BuildStep = {
  name: 'knowledge',
  inputs: ['knowledge', 'src/knowledge', 'src/evidence/vocabulary'],
  output: join('dist', compiledFiles.tables),
  async run(root) {
    // Imported only when the step runs, because the checks and the YAML parser take longer to load than the hashes to compare.
    const { loadKnowledge } = await import('../../src/knowledge/load.js');
    await exitOnMistake(() => {
      const file = join(root, 'dist', compiledFiles.tables);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, serializeKnowledge(loadKnowledge(join(root, 'knowledge'))));
    });
  },
};
