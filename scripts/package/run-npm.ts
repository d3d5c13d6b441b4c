import { execFileSync } from 'node:child_process';

/** Runs npm in a folder and returns what it printed. Throws when npm fails. */
export function runNpm(args: readonly string[], cwd: string): string {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return execFileSync(npm, args, { cwd, encoding: 'utf8', maxBuffer: 1e8 });
}
