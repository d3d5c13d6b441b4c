/** A stream went on past its limit. What was read so far is dropped. */
export class TooLarge extends Error {
  constructor() {
    super('more bytes than the limit');
    this.name = 'TooLarge';
  }
}

/**
 * Reads a stream into memory.
 * @param limit bytes; one more and reading stops, the stream is closed
 * @throws TooLarge, and whatever the stream throws
 */
export async function collect(bytes: Uint8Array | AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  if (bytes instanceof Uint8Array) {
    if (bytes.length > limit) throw new TooLarge();
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    // Leaving the loop calls the stream's return(), which closes the connection behind it.
    if (length > limit) throw new TooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks, length);
}
