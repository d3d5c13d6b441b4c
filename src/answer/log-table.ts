import type { Group, Report } from '../diagnosis/report.js';
import { statusText, urlPath } from './parts.js';

/** What many logs have in common; the place in the list is its number. */
interface LogGroup {
  title: string;
  cause: string | null;
  verdict: string;
}

/** One of many logs. Texts are empty where the log does not say. */
export interface LogRow {
  file: string;
  /** Number of its group. */
  group: number;
  status: string;
  code: string;
  site: string;
  pool: string;
  url: string;
  server: string;
  /** ISO 8601, UTC. */
  time: string;
}

/** Many logs with their groups, for doors in which they are sorted and filtered. It is never stored. */
export interface LogTable {
  groups: LogGroup[];
  logs: LogRow[];
}

/** Returns the FREB logs of a report as a table, most urgent group first; undefined when there is nothing to group. */
export function tabulateLogs({ files, groups }: Report): LogTable | undefined {
  const numbers = new Map(groups.flatMap(({ members = [] }, number) => members.map((at) => [at, number] as const)));
  if (numbers.size < 2) return undefined;
  const logs = files.flatMap(({ name, request, decisive, code }, at): LogRow[] => {
    const group = numbers.get(at);
    if (group === undefined) return [];
    return [
      {
        file: name,
        group,
        status: (request && statusText(request)) ?? '',
        code: decisive?.errorCode ?? code ?? '',
        site: request?.site ?? '',
        pool: request?.appPool ?? '',
        url: request?.url ? urlPath(request.url) : '',
        server: request?.server ?? '',
        time: request?.time ?? '',
      },
    ];
  });
  return { groups: groups.map(groupOf), logs };
}

function groupOf({ title, cause, verdict = 'failure' }: Group): LogGroup {
  return { title, cause, verdict };
}
