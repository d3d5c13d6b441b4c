import { readSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type ChildJob, runChildJob } from './child-job.js';
import { packResults } from './pack-results.js';

/** A child's answer: its results and the bytes of memory it still uses, or the name of the error. */
export type ChildMessage = { parcel: string; resident: number } | { failed: string };

/**
 * Source of a thread that writes memory (bytes) and computing time (milliseconds) of this process to its standard output, a
 * line every 50 ms, while a job runs. It is a thread because reading is synchronous. It ends the process when the parent no
 * longer listens.
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

function setReporting(on: boolean): void {
  Atomics.store(busy, 0, on ? 1 : 0);
  Atomics.notify(busy, 0);
}

/** A machine that runs out of memory ends this process first. Linux only, and not allowed everywhere. */
try {
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {}

// Signals to the parent reach the whole group; the parent ends its children after its own work.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());

process.on('message', (job: ChildJob) => {
  setReporting(true);
  let answer: ChildMessage;
  try {
    const sent = receiveBytes(job.files.reduce((sum, { from }) => sum + ('sent' in from ? from.sent : 0), 0));
    const parcel = packResults(runChildJob(job, sent));
    answer = { parcel, resident: process.memoryUsage.rss() };
  } catch (error) {
    answer = { failed: error instanceof Error ? error.name : typeof error };
  }
  setReporting(false);
  process.send?.(answer);
});

/** Reads this many bytes from standard input straight to their place: the chunks of a stream would take their size once more. */
function receiveBytes(length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let received = 0; received < length; ) {
    const count = readSync(0, bytes, received, length - received, null);
    // The parent is gone.
    if (count === 0) process.exit();
    received += count;
  }
  return bytes;
}
