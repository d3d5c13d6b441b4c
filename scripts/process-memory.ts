import { readFileSync } from 'node:fs';

/** Returns the computing time of a process and its threads so far, in milliseconds. Linux only. */
export function cpuMilliseconds(pid: number | undefined): number {
  // The name in parentheses may hold blanks. A clock tick is a hundredth of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Returns the resident memory of a process in megabytes: `VmRSS` now, `VmHWM` the most so far. Linux only. */
export function residentMegabytes(pid: number | undefined, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}
