import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run bench:start`: measures the start of the built program against an empty Node process. The runs take turns, so that
 * other load meets all of them, and the best of each counts.
 */

const rounds = 25;
const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/src/main.js');
const empty = 'node -e 0';
const runs: [name: string, args: string[], limit: number | undefined][] = [
  [empty, ['-e', '0'], undefined],
  ['frebot --version', [program, '--version'], undefined],
  ['frebot diagnose', [program, 'diagnose', join(root, 'adapters/web/samples/impersonation-500.xml')], 6],
  ['frebot ask', [program, 'ask', 'What is SeImpersonatePrivilege?'], 5],
];

const best = new Map<string, number>();
for (let round = 0; round < rounds; round++) {
  for (const [name, args] of runs) {
    const start = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore' });
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, performance.now() - start));
  }
}

const base = best.get(empty) as number;
for (const [name, , limit] of runs) {
  const time = best.get(name) as number;
  const goal = limit ? ` (at most ${limit})` : '';
  console.log(
    `${name.padEnd(20)} ${time.toFixed(0).padStart(5)} ms  ${(time / base).toFixed(1).padStart(5)} times${goal}`,
  );
}
