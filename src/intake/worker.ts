import { parentPort, workerData } from 'node:worker_threads';
import type { JobResult } from './job-result.js';
import { type Job, runJob } from './jobs.js';
import { packResults } from './pack-results.js';

/** A message of a thread: results in batches, and how the job ended. */
export type WorkerMessage = { parcel: string } | { done: true } | { failed: string };

/** Readings posted together: one at a time costs more to post than to read; many at once block the thread that unpacks them. */
const batch = 16;

/** Index of the file that is being read. In shared memory, because a thread that is stuck posts nothing. */
const currentFile = new Int32Array(workerData as SharedArrayBuffer);

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

port.on('message', async (job: Job) => {
  let results: JobResult[] = [];
  const flush = () => {
    if (results.length > 0) port.postMessage({ parcel: packResults(results) } satisfies WorkerMessage);
    results = [];
  };
  try {
    const report = (result: JobResult) => {
      results.push(result);
      if (results.length >= batch) flush();
    };
    await runJob(job, report, (index) => Atomics.store(currentFile, 0, index));
    flush();
    port.postMessage({ done: true } satisfies WorkerMessage);
  } catch (error) {
    flush();
    port.postMessage({ failed: error instanceof Error ? error.name : typeof error } satisfies WorkerMessage);
  }
});
