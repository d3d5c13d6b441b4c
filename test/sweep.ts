/** `npm run test:long` goes through whole sweeps; `npm test` takes a sample of each. */
const isWhole = process.env.SWEEPS === 'whole';

/** Returns the rows of a sweep: in an everyday run one in so many. `from` begins elsewhere, so that several sweeps take all rows in turn. */
export function sampleOf<T>(rows: readonly T[], oneIn: number, from = 0): T[] {
  return isWhole ? [...rows] : rows.filter((_row, i) => i % oneIn === from % oneIn);
}
