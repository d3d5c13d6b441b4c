const prefixedEvent = /<([A-Za-z_][\w.-]{0,40}):Event[\s>]/;

/** Bytes after the start tag within which the first event begins. */
const reach = 16_384;

const lt = 0x3c;
const slash = 0x2f;

/**
 * Takes the prefix off the tags of a log whose events have one, `<e:Event>`: a tool that saved the log again may have
 * given their namespace a prefix. Returns null when there is no such prefix. Called only when no event was found.
 * @param from offset behind the start tag of the root
 */
export function withoutPrefix(bytes: Buffer, from: number): Buffer | null {
  // Latin-1 keeps every byte, whatever the encoding of the text between the tags.
  const prefix = prefixedEvent.exec(bytes.toString('latin1', from, from + reach))?.[1];
  if (prefix === undefined) return null;
  const needle = Buffer.from(`${prefix}:`, 'latin1');
  const plain = Buffer.allocUnsafe(bytes.length);
  let length = bytes.copy(plain, 0, 0, from);
  let at = from;
  for (let hit = bytes.indexOf(needle, at); hit >= 0; hit = bytes.indexOf(needle, hit + 1)) {
    const before = bytes[hit - 1];
    if (before !== lt && !(before === slash && bytes[hit - 2] === lt)) continue;
    length += bytes.copy(plain, length, at, hit);
    at = hit + needle.length;
  }
  length += bytes.copy(plain, length, at);
  return plain.subarray(0, length);
}
