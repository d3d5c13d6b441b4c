/** A stream went on past its limit. What was read so far is dropped. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  constructor() {
    super('more bytes than the limit');
  }
}

/** Bytes held in chunks that nobody else has a hand on. */
export interface Collected {
  chunks: Uint8Array[];
  length: number;
}

const piece = 1024 * 1024;

/**
 * Takes bytes into memory as chunks of their own, which may be handed to a worker thread without another copy.
 * @param limit bytes; one more and reading stops and the stream is closed
 * @throws TooLarge, and whatever the stream throws
 */
export async function collect(bytes: Uint8Array | AsyncIterable<Uint8Array>, limit: number): Promise<Collected> {
  const collected: Collected = { chunks: [], length: 0 };
  for await (const chunk of bytes instanceof Uint8Array ? pieces(bytes, limit) : bytes) {
    collected.length += chunk.length;
    // Leaving the loop calls the stream's return(), which closes the connection behind it.
    if (collected.length > limit) throw new TooLarge();
    // A network chunk may be a view into a buffer that is shared with others.
    collected.chunks.push(Uint8Array.prototype.slice.call(chunk));
  }
  return collected;
}

/** A large array in pieces, with a breath after each: copying 100 MB at once would hold everything else up. */
async function* pieces(bytes: Uint8Array, limit: number): AsyncGenerator<Uint8Array> {
  if (bytes.length > limit) throw new TooLarge();
  for (let at = 0; at < bytes.length; at += piece) {
    if (at > 0) await new Promise(setImmediate);
    yield bytes.subarray(at, at + piece);
  }
}
