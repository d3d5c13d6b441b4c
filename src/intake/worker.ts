import { parentPort } from 'node:worker_threads';
import { type Found, type Job, runJob } from './jobs.js';
import { pack } from './parcel.js';

/** What a thread posts back: what it found, in batches, and how the job ended. */
export type FromWorker = { parcel: string } | { done: true } | { failed: string };

/** Readings posted together: single ones would cost more to post than to read; many at once hold up whoever opens them. */
const batch = 16;

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

port.on('message', async (job: Job) => {
  let found: Found[] = [];
  const flush = () => {
    if (found.length > 0) port.postMessage({ parcel: pack(found) } satisfies FromWorker);
    found = [];
  };
  try {
    await runJob(job, (one) => {
      found.push(one);
      if (found.length >= batch) flush();
    });
    flush();
    port.postMessage({ done: true } satisfies FromWorker);
  } catch (error) {
    flush();
    port.postMessage({ failed: error instanceof Error ? error.name : typeof error } satisfies FromWorker);
  }
});
