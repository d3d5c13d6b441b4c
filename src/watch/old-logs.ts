import type { LogFile } from './ports.js';

/** Logs of before the first look that are read. The older ones would say the same for minutes, and hold up what is new. */
export const mostOldLogs = 1000;

/**
 * Returns the newest logs, newest first, as many as given, taken in turn from each folder of a site: one busy site does not hide
 * what the others have.
 */
export function chooseOldLogs(logs: readonly LogFile[], most: number): LogFile[] {
  const newestFirst = [...logs].sort((a, b) => b.changedAt - a.changedAt);
  if (newestFirst.length <= most) return newestFirst;
  const turns = new Map<string, number>();
  const inTurn = newestFirst.map((log) => {
    const folder = log.name.slice(0, log.name.lastIndexOf('/') + 1);
    const turn = turns.get(folder) ?? 0;
    turns.set(folder, turn + 1);
    return { log, turn };
  });
  // The order within a turn stays: newest first.
  inTurn.sort((a, b) => a.turn - b.turn);
  return inTurn.slice(0, Math.max(most, 0)).map(({ log }) => log);
}
