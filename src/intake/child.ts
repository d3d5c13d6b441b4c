import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type ChildJob, runChildJob } from './child-job.js';
import { packResults } from './parcel.js';

/** A child's answer: its results and the memory it still holds, in bytes, or the name of the error. */
export type FromChild = { parcel: string; resident: number } | { failed: string };

/**
 * Writes memory (bytes) and computing time (milliseconds) of this process to its standard output, a line each 50 ms, while a job runs. In a thread, because reading
 * is synchronous. It ends the process when the parent no longer listens.
 */
const reporter = `
  const { writeSync } = require('node:fs');
  const busy = new Int32Array(require('node:worker_threads').workerData);
  for (;;) {
    Atomics.wait(busy, 0, 0);
    try {
      const { user, system } = process.cpuUsage();
      writeSync(1, process.memoryUsage.rss() + ' ' + Math.round((user + system) / 1000) + '\\n');
    } catch (error) {
      if (error.code !== 'EAGAIN') process.kill(process.pid, 'SIGKILL');
    }
    Atomics.wait(busy, 1, 0, 50);
  }`;

const busy = new Int32Array(new SharedArrayBuffer(8));
new Worker(reporter, { eval: true, workerData: busy.buffer }).unref();

function report(on: boolean): void {
  Atomics.store(busy, 0, on ? 1 : 0);
  Atomics.notify(busy, 0);
}

/** When a machine runs out of memory, this process is to go first. Linux only, and not everywhere allowed. */
try {
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {}

// The parent ends its children when it has ended its own work; what stops the parent is sent to the whole group.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());

process.on('message', async (job: ChildJob) => {
  report(true);
  let answer: FromChild;
  try {
    const sent = await receive(job.files.reduce((sum, { from }) => sum + ('sent' in from ? from.sent : 0), 0));
    const parcel = packResults(runChildJob(job, sent));
    answer = { parcel, resident: process.memoryUsage.rss() };
  } catch (error) {
    answer = { failed: error instanceof Error ? error.name : typeof error };
  }
  report(false);
  process.send?.(answer);
});

/** Resolves with that many bytes from standard input. */
function receive(length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  if (length === 0) return Promise.resolve(bytes);
  return new Promise((resolve) => {
    let done = 0;
    const take = (chunk: Buffer) => {
      done += chunk.copy(bytes, done);
      if (done < length) return;
      process.stdin.off('data', take).pause();
      resolve(bytes);
    };
    process.stdin.on('data', take).resume();
  });
}
