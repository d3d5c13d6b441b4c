import type { Fleet, PoolForecast, ServerForecast } from '../diagnosis/fleet/forecast.js';
import { renderCsv } from './csv.js';

const columns = [
  'server',
  'iis',
  'pool',
  'identity',
  'account',
  'outcome',
  'already',
  'rights',
  'holders',
  'missing',
  'gpo',
] as const;

/** Returns the servers and their pools as CSV (RFC 4180): one row a pool, or one for a server without known pools. */
export function fleetCsv({ servers }: Fleet): string {
  const rows = servers.flatMap((server) =>
    (server.pools.length > 0 ? server.pools : [undefined]).map((pool) => rowOf(server, pool)),
  );
  return renderCsv([columns, ...rows]);
}

function rowOf({ server, iis, holders, missing, gpo }: ServerForecast, pool: PoolForecast | undefined) {
  return [
    server,
    iis,
    pool?.pool,
    pool?.identity,
    pool?.account,
    pool?.outcome,
    pool?.already,
    pool?.rights.join(' '),
    holders?.join(' '),
    missing.join(' '),
    gpo,
  ];
}
