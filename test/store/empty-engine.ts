import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { BuildStep } from '../../scripts/build/step.js';

const output = join('build', 'empty-engine.tar');

/** Creates the files of an empty Postgres, from which each test opens one of its own: creating them takes seconds. */
export const createEmptyEngine: BuildStep = {
  name: 'empty-engine',
  inputs: ['package-lock.json'],
  output,
  async run(root) {
    const engine = await PGlite.create();
    const files = await engine.dumpDataDir('none');
    mkdirSync(join(root, dirname(output)), { recursive: true });
    writeFileSync(join(root, output), new Uint8Array(await files.arrayBuffer()));
    await engine.close();
  },
};

/** Puts the files of an empty Postgres into a folder, where the embedded engine finds them. */
export function unpackEmptyEngine(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  execFileSync('tar', ['-xf', resolve(import.meta.dirname, '../..', output), '-C', folder], { stdio: 'ignore' });
}

/** Returns an empty Postgres in memory, which the caller closes. */
export function openEmptyEngine(): Promise<PGlite> {
  const files = readFileSync(resolve(import.meta.dirname, '../..', output));
  return PGlite.create({ loadDataDir: new Blob([new Uint8Array(files)]) });
}
