import { impersonateRight } from '../../evidence/rights/export.js';
import { iisHolders, sid, sidOfName } from '../../evidence/sids.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { JudgedReading } from '../judged-reading.js';
import { completeList, missingHolders } from '../user-right/holders.js';
import type { Fleet, FleetPolicy, PoolForecast, ServerForecast } from './forecast.js';
import type { FleetPool } from './pool-token.js';
import {
  checkPoolRights,
  findBreakage,
  holdersOf,
  listedHolders,
  type NeededRight,
  neededRights,
  type RightCheck,
} from './rights.js';
import { findRivals, policyName, possibleOrders } from './rivals.js';
import { type FleetServer, groupByServer } from './servers.js';

/**
 * Puts servers side by side, and foretells what a policy does to their pools. Undefined when the files are not a fleet: a failing
 * request is among them, or there is neither a policy with a server nor a second server.
 */
export function surveyFleet(files: readonly JudgedReading[], knowledge: Knowledge): Fleet | undefined {
  if (files.some(isSymptom)) return undefined;
  const policies = files.filter(isPolicy).map(describePolicy);
  const servers = groupByServer(files);
  const named = servers.filter(({ name }) => name !== 'this server');
  const isFleet = policies.length > 0 ? servers.some(hasPoolsOrRights) : named.length > 1;
  if (!isFleet) return undefined;
  const forecasts = servers.map((server) => forecastServer(server, policies));
  return {
    policies,
    servers: forecasts,
    lines: correctedLines(policies, forecasts),
    rivals: findRivals(policies, servers, (policy) => countFailing(policy, policies, servers)),
    effects: effectsOf(policies, knowledge),
    otherDomains: strangeDomains(policies, servers),
  };
}

function isSymptom({ facts, file }: JudgedReading): boolean {
  return (
    ['freb-log', 'error-page', 'event-export', 'access-log', 'fragment'].includes(facts.reading.kind) &&
    file.verdict !== 'unreadable'
  );
}

function hasPoolsOrRights({ pools, export: list }: FleetServer): boolean {
  return pools.length > 0 || list !== undefined;
}

/** True for a file that says what a policy would set: a template, or the report of a GPO. */
function isPolicy({ facts }: JudgedReading): boolean {
  const { kind, origin } = facts.reading;
  const isTemplate = kind === 'rights-export' && (origin === 'template' || origin === 'merged-policy');
  const isReport = kind === 'policy-report' && !facts.has('right.reported');
  return (isTemplate || isReport) && neededRights.some((right) => listedHolders(facts, right) !== undefined);
}

function describePolicy({ facts, file }: JudgedReading): FleetPolicy {
  const rights = neededRights.flatMap((right) => {
    const holders = right === impersonateRight ? facts.list('right.holders') : listedHolders(facts, right);
    return holders ? [{ right, holders: [...holders] }] : [];
  });
  return { file: file.name, name: facts.text('right.gpo') ?? null, rights };
}

function rightsNow(server: FleetServer): (right: NeededRight) => readonly string[] | undefined {
  const list = server.export ?? server.report;
  return (right) => list && holdersOf(list, right);
}

/** The lists in force when the first of the policies wins: what it leaves open the next one sets. */
function rightsUnder(order: readonly FleetPolicy[], server: FleetServer) {
  const now = rightsNow(server);
  return (right: NeededRight) =>
    order.flatMap(({ rights }) => rights).find((set) => set.right === right)?.holders ?? now(right);
}

function countFailing(winner: FleetPolicy, policies: readonly FleetPolicy[], servers: readonly FleetServer[]): number {
  const order = [winner, ...policies.filter((other) => other !== winner)];
  const failing = servers.flatMap((server) =>
    server.pools.filter((pool) => checkPoolRights(pool, rightsUnder(order, server)).some(({ held }) => held === 'no')),
  );
  return failing.length;
}

function forecastServer(server: FleetServer, policies: readonly FleetPolicy[]): ServerForecast {
  const now = rightsNow(server);
  const orders = policies.length === 0 ? [[]] : possibleOrders(server, policies);
  const holders = now(impersonateRight);
  return {
    server: server.name,
    files: server.files,
    iis: server.hasIis ?? null,
    pools: server.pools.map((pool) =>
      joinForecasts(
        orders.map((order) =>
          forecastPool(pool, checkPoolRights(pool, rightsUnder(order, server)), checkPoolRights(pool, now)),
        ),
      ),
    ),
    holders: holders ? [...holders] : null,
    missing: holders ? missingHolders(holders).filter((id) => id !== sid.iisIusrs || server.hasIis !== false) : [],
    gpo: server.report?.text('right.winning-gpo') ?? null,
  };
}

