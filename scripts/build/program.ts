import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { BuildStep } from './step.js';

/** Compiles the TypeScript of `src/` and `adapters/` into `dist/`. */
export const compileProgram: BuildStep = {
  name: 'program',
  inputs: ['src', 'adapters', 'tsconfig.json', 'package-lock.json'],
  output: 'dist/src/main.js',
  run(root) {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status } = spawnSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
    removeOrphans(root);
  },
};

/** Deletes compiled files without a source. The compiler leaves them, and an import of one would still work. */
function removeOrphans(root: string): void {
  const dist = join(root, 'dist');
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const source = join(root, relative(dist, file)).replace(/\.js(\.map)?$/, '.ts');
    if (entry.isFile() && /\.js(\.map)?$/.test(file) && !existsSync(source)) rmSync(file);
  }
}
