import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { compareTraces } from '../evidence/freb/compare.js';
import { readEvidence } from '../evidence/read.js';
import type { ByteRange, JobResult, LargeFile } from './job-result.js';
import { sizeLimits } from './limits.js';
import { refusalOf, refusedReading } from './refused.js';
import { inflateEntry, ZipRefusedError } from './zip.js';

/** What a child process is asked to do. Plain data. */
export interface ChildJob {
  files: LargeFile[];
  /** The two files are a failing log and a working one. */
  compare?: true;
}

/**
 * Does one job, synchronously.
 * @param sent the bytes that came along, of all files one behind the other
 */
export function runChildJob({ files, compare }: ChildJob, sent: Buffer): JobResult[] {
  const found: JobResult[] = [];
  const both: Buffer[] = [];
  let at = 0;
  for (const [index, file] of files.entries()) {
    try {
      const raw = 'path' in file.from ? bytesOf(file.from) : sent.subarray(at, at + file.from.sent);
      if ('sent' in file.from) at += file.from.sent;
      const bytes = file.packed ? inflateEntry(raw, file.packed) : raw;
      found.push({ index, reading: readEvidence(file.name, bytes, { timeline: file.timeline }) });
      if (compare) both.push(bytes);
    } catch (error) {
      found.push({ index, reading: refusedReading(file.name, refusalOf(error)) });
    }
  }
  const [bad, good] = both;
  if (bad && good) found.push({ comparison: compareTraces(bad, good) });
  return found;
}

function bytesOf({ path, at = 0, length }: ByteRange): Buffer {
  const fd = openSync(path, 'r');
  try {
    const size = length ?? fstatSync(fd).size;
    if (size > sizeLimits.fileBytes) throw new ZipRefusedError('too-large');
    const bytes = Buffer.allocUnsafeSlow(size);
    let done = 0;
    while (done < size) {
      const n = readSync(fd, bytes, done, size - done, at + done);
      if (n === 0) break;
      done += n;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(fd);
  }
}
