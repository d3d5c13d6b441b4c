import { parseArgs } from 'node:util';
import { type Fillers, signFillers, wordFillers } from './fillers.js';
import { growthReaders, type Reader } from './growth-readers.js';
import { wordsOf } from './words.js';

/**
 * `npm run fuzz:growth` or `npx tsx scripts/fuzz/growth.ts [part of a name] [--minutes 3] [--seed 0]`: how the time of reading grows with the size of a file.
 * Every kind of evidence is filled with signs, then with the words that readers look for, as many of them as the minutes of CPU
 * time allow; the seed chooses which. Fails when twice the size takes more than twice the CPU time (3 times, because of
 * noise), and prints the dearest shapes.
 */

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string', default: '3' }, seed: { type: 'string', default: '0' } },
  allowPositionals: true,
});
const budgetUs = Number(values.minutes) * 60e6;

/** Size of the first look, in characters. A shape that takes longer than `quietUs` is measured at `small` and twice that. */
const first = 32 * 1024;
/** CPU time below which growth cannot be measured, because clock and compiler make more noise. */
const quietUs = 2500;
const small = 96 * 1024;
/** CPU time of the small size above which one measurement is enough. */
const dearUs = 250_000;
/** A square has 4; caches and the collector of garbage make up to 2.8 of what grows with its size. */
const mostGrowth = 3;
const shownShapes = 10;

/** A reader and the text that it is filled with. */
interface Shape {
  reader: Reader;
  filler: string;
  fill: (length: number) => string;
}

interface MeasuredShape {
  name: string;
  /** Microseconds of CPU time. */
  perKb: number;
  growth?: number;
}

const readers = growthReaders.filter(({ name }) => name.includes(positionals[0] ?? ''));
const shapes = [...shapesOf(() => signFillers), ...shuffle(shapesOf(wordsFor), Number(values.seed))];
const measured: MeasuredShape[] = [];
const before = process.cpuUsage();
for (const shape of shapes) {
  if (cpuSince(before) > budgetUs) break;
  measured.push(measure(shape));
}

measured.sort((a, b) => b.perKb - a.perKb);
for (const { name, perKb } of measured.slice(0, shownShapes))
  console.log(`${(perKb / 1000).toFixed(3).padStart(9)} ms/KB  ${name}`);
const steep = measured.filter(({ growth = 0 }) => growth > mostGrowth);
for (const { name, growth } of steep) console.log(`twice the size takes ${growth?.toFixed(1)} times the time: ${name}`);
const growths = measured.flatMap(({ growth }) => growth ?? []).sort((a, b) => b - a);
console.log(
  `${measured.length} of ${shapes.length} shapes; ${growths.length} are dear enough for their growth to be measured at ${small / 1024} KB and twice that: ` +
    `at most ${growths[0]?.toFixed(1) ?? '-'} times, and ${steep.length} grow faster than their size`,
);
process.exit(steep.length > 0 ? 1 : 0);

function shapesOf(fillersFor: (reader: Reader) => Fillers): Shape[] {
  return readers.flatMap((reader) => [...fillersFor(reader)].map(([filler, fill]) => ({ reader, filler, fill })));
}

function wordsFor({ sources }: Reader): Fillers {
  return wordFillers(wordsOf(sources));
}

/** Returns the list in an order that only the seed decides. */
function shuffle<T>(list: T[], seed: number): T[] {
  let state = seed + 1;
  for (let i = list.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (i + 1);
    [list[i], list[other]] = [list[other] as T, list[i] as T];
  }
  return list;
}

function measure({ reader, filler, fill }: Shape): MeasuredShape {
  const run = (length: number) => {
    const text = fill(length);
    return () => reader.run(text);
  };
  const name = `${reader.name} × ${JSON.stringify(filler.slice(0, 60))}`;
  const firstCost = cost(run(first));
  if (firstCost <= quietUs) return { name, perKb: firstCost / (first / 1024) };
  const [single, double] = [run(small), run(2 * small)];
  const cheap = Math.min(cost(single), cost(single));
  const perKb = cheap / (small / 1024);
  if (cheap <= quietUs) return { name, perKb };
  const growth = cost(double) / cheap;
  return { name, perKb, growth: growth > 2.2 && cheap < dearUs ? confirmGrowth(single, run(8 * small)) : growth };
}

/**
 * Returns the growth of one doubling, as the mean of three: where a text no longer fits into a cache, or the collector of
 * garbage runs, one doubling is dear, while a square makes all of them dear.
 */
function confirmGrowth(single: () => void, eightfold: () => void): number {
  return Math.cbrt(median(eightfold) / median(single));
}

/** CPU time of one run in microseconds. */
function cost(run: () => void): number {
  const start = process.cpuUsage();
  run();
  return cpuSince(start);
}

function median(run: () => void): number {
  return Array.from({ length: 5 }, () => cost(run)).sort((a, b) => a - b)[2] as number;
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
