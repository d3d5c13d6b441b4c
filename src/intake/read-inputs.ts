import type { Reading } from '../evidence/evidence.js';
import type { Readers } from './children.js';
import { mayHoldWords } from './inline-reading.js';
import type { IntakeInput } from './input.js';
import { ReadSession } from './read-session.js';
import { type ReadingListener, ReadingTally } from './reading-tally.js';
import { flattenSlots, type ReadingSlot } from './slots.js';

/** The readings of all inputs, and how many files of bundles were skipped because they are not evidence. */
export interface ReadInputs {
  readings: Reading[];
  skipped: number;
  /** A short text that alone was given. */
  text?: string;
  /** The same, where it is not evidence or evidence that tells of no failure: it may be a question. */
  words?: string;
}

/** Reads all inputs; the readings keep their order. Rejects only with what an input stream threw. */
export async function readInputs(
  inputs: IntakeInput[],
  readers: Readers,
  onReading: ReadingListener = () => {},
): Promise<ReadInputs> {
  const tally = new ReadingTally(onReading);
  const session = new ReadSession(readers, tally);
  const slots: ReadingSlot[] = inputs.map(() => []);
  await Promise.all(inputs.map((input, i) => session.readInput(input, slots[i] as ReadingSlot[], inputs.length === 1)));
  const { text } = session;
  const { skipped } = tally;
  const readings = flattenSlots(slots);
  if (inputs.length !== 1 || text === undefined) return { readings, skipped };
  return { readings, skipped, text, ...(readings.every(mayHoldWords) && { words: text }) };
}
