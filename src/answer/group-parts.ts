import type { Group, Report } from '../diagnosis/report.js';
import type { Part, TablePart, Text } from './answer.js';
import { linesShown } from './files-part.js';
import { groupsCsv } from './groups-csv.js';
import { countHours } from './hour-counts.js';
import { splitTable } from './long-table.js';
import { urlPath } from './parts.js';
import { countWords } from './wording.js';

/** Returns the groups of logs that show a fault. */
export function faultGroups(report: Report): Group[] {
  return report.groups.filter((g) => g.verdict !== 'no-fault');
}

/** Lists the groups of logs, in the order to fix them. */
export function groupsParts(groups: readonly Group[]): TablePart[] {
  if (groups.length === 0) return [];
  const table: TablePart = {
    kind: 'table',
    id: 'groups',
    heading: 'What to fix first',
    keep: 'always',
    columns: ['Logs', 'What', 'Example'],
    rows: groups.map((g): Text[] => [
      g.count.toLocaleString('en-US'),
      [`${g.title}${g.verdict === undefined || g.verdict === 'failure' ? '' : ` (${g.verdict})`}`, placeOf(g)]
        .filter(Boolean)
        .join(' · '),
      g.example,
    ]),
  };
  const parts = splitTable(table, 'All groups', (left) => {
    const logs = groups.slice(-left).reduce((sum, { count }) => sum + count, 0);
    const where = `in ${countWords(left, 'further group')}: the report and my page have all of them`;
    return [logs.toLocaleString('en-US'), where, ''];
  });
  return parts.map((part) => (part.id === 'all-groups' ? { ...part, csv: groupsCsv(groups) } : part));
}

/** Shows when the logs of each cause were written. */
export function hoursPart({ files }: Report, groups: readonly Group[]): Part | undefined {
  const logs = groups.flatMap(({ title, members = [] }) =>
    members.flatMap((at) => {
      const time = files[at]?.request?.time;
      return time ? [{ title, time }] : [];
    }),
  );
  const hours = logs.length > linesShown ? countHours(logs) : undefined;
  if (!hours) return undefined;
  const rows = hours.starts.flatMap((start, at): Text[][] => {
    const counts = hours.series.map(({ counts }) => counts[at] ?? 0);
    return counts.some((count) => count > 0) ? [[start, ...counts.map((count) => count.toLocaleString('en-US'))]] : [];
  });
  const columns = [hours.hours === 1 ? 'Hour (UTC)' : 'From (UTC)', ...hours.series.map(({ title }) => title)];
  return { kind: 'table', id: 'hours', heading: 'When it happened', keep: 'fold', columns, rows, hours };
}

/** Shows how the logs of a group spread over pools, sites, URLs and hours. */
export function spreadPart(group: Group, index: number): Part | undefined {
  if (!group.by || group.count < 2) return undefined;
  const rows: [string, [string, number][]][] = [
    ['Pools', group.by.pool],
    ['Sites', group.by.site],
    ['URLs', group.by.url.map(([url, count]) => [urlPath(url), count])],
    ['Hours (UTC)', group.by.hour.map(([hour, count]) => [`${hour.replace('T', ' ')}:00`, count])],
  ];
  const facts = rows
    .filter(([, list]) => list.length > 0)
    .map(([label, list]) => ({
      label,
      value: list.map(([name, count]) => `${name} (${count.toLocaleString('en-US')})`).join(', '),
    }));
  if (facts.length === 0) return undefined;
  return { kind: 'facts', id: `spread-${index + 1}`, heading: `Where: ${group.title}`, keep: 'fold', facts };
}

function placeOf(group: Group): string {
  const pools = group.by?.pool.map(([name]) => name) ?? [];
  const urls = group.by?.url ?? [];
  const pool = pools.length === 1 ? `pool ${pools[0]}` : pools.length > 1 ? countWords(pools.length, 'pool') : '';
  const url = urls.length === 1 ? urlPath(urls[0]![0]) : urls.length > 1 ? countWords(urls.length, 'URL') : '';
  return [pool, url].filter(Boolean).join(', ');
}
