import type { LogRow, LogTable } from '../../../../src/answer/log-table.js';
import { includesWords, splitWords } from '../search-words.js';

/** The values by which logs are chosen, in the order of their lists. */
export const filterFields = ['cause', 'outcome', 'status', 'site', 'pool', 'url', 'server', 'hour'] as const;
export type FilterField = (typeof filterFields)[number];

/** What is wanted of each field; empty texts ask for nothing. */
export interface LogFilter extends Record<FilterField, string> {
  text: string;
  /** Number of a group; undefined for all. */
  group: number | undefined;
}

export const everyLog: LogFilter = {
  text: '',
  group: undefined,
  cause: '',
  outcome: '',
  status: '',
  site: '',
  pool: '',
  url: '',
  server: '',
  hour: '',
};

/** Returns the value of a log that a list filters by. */
export function logValue({ groups }: LogTable, log: LogRow, field: FilterField): string {
  if (field === 'cause') return groups[log.group]?.title ?? '';
  if (field === 'outcome') return groups[log.group]?.verdict ?? '';
  if (field === 'url') return log.url.replace(/[?#].*$/s, '');
  if (field === 'hour') return log.time.slice(0, 13).replace('T', ' ');
  return log[field];
}

/** Returns the logs that fit a filter, in their order. */
export function filterLogs(table: LogTable, filter: LogFilter): LogRow[] {
  const words = splitWords(filter.text);
  const wanted = filterFields.filter((field) => filter[field] !== '');
  return table.logs.filter((log) => {
    if (filter.group !== undefined && log.group !== filter.group) return false;
    if (!wanted.every((field) => logValue(table, log, field) === filter[field])) return false;
    if (words.length === 0) return true;
    const { file, code, url, time } = log;
    const values = filterFields.map((field) => logValue(table, log, field));
    return includesWords([file, code, url, time, ...values].join(' '), words);
  });
}

/** The logs of one group among those that fit. */
export interface GroupSum {
  group: number;
  logs: LogRow[];
}

/** Returns the groups that have any of these logs, in the order of the table: most urgent first. */
export function sumGroups(logs: readonly LogRow[]): GroupSum[] {
  const sums = new Map<number, LogRow[]>();
  for (const log of logs) {
    const known = sums.get(log.group);
    if (known) known.push(log);
    else sums.set(log.group, [log]);
  }
  return [...sums].map(([group, list]) => ({ group, logs: list })).sort((a, b) => a.group - b.group);
}
