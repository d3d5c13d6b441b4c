import type { Memo } from './memo.js';

/** Fewer logs than this in a folder: an administrator removed the others, IIS did not overwrite them. */
const fewest = 10;

/** The highest number of a log in each folder of a site. */
type HighestNumbers = Record<string, number>;

/** The numbers of the logs in a folder. */
interface Numbers {
  count: number;
  lowest: number;
  highest: number;
}

/** Logs that came and went between two looks. */
export interface OverwrittenLogs {
  /** Each folder of a site with the number of logs that were lost there. */
  lost: { folder: string; count: number }[];
  highest: HighestNumbers;
}

/**
 * Finds logs, by their names, that IIS removed before they were read. IIS numbers the logs of a site and keeps the newest (50 by default): when
 * the lowest number there is beyond the one that should follow, those between were lost.
 * @param before what the last look returned
 */
export function findOverwritten(logs: Iterable<string>, before: Memo | undefined): OverwrittenLogs {
  const known = (before ?? {}) as HighestNumbers;
  const numbers = new Map<string, Numbers>();
  for (const name of logs) {
    const [, folder = '', number] = /^(.*?)\/?fr(\d+)\.xml$/i.exec(name) ?? [];
    const here = numbers.get(folder) ?? { count: 0, lowest: Infinity, highest: -Infinity };
    here.count++;
    here.lowest = Math.min(here.lowest, Number(number));
    here.highest = Math.max(here.highest, Number(number));
    numbers.set(folder, here);
  }
  const highest: HighestNumbers = { ...known };
  const lost: OverwrittenLogs['lost'] = [];
  for (const [folder, { count, lowest, highest: newest }] of numbers) {
    const last = known[folder];
    highest[folder] = newest;
    if (last !== undefined && count >= fewest && lowest > last + 1) lost.push({ folder, count: lowest - last - 1 });
  }
  return { lost, highest };
}
