import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Reading, Refusal } from '../evidence/evidence.js';
import { compareTraces } from '../evidence/freb/compare.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { isJunkName, looksZipped, shouldReport } from './bundle.js';
import type { JobResult, NamedPath } from './job-result.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';
import { type OpenZip, openZip, type ZipEntry, type ZipPlace, ZipRefusedError } from './zip.js';

/** One piece of work for a thread. Plain data, so that it can be posted. */
export type Job = (
  | {
      /** A file off the network, in the chunks it came in: joining them is work for a thread too. */
      kind: 'bytes';
      name: string;
      chunks: Uint8Array[];
    }
  | {
      /** Files on this machine. In a `bundle` (a folder), what is no evidence is left out. */
      kind: 'paths';
      files: NamedPath[];
      bundle: boolean;
      timeline: boolean;
    }
  /** A run of entries of a zip on this machine. Each part checks the directory for itself. */
  | { kind: 'zip'; name: string; path: string; part: number; parts: number }
  /** Pasted text too long to be read in passing. */
  | { kind: 'text'; text: string }
  /** A failing log and a working one. */
  | { kind: 'compare'; files: [bad: NamedChunks, good: NamedChunks] }
) & {
  /** A file too large for a thread is reported as `large` and not read. */
  apart?: boolean;
  /** Indexes that earlier tries of this job have finished. */
  except?: ReadonlySet<number>;
  /** Why earlier tries ended, by index: these files are reported and not read again. */
  died?: ReadonlyMap<number, Refusal>;
};

export interface NamedChunks {
  name: string;
  chunks: Uint8Array[];
}

type Tell = (found: JobResult) => void;
/** Told the index of the file whose reading begins. */
type Begin = (index: number) => void;

/** Timelines are built for at most so many logs: for more, no answer shows them, and they take most of the memory. */
export const timelinesUpTo = 20;

/** Does one job. Reading is synchronous: run it in a worker thread. */
export async function runJob(job: Job, tell: Tell, begin: Begin = () => undefined): Promise<void> {
  if (job.kind === 'paths') return readPaths(job, tell, begin);
  if (job.kind === 'zip') return readZip({ ...job, place: { path: job.path } }, tell, begin);
  if (job.kind === 'compare') return compare(job.files, tell, begin);
  if (job.kind === 'text') {
    begin(0);
    for (const [index, reading] of readPasted(job.text).entries()) tell({ index, reading });
    return;
  }
  const bytes = joined(job.chunks);
  if (looksZipped(bytes)) return readZip({ ...job, place: { bytes }, part: 0, parts: 1 }, tell, begin);
  begin(0);
  tell({ index: 0, reading: readEvidence(job.name, bytes, { timeline: true }) });
}

function compare(files: [NamedChunks, NamedChunks], tell: Tell, begin: Begin): void {
  const [bad, good] = files.map(({ chunks }) => joined(chunks)) as [Buffer, Buffer];
  for (const [index, bytes] of [bad, good].entries()) {
    begin(index);
    tell({ index, reading: readEvidence((files[index] as NamedChunks).name, bytes, { timeline: true }) });
  }
  tell({ comparison: compareTraces(bad, good) });
}

function readPaths(job: Job & { kind: 'paths' }, tell: Tell, begin: Begin): void {
  const { files, bundle, timeline, apart, except, died } = job;
  for (const [index, { name, path }] of files.entries()) {
    if (except?.has(index)) continue;
    const refusal = died?.get(index);
    if (refusal) {
      tell({ index, reading: refusedReading(name, refusal) });
      continue;
    }
    begin(index);
    let bytes: Buffer | 'zip' | 'large';
    try {
      bytes = readUnlessZip(path, apart === true);
    } catch (error) {
      tell({ index, reading: refusedReading(name, refusalOf(error)) });
      continue;
    }
    if (bytes === 'zip') {
      tell({ index, zip: { name, path } });
    } else if (bytes === 'large') {
      tell({ index, large: { name, timeline, from: { path } }, bundle });
    } else {
      const reading = readEvidence(name, bytes, { timeline });
      tell(bundle && !shouldReport(reading) ? { index, skipped: true } : { index, reading });
    }
  }
}

interface ZipShare {
  name: string;
  place: ZipPlace;
  part: number;
  parts: number;
  apart?: boolean;
  except?: ReadonlySet<number>;
  died?: ReadonlyMap<number, Refusal>;
}

/**
 * Reads its share of a zip: consecutive entries of about the same size together. An archive that must not be opened
 * further, or holds nothing of use, is one reading that says so, told by the first part.
 */
