import { looksZipped } from './bundle.js';
import { runInTurn } from './pacing.js';

/** A stream is longer than its limit. The bytes that were read are dropped. */
export class TooLargeError extends Error {
  override readonly name = 'TooLarge';
  constructor() {
    super('more bytes than the limit');
  }
}

/**
 * Bytes in chunks that no other code uses. The chunks of a zip are in shared memory, because they must outlive the thread: one
 * entry may end it.
 */
export interface CollectedBytes {
  chunks: Uint8Array[];
  length: number;
}

const pieceBytes = 1024 * 1024;
/** Bytes that show whether it is a zip. */
const headBytes = 4;

/**
 * Copies bytes into memory as chunks that can be passed to a worker thread without another copy.
 * @param limit bytes; at one more, reading stops and the stream is closed
 * @throws TooLargeError, and the stream's own errors
 */
export async function collectBytes(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  limit: number,
): Promise<CollectedBytes> {
  const collected: CollectedBytes = { chunks: [], length: 0 };
  let zipped = false;
  for await (const piece of bytes instanceof Uint8Array ? splitBytes(bytes, limit) : bytes) {
    collected.length += piece.length;
    // Leaving the loop calls the stream's return(), which closes the connection behind it.
    if (collected.length > limit) throw new TooLargeError();
    // A network may deliver pieces too small to show whether it is a zip, so these are joined.
    const short = collected.chunks.length === 1 && (collected.chunks[0] as Uint8Array).length < headBytes;
    const chunk = short ? Buffer.concat([collected.chunks.pop() as Uint8Array, piece]) : piece;
    if (collected.chunks.length === 0) zipped = looksZipped(chunk);
    // A network chunk may be a view into a buffer that is shared with others.
    collected.chunks.push(zipped ? copyToSharedMemory(chunk) : Uint8Array.prototype.slice.call(chunk));
  }
  return collected;
}

function copyToSharedMemory(chunk: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(chunk.length));
  copy.set(chunk);
  return copy;
}

/** Removes the chunks from the list one by one, so that each is freed as soon as it is sent. */
export function* takeChunks(chunks: Uint8Array[]): Generator<Uint8Array> {
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk;
}

/** Yields copies of a range of the collected bytes, piece by piece. */
export function* copyRange(chunks: readonly Uint8Array[], from: number, length: number): Generator<Uint8Array> {
  let at = 0;
  for (const chunk of chunks) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, from + length - at));
    if (piece.length > 0) yield Buffer.from(piece);
    at += chunk.length;
  }
}

/** Yields a large array in pieces and lets other work run between them, because copying 100 MB at once would block it. */
async function* splitBytes(bytes: Uint8Array, limit: number): AsyncGenerator<Uint8Array> {
  if (bytes.length > limit) throw new TooLargeError();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield await runInTurn(() => bytes.subarray(at, at + pieceBytes));
  }
}
