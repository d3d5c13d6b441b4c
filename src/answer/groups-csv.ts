import type { Group } from '../diagnosis/report.js';
import { renderCsv } from './csv.js';

const columns = ['logs', 'verdict', 'cause', 'title', 'pools', 'sites', 'urls', 'firstHour', 'lastHour', 'example'];

/** Returns groups of logs as CSV (RFC 4180), one row each. Of pools, sites, URLs and hours a row has the ten most frequent. */
export function groupsCsv(groups: readonly Group[]): string {
  return renderCsv([columns, ...groups.map(rowOf)]);
}

function rowOf({ count, verdict, cause, title, by, example }: Group) {
  const names = (list: [string, number][] = []) => list.map(([name]) => name).join(' ');
  const hours = (by?.hour ?? []).map(([hour]) => hour).sort();
  return [
    count,
    verdict,
    cause,
    title,
    names(by?.pool),
    names(by?.site),
    names(by?.url),
    hours[0],
    hours.at(-1),
    example,
  ];
}
