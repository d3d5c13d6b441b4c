import { appPoolSid, sid, sidOfName } from '../../evidence/sids.js';

/** What a configuration says about one pool, defaults applied. */
export interface FleetPool {
  name: string;
  identity: 'ApplicationPoolIdentity' | 'NetworkService' | 'LocalService' | 'LocalSystem' | 'SpecificUser';
  /** The account of a pool with SpecificUser, as the configuration writes it. */
  account: string | undefined;
  /** True when IIS does not put IIS_IUSRS into the token. */
  manualGroupMembership: boolean;
  logonType: 'LogonBatch' | 'LogonService';
}

/** Groups of every logon. */
const everyLogon = ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545'];

/**
 * Returns the SIDs that the token of a pool's worker process holds for certain (processModel documentation, KB 981949).
 * A built-in identity logs on as a service. For a named account IIS adds IIS_IUSRS and the pool's own SID.
 */
function tokenSids(pool: FleetPool): ReadonlySet<string> {
  const sids = new Set([...everyLogon, appPoolSid(pool.name)]);
  if (!pool.manualGroupMembership) sids.add(sid.iisIusrs);
  if (pool.identity === 'SpecificUser') sids.add(pool.logonType === 'LogonService' ? sid.service : sid.batch);
  else sids.add(sid.service);
  if (pool.identity === 'NetworkService') sids.add(sid.networkService);
  if (pool.identity === 'LocalService') sids.add(sid.localService);
  // S-1-5-113, "Local account".
  if (pool.account !== undefined && /^(?:\.\\)?[^\\@]+$/.test(pool.account)) sids.add('S-1-5-113');
  return sids;
}

/** Whether a pool holds a right through a list: certainly, certainly not, or through a group that no file shows. */
export type HoldsRight = 'yes' | 'no' | 'unknown';

/** Returns whether a pool holds a right that this list gives. LocalSystem holds every privilege. */
export function judgeHolding(pool: FleetPool, holders: readonly string[]): HoldsRight {
  if (pool.identity === 'LocalSystem') return 'yes';
  const sids = tokenSids(pool);
  if (holders.some((holder) => sids.has(sidOfName(holder) ?? ''))) return 'yes';
  if (pool.identity !== 'SpecificUser') return 'no';
  if (holders.some((holder) => isSameAccount(holder, pool.account))) return 'yes';
  return holders.some((holder) => mayContain(holder, pool)) ? 'unknown' : 'no';
}

/** True for `svc_web`, `CONTOSO\svc_web` and `svc_web@contoso.example` alike; not for the same name in two domains. */
function isSameAccount(holder: string, account: string | undefined): boolean {
  if (account === undefined) return false;
  const bare = (text: string) => (text.split('\\').at(-1) ?? text).split('@')[0]!.toLowerCase();
  const [one, other] = [domainOf(holder), domainOf(account)];
  return bare(holder) === bare(account) && (one === undefined || other === undefined || one === other);
}

/** Returns the domain before a backslash: of `contoso.example\` the first label, as NetBIOS has it; `.` is the server itself. */
function domainOf(account: string): string | undefined {
  const before = /^([^\\]{1,255})\\/.exec(account)?.[1]?.toLowerCase();
  return before === '.' ? before : before?.split('.')[0];
}

/** Accounts of services and pools, and groups of administrators and guests: no place for the account of a pool. */
const elsewhere =
  /^(?:NT SERVICE|RESTRICTED SERVICES|IIS APP ?POOL)\\|(?:Domain|Enterprise|Schema|Domänen|Organisations)[ -]Admins$|\bGuests?$/i;
/** Administrator, Guest, krbtgt, and the domain's groups of administrators and guests (well-known relative ids). */
const rarelyServices = /^S-1-5-21-(?:\d+-){3}(?:50[0-2]|512|514|518|519)$/;
/** Built-in groups into which an administrator may have put a service account. */
const builtIn: ReadonlySet<string> = new Set(['S-1-5-32-551', 'S-1-5-32-559']);

/** True for a group of the domain or of the server that may hold the account: no file shows its members. */
function mayContain(holder: string, pool: FleetPool): boolean {
  if (elsewhere.test(holder)) return false;
  const known = sidOfName(holder);
  if (known === undefined) return true;
  if (known === sid.iisIusrs) return pool.manualGroupMembership;
  return (/^S-1-5-21-/.test(known) && !rarelyServices.test(known)) || builtIn.has(known);
}