/** One pool under every possible winner; where they differ, the files cannot tell. */
function joinForecasts(forecasts: readonly PoolForecast[]): PoolForecast {
  const [first] = forecasts as [PoolForecast, ...PoolForecast[]];
  if (forecasts.every(({ outcome }) => outcome === first.outcome)) return first;
  const rights = [...new Set(forecasts.flatMap((forecast) => forecast.rights))];
  return { ...first, outcome: 'cannot-tell', rights, already: false };
}

function forecastPool(pool: FleetPool, after: readonly RightCheck[], now: readonly RightCheck[]): PoolForecast {
  const failing = after.filter(({ held }) => held === 'no');
  const unclear = after.filter(({ held }) => held === 'unknown');
  const deciding = failing.length > 0 ? failing : unclear;
  return {
    pool: pool.name,
    identity: pool.identity,
    account: pool.account ?? null,
    outcome: failing.length > 0 ? 'fails' : unclear.length > 0 ? 'cannot-tell' : 'works',
    rights: deciding.map(({ right }) => right),
    already: failing.length > 0 && now.some(({ held }) => held === 'no'),
  };
}

/**
 * Returns the lines to correct, for rights by which a pool fails: IIS_IUSRS is added, every present holder kept. A deny right gets no
 * line, since what to take out of it is the owner's decision; the right of the primary token never does.
 */
function correctedLines(policies: readonly FleetPolicy[], servers: readonly ServerForecast[]): Fleet['lines'] {
  const failing = new Set(
    servers.flatMap(({ pools }) => pools.filter(({ outcome }) => outcome === 'fails')).flatMap(({ rights }) => rights),
  );
  const mended: NeededRight[] = [impersonateRight, 'SeBatchLogonRight'];
  return mended.flatMap((right) => {
    const lacks = (holders: readonly string[]) => !holders.some((holder) => sidOfName(holder) === sid.iisIusrs);
    const policy = policies.find(({ rights }) => rights.some((one) => one.right === right && lacks(one.holders)));
    const set = policy?.rights.find((one) => one.right === right);
    if (!policy || !set || !failing.has(right)) return [];
    const wanted = right === impersonateRight ? iisHolders : [sid.iisIusrs];
    // A SID of a pool means something on its own server only.
    const kept = set.holders.filter((holder) => !/^S-1-5-82-/.test(sidOfName(holder) ?? ''));
    return [{ right, line: `${right} = ${completeList(kept, wanted)}`, policy: policyName(policy) }];
  });
}

/** Rights that a policy sets so that visitors or programs fail, by the rows of the knowledge. */
function effectsOf(policies: readonly FleetPolicy[], knowledge: Knowledge): NeededRight[] {
  const broken = policies
    .flatMap(({ rights }) => rights)
    .filter(({ right, holders }) => findBreakage(knowledge.iisRights.get(right), holders) !== undefined);
  // Several policies may set one right.
  return [...new Set(broken.map(({ right }) => right))];
}

/** Domains of the policy's accounts when the servers' pools run as accounts of other domains only. */
function strangeDomains(policies: readonly FleetPolicy[], servers: readonly FleetServer[]): string[] {
  const domainOf = (account: string) => /^([^\\]{1,40})\\/.exec(account)?.[1]?.toUpperCase();
  const domains = (accounts: readonly string[]) =>
    new Set(
      accounts
        .filter((account) => sidOfName(account) === undefined)
        .map(domainOf)
        .filter((domain): domain is string => domain !== undefined && domain !== '.'),
    );
  const ofPolicy = domains(policies.flatMap(({ rights }) => rights.flatMap(({ holders }) => holders)));
  const ofServers = domains(servers.flatMap(({ pools }) => pools.flatMap(({ account }) => (account ? [account] : []))));
  if (ofServers.size === 0 || [...ofPolicy].some((domain) => ofServers.has(domain))) return [];
  return [...ofPolicy];
}
