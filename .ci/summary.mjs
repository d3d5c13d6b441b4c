// Adds up the "Tests  N passed | M skipped (T)" lines of the vitest runs in the log, and prints the sum in one line.
import { readFileSync } from 'node:fs';

const log = readFileSync(process.argv[2], 'utf8').replace(/\x1b\[[0-9;]*m/g, '');
const sum = (word) =>
  [...log.matchAll(/^\s*Tests\s+(.*)$/gm)].reduce(
    (n, m) => n + Number(new RegExp(`(\\d+) ${word}`).exec(m[1])?.[1] ?? 0),
    0,
  );
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
