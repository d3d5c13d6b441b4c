import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Refusal } from '../evidence/evidence.js';
import { compareTraces } from '../evidence/freb/compare.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { belongsApart, looksZipped, shouldReport } from './bundle.js';
import type { JobResult, NamedPath } from './job-result.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';
import { viewBytes } from './view-bytes.js';
import { ZipRefusedError } from './zip.js';
import { readZipShare } from './zip-share.js';

/** A job for a thread. Plain data, so that it can be posted. */
export type Job = (
  | {
      /** A downloaded file, in the chunks it came in, because joining them is work for a thread too. */
      kind: 'bytes';
      name: string;
      chunks: Uint8Array[];
    }
  | {
      /** Files on this machine. In a `bundle` (a folder), files that are not evidence are left out. */
      kind: 'paths';
      files: NamedPath[];
      bundle: boolean;
      timeline: boolean;
    }
  /** Consecutive entries of a zip on this machine. Each part checks the directory again. */
  | { kind: 'zip'; name: string; path: string; part: number; parts: number }
  /** Pasted text too long for the calling thread. */
  | { kind: 'text'; text: string }
  /** A failing log and a working one. */
  | { kind: 'compare'; files: [bad: NamedChunks, good: NamedChunks] }
  /** One log, all events of which are viewed; `wanted` is its name in a zip. */
  | { kind: 'view'; name: string; wanted: string; chunks: Uint8Array[] }
) & {
  /** A file that belongs in its own process is reported as `large` and not read. */
  leaveLarge?: boolean;
  /** Indexes that earlier runs of this job have finished. */
  finished?: ReadonlySet<number>;
  /** Why earlier runs ended, by index: these files are reported and not read again. */
  failures?: ReadonlyMap<number, Refusal>;
};

export interface NamedChunks {
  name: string;
  chunks: Uint8Array[];
}

type Report = (result: JobResult) => void;
/** Called with the index of the file whose reading begins. */
type StartJob = (index: number) => void;

/** Runs a job. Reading is synchronous, so this runs in a worker thread. */
export async function runJob(job: Job, report: Report, begin: StartJob = () => undefined): Promise<void> {
  if (job.kind === 'paths') return readPaths(job, report, begin);
  if (job.kind === 'zip') return readZipShare({ ...job, place: { path: job.path } }, report, begin);
  if (job.kind === 'compare') return compareFiles(job.files, report, begin);
  if (job.kind === 'text') {
    begin(0);
    for (const [index, reading] of readPasted(job.text).entries()) report({ index, reading });
    return;
  }
  const bytes = joinChunks(job.chunks);
  if (job.kind === 'view') {
    begin(0);
    return report({ view: await viewBytes(job.name, job.wanted, bytes) });
  }
  if (looksZipped(bytes)) return readZipShare({ ...job, place: { bytes }, part: 0, parts: 1 }, report, begin);
  begin(0);
  report({ index: 0, reading: readEvidence(job.name, bytes, { timeline: true }) });
}

function compareFiles(files: [NamedChunks, NamedChunks], report: Report, begin: StartJob): void {
  const [bad, good] = files.map(({ chunks }) => joinChunks(chunks)) as [Buffer, Buffer];
  for (const [index, bytes] of [bad, good].entries()) {
    begin(index);
    report({ index, reading: readEvidence((files[index] as NamedChunks).name, bytes, { timeline: true }) });
  }
  report({ comparison: compareTraces(bad, good) });
}

function readPaths(job: Job & { kind: 'paths' }, report: Report, begin: StartJob): void {
  const { files, bundle, timeline, leaveLarge, finished, failures } = job;
  for (const [index, { name, path }] of files.entries()) {
    if (finished?.has(index)) continue;
    const refusal = failures?.get(index);
    if (refusal) {
      report({ index, reading: refusedReading(name, refusal) });
      continue;
    }
    begin(index);
    let bytes: Buffer | 'zip' | 'large';
    try {
      bytes = readUnlessZip(path, leaveLarge === true);
    } catch (error) {
      report({ index, reading: refusedReading(name, refusalOf(error)) });
      continue;
    }
    if (bytes === 'zip') {
      report({ index, zip: { name, path } });
    } else if (bytes === 'large') {
      report({ index, large: { name, timeline, from: { path } }, bundle });
    } else {
      const reading = readEvidence(name, bytes, { timeline });
      report(bundle && !shouldReport(reading) ? { index, skipped: true } : { index, reading });
    }
  }
}

/** The files of a thread are read into this memory, one after the other; a reading keeps none of the bytes. */
let reusedMemory = Buffer.alloc(0);
/** Larger files get their own memory, which is freed with them. */
const mostReusedBytes = 8 * 1024 * 1024;

function reuseMemory(size: number): Buffer {
  if (size > mostReusedBytes) return Buffer.allocUnsafeSlow(size);
  if (reusedMemory.length < size) reusedMemory = Buffer.allocUnsafeSlow(Math.max(size, 1024 * 1024));
  return reusedMemory;
}

/**
 * Returns the whole file, in memory that the next call uses again; `zip` for a zip, `large` for a file that belongs in a
 * process of its own.
 * @throws the system's error when it cannot be opened, ZipRefusedError when it is too large
 */
function readUnlessZip(path: string, leaveLarge: boolean): Buffer | 'zip' | 'large' {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const large = leaveLarge && size > sizeLimits.threadBytes;
    if (large || size > sizeLimits.fileBytes) {
      const head = Buffer.alloc(4);
      if (readSync(fd, head, 0, 4, 0) === 4 && looksZipped(head)) return 'zip';
      if (large && size <= sizeLimits.fileBytes) return 'large';
      throw new ZipRefusedError('too-large');
    }
    const bytes = reuseMemory(size);
    let length = 0;
    while (length < size) {
      const read = readSync(fd, bytes, length, size - length, length);
      if (read === 0) break;
      length += read;
    }
    const whole = bytes.subarray(0, length);
    if (looksZipped(whole)) return 'zip';
    return leaveLarge && belongsApart(length, whole) ? 'large' : whole;
  } finally {
    closeSync(fd);
  }
}

function joinChunks(chunks: Uint8Array[]): Buffer {
  const [first] = chunks;
  // Shared memory is copied, because zlib and the readers do not take it.
  const isOwn = chunks.length === 1 && first !== undefined && first.buffer instanceof ArrayBuffer;
  return isOwn ? Buffer.from(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength) : Buffer.concat(chunks);
}
