import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Reading, Refusal } from '../evidence/evidence.js';
import { compareTraces, type TraceComparison } from '../evidence/freb/compare.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { isJunkName, looksZipped, worthAWord } from './bundle.js';
import { limits } from './limits.js';
import { refused } from './refused.js';
import { openZip, type ZipPlace, ZipRefused } from './zip.js';

export interface NamedPath {
  name: string;
  path: string;
}

/** One piece of work for a thread. Plain data, so that it can be posted. */
export type Job =
  /** A file off the network, in the chunks it came in: joining 100 MB is work for a thread too. */
  | { kind: 'bytes'; name: string; chunks: Uint8Array[] }
  /** Files on this machine. In a `bundle` (a folder), what is no evidence is left out. */
  | { kind: 'paths'; files: NamedPath[]; bundle: boolean; timeline: boolean }
  /** A run of entries of a zip on this machine. Each part checks the directory for itself. */
  | { kind: 'zip'; name: string; path: string; part: number; parts: number }
  /** Pasted text too long to be read in passing. */
  | { kind: 'text'; text: string }
  /** A failing log and a working one. */
  | { kind: 'compare'; files: [bad: NamedChunks, good: NamedChunks] };

export interface NamedChunks {
  name: string;
  chunks: Uint8Array[];
}

/** What a job tells while it works. `index` is the place among the job's results, or among the entries of its zip. */
export type Found =
  | { index: number; reading: Reading }
  | { index: number; skipped: true }
  /** A zip among the files: somebody else's job. */
  | { index: number; zip: NamedPath }
  /** How many entries of a zip this job reads. */
  | { entries: number }
  | { comparison: TraceComparison };

type Tell = (found: Found) => void;

/** From so many logs on nobody reads timelines, and they take most of the memory. */
export const timelinesUpTo = 20;

/** Does one job. Reading is synchronous: run it in a worker thread. */
export async function runJob(job: Job, tell: Tell): Promise<void> {
  if (job.kind === 'paths') return readPaths(job, tell);
  if (job.kind === 'zip') return readZip(job.name, { path: job.path }, job.part, job.parts, tell);
  if (job.kind === 'compare') return compare(job.files, tell);
  if (job.kind === 'text') {
    for (const [index, reading] of readPasted(job.text).entries()) tell({ index, reading });
    return;
  }
  const bytes = joined(job.chunks);
  if (looksZipped(bytes)) return readZip(job.name, { bytes }, 0, 1, tell);
  tell({ index: 0, reading: readEvidence(job.name, bytes, { timeline: true }) });
}

function compare(files: [NamedChunks, NamedChunks], tell: Tell): void {
  const [bad, good] = files.map(({ chunks }) => joined(chunks)) as [Buffer, Buffer];
  for (const [index, bytes] of [bad, good].entries()) {
    tell({ index, reading: readEvidence((files[index] as NamedChunks).name, bytes, { timeline: true }) });
  }
  tell({ comparison: compareTraces(bad, good) });
}

function readPaths({ files, bundle, timeline }: Job & { kind: 'paths' }, tell: Tell): void {
  for (const [index, file] of files.entries()) {
    let bytes: Buffer | 'zip';
    try {
      bytes = readUnlessZip(file.path);
    } catch (error) {
      tell({ index, reading: refused(file.name, refusalOf(error)) });
      continue;
    }
    if (bytes === 'zip') {
      tell({ index, zip: file });
      continue;
    }
    const reading = readEvidence(file.name, bytes, { timeline });
    tell(bundle && !worthAWord(reading) ? { index, skipped: true } : { index, reading });
  }
}

/**
 * Reads its share of a zip: consecutive entries of about the same size together. An archive that must not be opened
 * further, or holds nothing of use, is one reading that says so, told by the first part.
 */
async function readZip(name: string, place: ZipPlace, part: number, parts: number, tell: Tell): Promise<void> {
  let zip: Awaited<ReturnType<typeof openZip>>;
  try {
    zip = await openZip(place);
  } catch (error) {
    if (part === 0) tell({ index: 0, reading: refused(name, refusalOf(error)) });
    return;
  }
  try {
    const all = zip.entries;
    if (all.every((entry) => isJunkName(entry.fileName))) {
      if (part === 0) tell({ index: 0, reading: refused(name, 'zip-empty') });
      return;
    }
    const [from, to] = share(
      all.map((entry) => entry.uncompressedSize),
      part,
      parts,
    );
    tell({ entries: to - from });
    for (let index = from; index < to; index++) {
      const entry = all[index] as (typeof all)[number];
      const reading = isJunkName(entry.fileName)
        ? undefined
        : readEntry(`${name}/${entry.fileName}`, () => zip.unpack(entry), all.length <= timelinesUpTo);
      tell(reading && worthAWord(reading) ? { index, reading } : { index, skipped: true });
    }
  } finally {
    zip.close();
  }
}

function readEntry(name: string, unpack: () => Uint8Array, timeline: boolean): Reading {
  try {
    const bytes = unpack();
    return looksZipped(bytes) ? refused(name, 'too-deep') : readEvidence(name, bytes, { timeline });
  } catch (error) {
    return refused(name, refusalOf(error));
  }
}

/** First and last (exclusive) of the entries of a part, so that every part has about as many bytes to read. */
export function share(sizes: readonly number[], part: number, parts: number): [from: number, to: number] {
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
/** For larger files memory is had anew, and given back. */
const keptBytes = 8 * 1024 * 1024;

function room(size: number): Buffer {
  if (size > keptBytes) return Buffer.allocUnsafeSlow(size);
  if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.max(size, 1024 * 1024));
  return memory;
}

/** The whole file, in memory that the next call uses again; the word `zip` when it is one. Throws for what cannot be opened, and ZipRefused for what is too large. */
function readUnlessZip(path: string): Buffer | 'zip' {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size > limits.fileBytes) {
      const head = Buffer.alloc(4);
      if (readSync(fd, head, 0, 4, 0) === 4 && looksZipped(head)) return 'zip';
      throw new ZipRefused('too-large');
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

export function refusalOf(error: unknown): Refusal {
  if (error instanceof ZipRefused) return error.refusal;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'path-not-found' : 'path-not-readable';
}

function joined(chunks: Uint8Array[]): Buffer {
  const [first] = chunks;
  const only = chunks.length === 1 && first !== undefined;
  return only ? Buffer.from(first.buffer, first.byteOffset, first.byteLength) : Buffer.concat(chunks);
}
