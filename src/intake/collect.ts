import { looksZipped } from './bundle.js';
import { yieldToOthers } from './pacing.js';

/** A stream is longer than its limit. What was read is dropped. */
export class TooLargeError extends Error {
  override readonly name = 'TooLarge';
  constructor() {
    super('more bytes than the limit');
  }
}

/**
 * Bytes in chunks that no other code uses. The chunks of a zip are in shared memory: when its thread is ended because of
 * one entry, the bytes of the others must survive it.
 */
export interface CollectedBytes {
  chunks: Uint8Array[];
  length: number;
}

const pieceBytes = 1024 * 1024;
/** So many bytes show whether it is a zip. */
const headBytes = 4;

/**
 * Takes bytes into memory as chunks of their own, which may be handed to a worker thread without another copy.
 * @param limit bytes; one more and reading stops and the stream is closed
 * @throws TooLarge, and whatever the stream throws
 */
export async function collectBytes(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  limit: number,
): Promise<CollectedBytes> {
  const collected: CollectedBytes = { chunks: [], length: 0 };
  let zipped = false;
  for await (const piece of bytes instanceof Uint8Array ? pieces(bytes, limit) : bytes) {
    collected.length += piece.length;
    // Leaving the loop calls the stream's return(), which closes the connection behind it.
    if (collected.length > limit) throw new TooLargeError();
    // The first chunk shows what it is, however small the pieces are that a network delivers.
    const short = collected.chunks.length === 1 && (collected.chunks[0] as Uint8Array).length < headBytes;
    const chunk = short ? Buffer.concat([collected.chunks.pop() as Uint8Array, piece]) : piece;
    if (collected.chunks.length === 0) zipped = looksZipped(chunk);
    // A network chunk may be a view into a buffer that is shared with others.
    collected.chunks.push(zipped ? sharedCopy(chunk) : Uint8Array.prototype.slice.call(chunk));
  }
  return collected;
}

function sharedCopy(chunk: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(chunk.length));
  copy.set(chunk);
  return copy;
}

/** Takes the chunks out of the list one by one, so that each is freed as soon as it is sent. */
export function* taken(chunks: Uint8Array[]): Generator<Uint8Array> {
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk;
}

/** Copies of a stretch of what was collected, piece by piece. */
export function* stretch(chunks: readonly Uint8Array[], from: number, length: number): Generator<Uint8Array> {
  let at = 0;
  for (const chunk of chunks) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, from + length - at));
    if (piece.length > 0) yield Buffer.from(piece);
    at += chunk.length;
  }
}

/** Yields a large array in pieces and lets others run between them: copying 100 MB at once would hold everything else up. */
async function* pieces(bytes: Uint8Array, limit: number): AsyncGenerator<Uint8Array> {
  if (bytes.length > limit) throw new TooLargeError();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    if (at > 0) await yieldToOthers();
    yield bytes.subarray(at, at + pieceBytes);
  }
}
