import { readFileSync } from 'node:fs';

/** Returns the resident memory of a process in megabytes: `VmRSS` now, `VmHWM` the most so far. Linux only. */
export function residentMegabytes(pid: number | undefined, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}
