import { createReadStream } from 'node:fs';
import type { Reading } from '../evidence/evidence.js';
import { collectBytes, TooLargeError } from './collect-bytes.js';
import type { IntakeInput } from './input.js';
import type { NamedChunks } from './jobs.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';

/** The bytes of a single file with its name, or the reading that says why there are none. */
export type CollectedInput = NamedChunks | { refused: Reading };

/** Reads an input that is a single file, or a pasted text, into memory; both have the limit of a file. Rejects only with what an input stream threw. */
export async function collectInput(input: IntakeInput): Promise<CollectedInput> {
  const name = 'text' in input ? 'pasted text' : input.name;
  try {
    return { name, chunks: (await collectBytes(bytesOf(input), sizeLimits.fileBytes)).chunks };
  } catch (error) {
    if (error instanceof TooLargeError) return { refused: refusedReading(name, 'too-large') };
    if ('path' in input) return { refused: refusedReading(name, refusalOf(error)) };
    throw error;
  }
}

function bytesOf(input: IntakeInput): Uint8Array | AsyncIterable<Uint8Array> {
  if ('text' in input) return new TextEncoder().encode(input.text);
  return 'path' in input ? (createReadStream(input.path) as AsyncIterable<Uint8Array>) : input.bytes;
}
