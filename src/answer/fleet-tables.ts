import type { PoolForecast, ServerForecast } from '../diagnosis/fleet/forecast.js';
import { nameOfSid } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { TablePart, Text } from './answer.js';
import type { ForecastRow } from './fleet-rows.js';
import { mostRows, splitTable } from './long-table.js';
import { countWords, listWords } from './wording.js';

const outcomeWords = { fails: 'fails', works: 'works', 'cannot-tell': 'cannot tell' } as const;

/** Lists the pools, most urgent first; a long list also has a table of all. */
export function poolTables(rows: readonly ForecastRow[], knowledge: Knowledge): TablePart[] {
  const columns = ['Server', 'Pool', 'Runs as', 'Result'];
  const cells = ({ server, pool, identity, account, outcome, rights, already }: ForecastRow): Text[] => [
    server,
    pool,
    account ?? identity,
    [already && outcome === 'fails' ? 'fails already' : outcomeWords[outcome], ...titlesOf(rights, knowledge)].join(
      ': ',
    ),
  ];
  const table: TablePart = {
    kind: 'table',
    id: 'pools',
    heading: 'Pools',
    keep: 'always',
    columns,
    rows: rows.map(cells),
  };
  return splitTable(table, 'All pools', (left) => leftRow(rows.slice(-left)));
}

function leftRow(rows: readonly ForecastRow[]): Text[] {
  const count = (outcome: PoolForecast['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const counts = [
    count('fails') > 0 ? `${count('fails')} fail` : '',
    count('cannot-tell') > 0 ? `${count('cannot-tell')} cannot tell` : '',
    count('works') > 0 ? `${count('works')} work` : '',
  ].filter(Boolean);
  return ['and more', countWords(rows.length, 'pool'), '', counts.join(', ')];
}

function titlesOf(rights: readonly string[], knowledge: Knowledge): string[] {
  return rights.length === 0 ? [] : [listWords(rights.map((right) => knowledge.iisRights.get(right)?.title ?? right))];
}

/** Lists who holds the right on each server now. */
export function serverTables(servers: readonly ServerForecast[], keep: 'always' | 'fold' = 'always'): TablePart[] {
  const rows = servers.map(({ server, iis, holders, missing, gpo }): Text[] => [
    server,
    iis === null ? 'not shown' : iis ? 'yes' : 'no',
    holders === null
      ? 'not in the files'
      : missing.length === 0
        ? 'in order'
        : `lacks ${missing.map((id) => nameOfSid(id) ?? id).join(', ')}`,
    gpo ?? 'not shown',
  ]);
  const table: TablePart = {
    kind: 'table',
    id: 'servers',
    heading: 'Impersonate a client after authentication, as it is now',
    keep,
    columns: ['Server', 'IIS', 'Holders', 'Set by'],
    rows,
  };
  if (keep === 'fold') return [{ ...table, rows: rows.slice(0, mostRows) }];
  return splitTable(table, 'All servers', (left) => ['and more', `${left} servers`, '', '']);
}
