import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { compareTraces } from '../evidence/freb/compare.js';
import { buildTraceView } from '../evidence/freb/view/build-view.js';
import { readEvidence } from '../evidence/read.js';
import type { ByteRange, JobResult, LargeFile } from './job-result.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';
import { inflateEntry, ZipRefusedError } from './zip.js';

/** The job of a child process, as plain data. */
export interface ChildJob {
  files: LargeFile[];
  /** The two files are a failing log and a working one. */
  compare?: true;
  /** All events of the file are viewed. */
  view?: true;
}

/**
 * Runs a job synchronously.
 * @param sent the bytes sent with the job, of all files one after the other
 */
export function runChildJob({ files, compare, view }: ChildJob, sent: Buffer): JobResult[] {
  const results: JobResult[] = [];
  const comparedLogs: Buffer[] = [];
  let at = 0;
  for (const [index, file] of files.entries()) {
    try {
      const raw = 'path' in file.from ? readRange(file.from) : sent.subarray(at, at + file.from.sent);
      if ('sent' in file.from) at += file.from.sent;
      const bytes = file.packed ? inflateEntry(raw, file.packed) : raw;
      if (view) return [{ view: buildTraceView(file.name, bytes) }];
      results.push({ index, reading: readEvidence(file.name, bytes, { timeline: file.timeline }) });
      if (compare) comparedLogs.push(bytes);
    } catch (error) {
      results.push({ index, reading: refusedReading(file.name, refusalOf(error)) });
    }
  }
  const [bad, good] = comparedLogs;
  if (bad && good) results.push({ comparison: compareTraces(bad, good) });
  return results;
}

function readRange({ path, at = 0, length: rangeBytes }: ByteRange): Buffer {
  const fd = openSync(path, 'r');
  try {
    const size = rangeBytes ?? fstatSync(fd).size;
    if (size > sizeLimits.fileBytes) throw new ZipRefusedError('too-large');
    const bytes = Buffer.allocUnsafeSlow(size);
    let length = 0;
    while (length < size) {
      const read = readSync(fd, bytes, length, size - length, at + length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}
