import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../desk/ports/environment.js';

/** Reads the clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};
