import { parentPort, workerData } from 'node:worker_threads';
import type { JobResult } from './job-result.js';
import { type Job, runJob } from './jobs.js';
import { packResults } from './parcel.js';

/** What a thread posts back: what it found, in batches, and how the job ended. */
export type FromWorker = { parcel: string } | { done: true } | { failed: string };

/** Readings posted together: single ones would cost more to post than to read; many at once hold up the thread that opens them. */
const batch = 16;

/** Where the thread says which file it reads: in shared memory, because a thread that is stuck posts nothing. */
const reading = new Int32Array(workerData as SharedArrayBuffer);

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

port.on('message', async (job: Job) => {
  let found: JobResult[] = [];
  const flush = () => {
    if (found.length > 0) port.postMessage({ parcel: packResults(found) } satisfies FromWorker);
    found = [];
  };
  try {
    const tell = (one: JobResult) => {
      found.push(one);
      if (found.length >= batch) flush();
    };
    await runJob(job, tell, (index) => Atomics.store(reading, 0, index));
    flush();
    port.postMessage({ done: true } satisfies FromWorker);
  } catch (error) {
    flush();
    port.postMessage({ failed: error instanceof Error ? error.name : typeof error } satisfies FromWorker);
  }
});
