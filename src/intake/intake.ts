import type { Reading } from '../evidence/evidence.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { collect, TooLarge } from './collect.js';
import { limits } from './limits.js';

/** Something to read: bytes with a name, a path on this machine (file, folder or zip), or pasted text. */
export type IntakeInput =
  | { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> }
  | { name: string; path: string }
  | { text: string };

export type OnReading = (reading: Reading, done: number, total: number) => void;

/** The one place that feeds bytes to the readers of evidence. */
export interface Intake {
  /**
   * Reads everything there is in the inputs, in their order; an entry of a zip is named `zip/entry`.
   * What cannot be read is a reading with a refusal. Rejects only for a stream that fails.
   * @param onReading each reading as it is found, and how many are done of those known so far
   */
  read(inputs: IntakeInput[], onReading?: OnReading): Promise<Reading[]>;
  /** Ends the worker threads. */
  close(): Promise<void>;
}

export function createIntake(_options: { workers?: number } = {}): Intake {
  return {
    async read(inputs, onReading) {
      const readings: Reading[] = [];
      for (const input of inputs) {
        const found = await readOne(input);
        readings.push(...found);
        for (const reading of found) onReading?.(reading, readings.length, Math.max(readings.length, inputs.length));
      }
      return readings;
    },
    async close() {},
  };
}

async function readOne(input: IntakeInput): Promise<Reading[]> {
  if ('text' in input) return readPasted(input.text);
  if ('path' in input) {
    const { readFile } = await import('node:fs/promises');
    return [readEvidence(input.name, await readFile(input.path), { timeline: true })];
  }
  try {
    return [readEvidence(input.name, await collect(input.bytes, limits.fileBytes), { timeline: true })];
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return [
      {
        file: input.name,
        kind: 'unknown',
        origin: null,
        damage: [],
        observations: [],
        withheld: 0,
        refusal: 'too-large',
      },
    ];
  }
}
