import { renderCsv } from '../../../../src/answer/csv.js';
import type { LogRow, LogTable } from '../../../../src/answer/log-table.js';

const fields = ['file', 'status', 'code', 'site', 'pool', 'url', 'server', 'time'] as const;

/** Returns logs as CSV (RFC 4180). No cell is a formula. */
export function logsCsv({ groups }: LogTable, logs: readonly LogRow[]): string {
  const rows = logs.map((log) => {
    const { cause, title, verdict } = groups[log.group] ?? {};
    return [...fields.map((field) => log[field]), verdict, cause, title];
  });
  return renderCsv([[...fields, 'verdict', 'cause', 'title'], ...rows]);
}

/** Returns logs as JSON, each with its group. */
export function logsJson({ groups }: LogTable, logs: readonly LogRow[]): string {
  return JSON.stringify(
    logs.map(({ group, ...log }) => ({ ...log, ...groups[group] })),
    null,
    1,
  );
}
