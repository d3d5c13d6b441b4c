import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns the root of the package: the nearest folder above this file that holds both `package.json` and `knowledge/`.
 * It is the same from `src/` (tests) and from `dist/` (the built program). Throws when the installation is incomplete.
 */
export function packageRoot(from = fileURLToPath(import.meta.url)): string {
  for (let dir = dirname(from); ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'knowledge'))) return dir;
    if (dir === dirname(dir))
      throw new Error('The installation is incomplete: no folder "knowledge" beside package.json.');
  }
}

/** Returns the version in `package.json`. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}
