import { ReadingFacts } from '../../diagnosis/reading-facts.js';
import { readPoolSettings } from '../../diagnosis/user-right/pool-settings.js';
import { isPrintOf } from '../../evidence/events/facts/account-print.js';
import type { Reading } from '../../evidence/evidence.js';
import { appPoolSid, sid } from '../../evidence/sids.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { serverHash, shortHash } from './snapshot-hashes.js';
import { newestOf } from './snapshots.js';

/**
 * Event 4672 after a fix: the pool's account gets the right when it logs on. Reading the event withholds its account; a
 * pool or built-in account keeps its SID, any other account a print. The print is compared with the evidence of the
 * conversation, which is in memory only, so a case keeps no account, not even a hash of one. After a restart the user must
 * send the pool's identity again, unless its file can be fetched again.
 */

/** The accounts that the failing pools run as, from the evidence of the conversation. */
export interface PoolAccounts {
  /** Named accounts, from the pool's settings and from tokens of its worker processes. */
  names: readonly string[];
  /** SIDs of the built-in accounts that pools can run as. */
  builtIn: readonly string[];
  /** True when the identity of a failing pool is known. */
  known: boolean;
}

const builtInSids: Record<string, string> = {
  NetworkService: sid.networkService,
  LocalService: sid.localService,
  LocalSystem: sid.localSystem,
};

/**
 * Finds the accounts of the failing pools.
 * @param readings all evidence of the conversation
 */
export function findPoolAccounts(readings: readonly Reading[]): PoolAccounts {
  const all = readings.map((reading) => new ReadingFacts(reading));
  const pools = new Set(all.flatMap((facts) => facts.text('request.app-pool') ?? []));
  const wanted = pools.size > 0 ? [...pools] : [undefined];
  // Logs name their pool only, and there may be thousands of them.
  const others = all.filter(({ reading }) => reading.kind !== 'freb-log');
  const settings = others.flatMap((facts) => wanted.flatMap((pool) => readPoolSettings(facts, pool) ?? []));
  const identities = settings.flatMap(({ identity }) => identity ?? []);
  const tokens = others.filter((facts) => facts.text('token.whose') === 'worker' && isOfPool(facts, pools, all));
  const names = [
    ...settings.flatMap(({ account }) => account ?? []),
    ...tokens.flatMap((facts) => facts.text('token.account') ?? []),
  ];
  return {
    names,
    builtIn: identities.flatMap((identity) => builtInSids[identity] ?? []),
    known: names.length > 0 || identities.some((identity) => identity !== 'SpecificUser'),
  };
}

/** True for a worker process of one of the pools: by its pool, its groups, or its process id. */
function isOfPool(token: ReadingFacts, pools: ReadonlySet<string>, all: readonly ReadingFacts[]): boolean {
  const sids = [...pools].map(appPoolSid);
  const pool = token.text('token.pool');
  const process = token.number('token.process-id');
  return (
    (pool !== undefined && pools.has(pool)) ||
    (token.list('token.groups') ?? []).some((group) => sids.includes(group)) ||
    (process !== undefined && all.some((facts) => facts.number('request.process-id') === process))
  );
}

interface Logon {
  account: string;
  holds: boolean;
  time?: string;
}

/**
 * Summarizes an export of events by the newest logon of the pool's account. An export that also holds other events was
 * sent for those, so only a logon with the right counts.
 */
export function summarizeLogons(
  reading: Reading,
  { salt, earlier, accounts }: { salt: string; earlier: readonly CaseEvidence[]; accounts: PoolAccounts },
): CaseSnapshot | undefined {
  const facts = new ReadingFacts(reading);
  const logons = listLogons(reading);
  if (logons.length === 0) return undefined;
  const computer = facts.text('computer.name');
  const poolSids = new Set(earlier.flatMap(({ shows }) => shows?.poolSid ?? []));
  const isOfFailingPool = ({ account }: Logon) =>
    isPrint(account)
      ? accounts.names.some((name) => isPrintOf(account, name, computer))
      : accounts.builtIn.includes(account) || poolSids.has(shortHash(salt, account));
  const poolLogon = newestOf(logons.filter(isOfFailingPool));
  const onlyLogons = facts.all('event.id').every(({ value }) => value === 4672);
  if (!onlyLogons && !poolLogon?.holds) return undefined;
  const mayBePool = !accounts.known && logons.some(({ account }) => isPrint(account));
  return {
    verdict: 'inconclusive',
    cause: null,
    logon: poolLogon ? 'pool' : mayBePool ? 'unknown' : 'other',
    ...(poolLogon && { holds: poolLogon.holds }),
    ...(poolLogon?.time && { time: poolLogon.time }),
    ...(computer !== undefined && { server: serverHash(computer, salt) }),
  };
}

/** True for the print of an account; a SID has no colon. */
function isPrint(account: string): boolean {
  return account.includes(':');
}

function listLogons({ observations }: Reading): Logon[] {
  const logons: Logon[] = [];
  for (const { name, value } of observations) {
    if (name === 'logon.account') logons.push({ account: String(value), holds: false });
    const last = logons.at(-1);
    if (last && name === 'logon.has-right') last.holds = value === true;
    if (last && name === 'logon.time') last.time = String(value);
  }
  return logons;
}
