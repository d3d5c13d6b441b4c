import { ReadingFacts } from '../../diagnosis/reading-facts.js';
import { readPoolSettings } from '../../diagnosis/user-right/pool-settings.js';
import { isPrintOf } from '../../evidence/events/account-print.js';
import type { Reading } from '../../evidence/evidence.js';
import { appPoolSid, sid } from '../../evidence/sids.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { newestOf, serverHash, shortHash } from './comparing.js';

/**
 * Event 4672 after a fix: the pool's account gets the right when it logs on. The event's account stays behind when it is
 * read; of a pool or built-in account the SID is left, of any other a print. What the print is compared with is in the
 * evidence of the conversation, in memory only, so that the case keeps no account, not even a hash of one: after a restart
 * the pool's identity must be sent again where its file cannot be fetched again.
 */

/** Which accounts the failing pools run as, as the evidence of the conversation says. */
export interface PoolAccounts {
  /** Named accounts: of the pool's settings, of the token of its worker process. */
  names: readonly string[];
  /** SIDs of the built-in accounts that pools can run as. */
  builtIn: readonly string[];
  /** The identity of a failing pool is known. */
  known: boolean;
}

const builtInSids: Record<string, string> = {
  NetworkService: sid.networkService,
  LocalService: sid.localService,
  LocalSystem: sid.localSystem,
};

/** @param readings all evidence of the conversation */
export function findPoolAccounts(readings: readonly Reading[]): PoolAccounts {
  const all = readings.map((reading) => new ReadingFacts(reading));
  const pools = new Set(all.flatMap((facts) => facts.text('request.app-pool') ?? []));
  const wanted = pools.size > 0 ? [...pools] : [undefined];
  const settings = all.flatMap((facts) => wanted.flatMap((pool) => readPoolSettings(facts, pool) ?? []));
  const identities = settings.flatMap(({ identity }) => identity ?? []);
  const tokens = all.filter((facts) => facts.text('token.whose') === 'worker' && isOfPool(facts, pools, all));
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

/** A worker process by its pool or, where the listing has no groups, by its number. */
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
 * The newest logon of the pool's account in an export of events. An export that also holds other events was sent for
 * those: of it only the proof counts.
 */
export function logonShown(
  reading: Reading,
  { salt, earlier, accounts }: { salt: string; earlier: readonly CaseEvidence[]; accounts: PoolAccounts },
): CaseSnapshot | undefined {
  const facts = new ReadingFacts(reading);
  const logons = logonsOf(reading);
  if (logons.length === 0) return undefined;
  const computer = facts.text('computer.name');
  const poolSids = new Set(earlier.flatMap(({ shows }) => shows?.poolSid ?? []));
  const isOfThePool = ({ account }: Logon) =>
    isPrint(account)
      ? accounts.names.some((name) => isPrintOf(account, name, computer))
      : accounts.builtIn.includes(account) || poolSids.has(shortHash(salt, account));
  const own = newestOf(logons.filter(isOfThePool));
  const alone = facts.all('event.id').every(({ value }) => value === 4672);
  if (!alone && !own?.holds) return undefined;
  const open = !accounts.known && logons.some(({ account }) => isPrint(account));
  return {
    verdict: 'inconclusive',
    cause: null,
    logon: own ? 'pool' : open ? 'unknown' : 'other',
    ...(own && { holds: own.holds }),
    ...(own?.time && { time: own.time }),
    ...(computer !== undefined && { server: serverHash(computer, salt) }),
  };
}

function isPrint(account: string): boolean {
  return account.includes(':');
}

function logonsOf({ observations }: Reading): Logon[] {
  const found: Logon[] = [];
  for (const { name, value } of observations) {
    if (name === 'logon.account') found.push({ account: String(value), holds: false });
    const last = found.at(-1);
    if (last && name === 'logon.has-right') last.holds = value === true;
    if (last && name === 'logon.time') last.time = String(value);
  }
  return found;
}
