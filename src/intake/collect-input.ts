import { createReadStream } from 'node:fs';
import type { Reading } from '../evidence/evidence.js';
import { collectBytes, TooLargeError } from './collect.js';
import type { IntakeInput } from './input.js';
import type { NamedChunks } from './jobs.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';

/** The bytes of a single file with its name, or the reading that says why there are none. */
export type CollectedInput = NamedChunks | { refused: Reading };

/** Reads an input that is a single file into memory. Rejects only with what an input stream threw. */
export async function collectInput(input: IntakeInput): Promise<CollectedInput> {
  if ('text' in input) return { name: 'pasted text', chunks: [new TextEncoder().encode(input.text)] };
  const bytes = 'path' in input ? (createReadStream(input.path) as AsyncIterable<Uint8Array>) : input.bytes;
  try {
    return { name: input.name, chunks: (await collectBytes(bytes, sizeLimits.fileBytes)).chunks };
  } catch (error) {
    if (error instanceof TooLargeError) return { refused: refusedReading(input.name, 'too-large') };
    if ('path' in input) return { refused: refusedReading(input.name, refusalOf(error)) };
    throw error;
  }
}