async function readZip(
  { name, place, part, parts, apart, except, died }: ZipShare,
  tell: Tell,
  begin: Begin,
): Promise<void> {
  let zip: OpenZip;
  try {
    zip = await openZip(place);
  } catch (error) {
    if (part === 0) tell({ index: 0, reading: refusedReading(name, refusalOf(error)) });
    return;
  }
  try {
    const all = zip.entries;
    if (all.every((entry) => isJunkName(entry.fileName))) {
      if (part === 0) tell({ index: 0, reading: refusedReading(name, 'zip-empty') });
      return;
    }
    const [from, to] = shareOut(
      all.map((entry) => entry.uncompressedSize),
      part,
      parts,
    );
    if (!except) tell({ entries: to - from });
    const timeline = all.length <= timelinesUpTo;
    for (let index = from; index < to; index++) {
      if (except?.has(index)) continue;
      const entry = all[index] as ZipEntry;
      const refusal = died?.get(index);
      if (refusal) {
        tell({ index, reading: refusedReading(`${name}/${entry.fileName}`, refusal) });
        continue;
      }
      begin(index);
      if (isJunkName(entry.fileName)) tell({ index, skipped: true });
      else if (apart && isLarge(entry))
        tell(largeEntry(index, `${name}/${entry.fileName}`, entry, zip, place, timeline));
      else {
        const reading = readEntry(`${name}/${entry.fileName}`, () => zip.unpack(entry), timeline);
        tell(shouldReport(reading) ? { index, reading } : { index, skipped: true });
      }
    }
  } finally {
    zip.close();
  }
}

/** Beyond the limit of a file nothing is unpacked, and the refusal can be said here. */
function isLarge({ uncompressedSize }: ZipEntry): boolean {
  return uncompressedSize > sizeLimits.threadBytes && uncompressedSize <= sizeLimits.fileBytes;
}

function largeEntry(
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

function readEntry(name: string, unpack: () => Uint8Array, timeline: boolean): Reading {
  try {
    const bytes = unpack();
    return looksZipped(bytes) ? refusedReading(name, 'too-deep') : readEvidence(name, bytes, { timeline });
  } catch (error) {
    return refusedReading(name, refusalOf(error));
  }
}

/** First and last (exclusive) of the entries of a part, so that every part has about as many bytes to read. */
export function shareOut(sizes: readonly number[], part: number, parts: number): [from: number, to: number] {
  const total = sizes.reduce((sum, size) => sum + size + 1, 0);
  const border = (n: number): number => {
    let sum = 0;
    const wanted = (total * n) / parts;
    const at = sizes.findIndex((size) => {
      sum += size + 1;
      return sum > wanted;
    });
    return at < 0 ? sizes.length : at;
  };
  return [border(part), part + 1 === parts ? sizes.length : border(part + 1)];
}

/** Files of a thread are read into the same memory one after the other: nothing of the bytes outlives the reading. */
let memory = Buffer.alloc(0);
/** Larger files get memory of their own, which is freed with them. */
const keptBytes = 8 * 1024 * 1024;

function room(size: number): Buffer {
  if (size > keptBytes) return Buffer.allocUnsafeSlow(size);
  if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.max(size, 1024 * 1024));
  return memory;
}

/**
 * The whole file, in memory that the next call uses again; a word when it is a zip, or too large for a thread. Throws for what cannot be opened, and ZipRefused for what is too large.
 */
function readUnlessZip(path: string, apart: boolean): Buffer | 'zip' | 'large' {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const large = apart && size > sizeLimits.threadBytes;
    if (large || size > sizeLimits.fileBytes) {
      const head = Buffer.alloc(4);
      if (readSync(fd, head, 0, 4, 0) === 4 && looksZipped(head)) return 'zip';
      if (large && size <= sizeLimits.fileBytes) return 'large';
      throw new ZipRefusedError('too-large');
    }
    const bytes = room(size);
    let done = 0;
    while (done < size) {
      const n = readSync(fd, bytes, done, size - done, done);
      if (n === 0) break;
      done += n;
    }
    const read = bytes.subarray(0, done);
    return looksZipped(read) ? 'zip' : read;
  } finally {
    closeSync(fd);
  }
}

function joined(chunks: Uint8Array[]): Buffer {
  const [first] = chunks;
  // Shared memory is copied: zlib and the readers want bytes of their own.
  const own = chunks.length === 1 && first !== undefined && first.buffer instanceof ArrayBuffer;
  return own ? Buffer.from(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength) : Buffer.concat(chunks);
}
