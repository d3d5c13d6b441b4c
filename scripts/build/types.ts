import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BuildStep } from './step.js';

/** Checks the types of `src/` and `adapters/`. It writes no program: the bundler does, and reads no types. */
export const checkTypes: BuildStep = {
  name: 'types',
  inputs: ['src', 'adapters', 'tsconfig.json', 'package-lock.json'],
  output: 'dist/.tsbuildinfo',
  run(root) {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status } = spawnSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  },
};
