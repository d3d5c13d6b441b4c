import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

/** Runs npm in a folder and returns what it printed. Throws when npm fails. */
export function runNpm(args: readonly string[], cwd: string): string {
  const options = { cwd, encoding: 'utf8', maxBuffer: 1e8 } as const;
  if (process.platform !== 'win32') return execFileSync('npm', args, options);
  // Node refuses to start npm.cmd without a shell, and a shell would read the arguments once more.
  const cli = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return execFileSync(process.execPath, [cli, ...args], options);
}
