import { openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Returns the longest stop of the event loop during some work, in milliseconds. Counts computing time of the main thread, so
 * that other programs of the machine do not matter; where the system does not tell it (Linux does), elapsed time.
 */
export async function longestStop(load: () => Promise<unknown>): Promise<number> {
  const stops: number[] = [];
  let watching = true;
  let last = computedMs();
  const tick = () => {
    stops.push(computedMs() - last);
    last = computedMs();
    if (watching) setTimeout(tick, 1);
  };
  setTimeout(tick, 1);
  await sleep(30);
  stops.length = 0;
  await load();
  await sleep(10);
  watching = false;
  return stops.reduce((most, ms) => Math.max(most, ms), 0);
}

const file = process.platform === 'linux' ? openSync('/proc/self/schedstat', 'r') : undefined;
const buffer = Buffer.alloc(64);

/** Returns milliseconds; the kernel counts them every 1 to 4. */
function computedMs(): number {
  if (file === undefined) return performance.now();
  const length = readSync(file, buffer, 0, buffer.length, 0);
  return Number(buffer.toString('latin1', 0, length).split(' ')[0]) / 1e6;
}
