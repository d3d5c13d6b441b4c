import type { LogTable } from '../../../src/answer/log-table.js';

/** The FREB logs that an answer is about, and where two of them part. */
export interface AnsweredLogs {
  case?: string;
  text?: string;
  markdown?: string;
  /** Where there is something to group. */
  table?: LogTable;
  logs?: { name: string; verdict: string }[];
  parting?: { bad: number | null; good: number | null };
}

/** A log among the files that were sent; in a zip it goes by the name in the answer. */
export interface SentLog {
  name: string;
  verdict: string;
  file: File;
}

/** Lists of more logs are cut. */
const mostOffered = 10_000;

/** Returns the logs of an answer with the files that hold them. */
export function findSent(files: readonly File[], logs: readonly { name: string; verdict: string }[]): SentLog[] {
  const [only] = files;
  // The answer may have withheld a part of the name.
  if (files.length === 1 && only && logs.length === 1 && logs[0]) return [{ ...logs[0], file: only }];
  // Two compared logs may have the same name.
  const inOrder = files.length === logs.length && logs.every(({ name }, i) => name === files[i]?.name);
  if (inOrder) return logs.map((log, i) => ({ ...log, file: files[i] as File }));
  const found: SentLog[] = [];
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const log of logs.slice(0, mostOffered)) {
    const file = byName.get(log.name) ?? files.find(({ name }) => log.name.startsWith(`${name}/`));
    if (file) found.push({ ...log, file });
  }
  return found;
}
