import type { ObservationCollector } from '../gather.js';
import { impersonateRight } from '../rights/export.js';
import { isPoolSid, nameOfSid, poolOfName, sid, usualPoolOfSid } from '../sids.js';

/** What a listing shows of one access token. Parts that the listing does not have stay null. */
export interface Token {
  user: { name: string; sid?: string } | null;
  /** SIDs of the groups; names that are not well-known have none and are left out. */
  groups: Set<string> | null;
  /** The Administrators group is there for deny entries only: a console that is not elevated. */
  denyOnlyAdministrators: boolean;
  /** Constants of the privileges with their line numbers; null when the listing has no such table. */
  privileges: Map<string, number> | null;
  process?: { id: number; name: string };
}

export function emptyToken(): Token {
  return { user: null, groups: null, denyOnlyAdministrators: false, privileges: null };
}

/**
 * What a token says. A privilege that is "Disabled" is still held: Windows switches it on when it is needed.
 * A listing from a user's own console proves nothing about the worker process, so `token.whose` says whose it is.
 */
export function observeToken(gather: ObservationCollector, token: Token): void {
  if (token.privileges) {
    const line = token.privileges.get(impersonateRight.toLowerCase());
    gather.add('token.has-right', line !== undefined, {
      field: impersonateRight,
      raw: line === undefined ? 'not in the token' : 'held',
      ...(line !== undefined && { event: line }),
    });
  }
  const { whose, ...mark } = whoseToken(token);
  gather.add('token.whose', whose, mark);
  const pool = token.user && (poolOfName(token.user.name) ?? (token.user.sid && usualPoolOfSid(token.user.sid)));
  const groupPool = [...(token.groups ?? [])].map(usualPoolOfSid).find((p) => p !== undefined);
  if (pool || groupPool) gather.add('token.pool', (pool || groupPool)!);
  if (token.process) gather.add('token.process-id', token.process.id);
  if (token.groups) {
    const known = [...token.groups].filter((s) => nameOfSid(s) !== undefined || isPoolSid(s));
    gather.add('token.groups', known);
    if (token.denyOnlyAdministrators) gather.add('token.deny-only-administrators', true);
  }
  if (token.user) {
    // The account of a worker process is a pool identity, which may be shown; any other name is withheld.
    const own = pool !== undefined || (token.user.sid !== undefined && nameOfSid(token.user.sid) !== undefined);
    if (own || whose === 'worker') gather.add('token.account', token.user.name);
    else gather.countWithheld(token.user.name);
  }
}

/** Whose token it is, and what in the listing says so. */
function whoseToken(token: Token): { whose: 'worker' | 'interactive' | 'unknown'; field?: string; raw?: string } {
  if (token.process) {
    const whose = /^w3wp(\.exe)?$/i.test(token.process.name) ? 'worker' : 'unknown';
    return { whose, field: 'process', raw: `[${token.process.id}] ${token.process.name}` };
  }
  const user = token.user;
  if (user && (poolOfName(user.name) || (user.sid && isPoolSid(user.sid))))
    return { whose: 'worker', field: 'user', raw: user.name };
  const { groups } = token;
  if (!groups) return { whose: 'unknown' };
  const by = (whose: 'worker' | 'interactive' | 'unknown', raw: string) => ({ whose, field: 'groups', raw });
  if (groups.has(sid.interactive)) return by('interactive', `${sid.interactive} (INTERACTIVE)`);
  if (token.denyOnlyAdministrators) return by('interactive', `${sid.administrators} for deny only (not elevated)`);
  const pool = [...groups].find((s) => s.startsWith('S-1-5-82-'));
  if (pool) return by('worker', pool);
  const started = [sid.batch, sid.service].find((s) => groups.has(s));
  if (groups.has(sid.iisIusrs) && started) return by('worker', `${sid.iisIusrs} (IIS_IUSRS), ${started}`);
  return groups.has(sid.iisIusrs) || started
    ? { whose: 'unknown' }
    : by('interactive', 'none that a worker process has (IIS_IUSRS, BATCH, SERVICE, an application pool)');
}
