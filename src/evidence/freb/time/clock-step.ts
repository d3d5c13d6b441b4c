/** Steps of the clock behind traces, in milliseconds, coarsest first: Windows' default, and what programs set it to. */
const knownSteps = [15.625, 10, 5, 2, 1] as const;

/** Over longer stretches the clock's own drift is larger than what tells two steps apart, in milliseconds. */
const longestStretch = 500;
/** Both times of a stretch are cut to whole milliseconds. */
const rounding = 1.001;
/** One stretch may fit by chance. */
const leastStretches = 2;

/**
 * Returns the step in which the clock of a trace moves, in milliseconds: the coarsest known one that all its stretches are
 * multiples of. Null when the trace has too few different times to tell.
 * @param times in milliseconds, in file order
 */
export function findClockStep(times: Iterable<number>): number | null {
  const stretches: number[] = [];
  let before = Number.NaN;
  for (const time of times) {
    const stretch = time - before;
    if (stretch > 0 && stretch <= longestStretch) stretches.push(stretch);
    if (!(stretch <= 0)) before = time;
  }
  if (stretches.length < leastStretches) return null;
  return knownSteps.find((step) => stretches.every((stretch) => isMultiple(stretch, step))) ?? null;
}

function isMultiple(stretch: number, step: number): boolean {
  const count = Math.round(stretch / step);
  return count > 0 && Math.abs(stretch - count * step) <= (step > 2 ? rounding : 0.5);
}
