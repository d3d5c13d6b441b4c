import type { Reading, Refusal } from '../evidence/evidence.js';
import { readEvidence } from '../evidence/read.js';
import { belongsApart, isJunkName, looksZipped, shouldReport } from './bundle.js';
import { closedZipInside } from './closed-zips.js';
import type { JobResult } from './job-result.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';
import { type OpenZip, openZip, type ZipEntry, type ZipPlace, ZipRefusedError } from './zip.js';

/** Timelines are built for at most this many logs: an answer about more does not show them, and they take most of the memory. */
export const timelinesUpTo = 20;

/** A share of the entries of a zip, for one of several threads. */
export interface ZipShare {
  name: string;
  place: ZipPlace;
  part: number;
  parts: number;
  leaveLarge?: boolean;
  finished?: ReadonlySet<number>;
  failures?: ReadonlyMap<number, Refusal>;
}

/**
 * Reads a share of a zip: consecutive entries, about as many bytes as the other shares have. An archive that is refused, or holds
 * only junk, is one refused reading, which the first share reports.
 * @param begin called with the index of the entry whose reading begins
 */
export async function readZipShare(
  share: ZipShare,
  report: (result: JobResult) => void,
  begin: (index: number) => void,
): Promise<void> {
  const { name, place, part, finished, failures } = share;
  let zip: OpenZip;
  try {
    zip = await openZip(place);
  } catch (error) {
    const looksLike = error instanceof ZipRefusedError ? error.looksLike : undefined;
    if (part === 0) report({ index: 0, reading: refusedReading(name, refusalOf(error), looksLike) });
    return;
  }
  try {
    if (zip.entries.every((entry) => isJunkName(entry.fileName))) {
      if (part === 0) report({ index: 0, reading: refusedReading(name, 'zip-empty') });
      return;
    }
    const sizes = zip.entries.map((entry) => entry.uncompressedSize);
    const [from, to] = shareEntries(sizes, part, share.parts);
    if (!finished) report({ entries: to - from });
    for (let index = from; index < to; index++) {
      if (finished?.has(index)) continue;
      const refusal = failures?.get(index);
      if (refusal) {
        const { fileName } = zip.entries[index] as ZipEntry;
        report({ index, reading: refusedReading(`${name}/${fileName}`, refusal) });
        continue;
      }
      begin(index);
      report(readEntry(share, zip, index));
    }
  } finally {
    zip.close();
  }
}

/** Returns the reading of an entry, or why it is not read here. */
function readEntry({ name, place, leaveLarge = false }: ZipShare, zip: OpenZip, index: number): JobResult {
  const entry = zip.entries[index] as ZipEntry;
  if (isJunkName(entry.fileName)) return { index, skipped: true };
  if (entry.refusal === 'unsafe-name') return refuseUnsafe(name, zip, index);
  const path = `${name}/${entry.fileName}`;
  const timeline = zip.entries.length <= timelinesUpTo;
  if (leaveLarge && isLarge(entry)) return describeLargeEntry(index, path, entry, zip, place, timeline);
  let reading: Reading;
  try {
    const bytes = zip.unpack(entry);
    if (leaveLarge && belongsApart(bytes.length, bytes)) {
      return describeLargeEntry(index, path, entry, zip, place, timeline);
    }
    if (looksZipped(bytes)) {
      const { refusal, looksLike } = closedZipInside(bytes);
      reading = refusedReading(path, refusal, looksLike);
    } else reading = readEvidence(path, bytes, { timeline });
  } catch (error) {
    reading = refusedReading(path, refusalOf(error));
  }
  return shouldReport(reading, zip.entries.length) ? { index, reading } : { index, skipped: true };
}

/** Returns one refused reading for all names that lead out of the archive: the first has it, and says how many there are. */
function refuseUnsafe(name: string, zip: OpenZip, index: number): JobResult {
  const unsafe = zip.entries.filter((entry) => entry.refusal === 'unsafe-name' && !isJunkName(entry.fileName));
  const entry = zip.entries[index] as ZipEntry;
  if (unsafe[0] !== entry) return { index, skipped: true };
  const others = unsafe.length === 1 ? undefined : `${unsafe.length.toLocaleString('en-US')} files`;
  return { index, reading: refusedReading(`${name}/${entry.fileName.slice(0, 100)}`, 'unsafe-name', others) };
}

/** True for an entry that a child process must read. A larger one than a file may be is refused without unpacking. */
function isLarge({ uncompressedSize }: ZipEntry): boolean {
  return uncompressedSize > sizeLimits.threadBytes && uncompressedSize <= sizeLimits.fileBytes;
}

function describeLargeEntry(
  index: number,
  name: string,
  entry: ZipEntry,
  zip: OpenZip,
  place: ZipPlace,
  timeline: boolean,
): JobResult {
  const { uncompressedSize, compressionMethod, crc32, compressedSize: length } = entry;
  let at: number;
  try {
    at = zip.locate(entry);
  } catch (error) {
    return { index, reading: refusedReading(name, refusalOf(error)) };
  }
  const from = 'path' in place ? { path: place.path, at, length } : { sent: length };
  const large = { name, timeline, from, packed: { uncompressedSize, compressionMethod, crc32 } };
  return { index, large, bundle: true, ...('sent' in from && { at }) };
}

/** Returns the first and last (exclusive) entry of a part. Every part has about as many bytes to read. */
export function shareEntries(sizes: readonly number[], part: number, parts: number): [from: number, to: number] {
  const total = sizes.reduce((sum, size) => sum + size + 1, 0);
  const border = (n: number): number => {
    let sum = 0;
    const targetBytes = (total * n) / parts;
    const at = sizes.findIndex((size) => {
      sum += size + 1;
      return sum > targetBytes;
    });
    return at < 0 ? sizes.length : at;
  };
  return [border(part), part + 1 === parts ? sizes.length : border(part + 1)];
}
