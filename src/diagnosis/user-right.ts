import type { Observation } from '../evidence/evidence.js';
import { appPoolSid, iisHolders, sidOfName } from '../evidence/sids.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Cause, UserRightRemark } from '../knowledge/schema.js';
import { heldThrough, includesIisIusrs, isEffectiveList, noPolicySetsIt, templateHolder } from './holders.js';
import type { JudgedReading } from './judge-reading.js';
import { type PoolSettings, poolSettings } from './pools.js';
import { cardFacts, fileProof, findWitnesses, observationProof, provenFiles, surestConfidence } from './proof.js';
import { formatValue } from './reading-facts.js';
import type { Finding, Proof } from './report.js';

/** A removal of the right counts as its reason when it came before the failure and at most this long before. */
const auditWindowMs = 7 * 24 * 3600 * 1000;

/** Pools that IIS Express brings along: it runs as the developer, often with a filtered token. */
export const expressPool = /^(Clr[24](Integrated|Classic)AppPool|UnmanagedClassicAppPool|IISExpressAppPool)$/i;

interface Symptom {
  judged: JudgedReading[];
  /** Of the first that has one; failing logs may come from several servers and pools. */
  server: string | undefined;
  servers: string[];
  pool: string | undefined;
  pools: string[];
  processIds: ReadonlySet<number>;
  time: number | undefined;
}

/**
 * A cause that is a user right the worker process lacks: failing requests are the symptom, everything else in the set
 * speaks for it, against it, or not to the point. Confirmed takes a symptom, a second file that agrees, and nothing
 * that contradicts; the sentences stand on the card.
 */
export function userRightFinding(cause: Cause, judged: JudgedReading[]): Finding {
  const claimants = judged.filter((j) => j.cause === cause);
  const symptom = symptomOf(claimants.filter(showsFailure));
  const failing = new Set(symptom.judged);
  const investigation = new RightInvestigation(
    cause,
    symptom,
    judged.filter((j) => !failing.has(j)),
  );

  investigation.excludeUnrelatedFiles();
  const agreeing = investigation.findAgreeing();
  investigation.checkLists();
  investigation.checkTokens();
  investigation.checkPools();
  investigation.checkPolicies();
  investigation.noteSurroundings();

  const base = surestConfidence(claimants.map((c) => c.file.confidence));
  const fits = symptom.judged.length > 0 && agreeing.length > 0 && investigation.against.length === 0;
  const confirmed = fits && investigation.isSettled(agreeing);
  const first = symptom.judged.length > 0 ? symptom.judged : claimants;
  return {
    cause: cause.id,
    confidence: investigation.against.length > 0 ? 'possible' : confirmed ? 'confirmed' : base,
    proof: [...first.slice(0, provenFiles).flatMap(fileProof), ...agreeing.flatMap((w) => w.proof)],
    contradictedBy: investigation.against,
    missing: investigation.listMissing(),
    files: [...new Set([...claimants.map((c) => c.file.name), ...agreeing.map((w) => w.file)])],
    remarks: investigation.remarks,
    facts: {
      ...cardFacts(cause, claimants),
      ...investigation.collectFacts(),
      ...(fits && !confirmed && { open: 'pool-identity' }),
    },
  };
}

/** A trace, a pasted event or an access log shows requests that failed; the rest only shows who holds the right. */
function showsFailure({ facts }: JudgedReading): boolean {
  return (
    facts.reading.kind === 'freb-log' ||
    facts.has('decisive.code') ||
    facts.has('code.seen') ||
    facts.has('access.impersonation-failures')
  );
}

function symptomOf(judged: JudgedReading[]): Symptom {
  const every = (name: 'request.server' | 'request.app-pool' | 'request.time'): string[] => [
    ...new Set(judged.map((j) => j.facts.text(name)).filter((v): v is string => v !== undefined)),
  ];
  const servers = every('request.server');
  const pools = every('request.app-pool');
  // Whatever happened after the first failure did not cause it.
  const time = every('request.time').sort()[0];
  return {
    judged,
    server: servers[0],
    servers: oncePerHost(servers),
    pool: pools[0],
    pools,
    processIds: new Set(judged.map((j) => j.facts.number('request.process-id')).filter((id) => id !== undefined)),
    time: time === undefined ? undefined : Date.parse(time),
  };
}

/** Each computer by the first of its names. */
function oncePerHost(names: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const name of names) if (!first.has(host(name))) first.set(host(name), name);
  return [...first.values()];
}

class RightInvestigation {
  readonly #remarks = new Set<string>();
  readonly against: Finding['contradictedBy'] = [];
  readonly #cause: Cause;
  readonly #symptom: Symptom;
  #others: JudgedReading[];
  #pool: PoolSettings | undefined;
  #gpo: { name: string; state: string } | undefined;

  constructor(cause: Cause, symptom: Symptom, others: JudgedReading[]) {
    this.#cause = cause;
    this.#symptom = symptom;
    this.#others = others;
  }

  /** What is worth saying, each sentence once. */
  get remarks(): string[] {
    return [...this.#remarks];
  }

  /** Files of another computer, pool or process are named and left out; logs of other requests go without a word. */
  excludeUnrelatedFiles(): void {
    const { servers, processIds } = this.#symptom;
    const hosts = new Set(servers.map(host));
    const pools = new Set(this.#symptom.pools.map((p) => p.toLowerCase()));
    this.#others = this.#others.filter((other) => {
      const computer = other.facts.text('computer.name') ?? other.facts.text('request.server');
      const isLog = other.facts.reading.kind === 'freb-log';
      if (servers.length > 0 && computer && !hosts.has(host(computer))) {
        if (!isLog) this.#remark('other-computer', other, { other: computer });
        return false;
      }
      const tokenPool = other.facts.text('token.pool');
      if (pools.size > 0 && tokenPool && !pools.has(tokenPool.toLowerCase())) {
        this.#remark('other-pool', other, { other: tokenPool });
        return false;
      }
      // A process without its pool's name is known by its number only: another may be of another pool, or newer.
      const process = other.facts.number('token.process-id');
      if (!tokenPool && process !== undefined && processIds.size > 0 && !processIds.has(process)) {
        this.#remark('other-process', other, { other: String(process), others: [...processIds].join(', ') });
        return false;
      }
      if (isLog || !computer) return true;
      const silent = servers.filter((s) => host(s) !== host(computer));
      if (silent.length > 0) {
        this.#remark('one-of-several', other, { other: computer, others: silent.join(', ') });
      }
      return true;
    });
  }

  /** Second files that agree, by the card's witnesses; an audit event must also fit in time. */
  findAgreeing(): ReturnType<typeof findWitnesses> {
    return findWitnesses(this.#cause.confirmedBy, this.#others).filter(({ judged }) => {
      const misfit = this.#misfitInTime(judged);
      if (misfit?.name) this.#remark(misfit.name, judged, { other: misfit.at });
      return misfit === undefined;
    });
  }

  checkLists(): void {
    const { pool } = this.#symptom;
    const poolSid = pool && appPoolSid(pool);
    for (const other of this.#others) {
      const { facts } = other;
      if (facts.reading.origin === 'template' && facts.has('right.defined')) {
        this.#remark('template-only', other, { gpo: facts.text('right.gpo') ?? other.file.name });
        continue;
      }
      if (!isEffectiveList(other)) continue;
      if (facts.reading.kind === 'rights-export' && !facts.has('computer.name') && this.#symptom.server) {
        this.#remark('export-without-name', other);
      }
      if (facts.flag('right.nobody')) this.#remark('nobody', other);
      if (facts.flag('right.holds-iis-iusrs')) {
        // With a token at hand that lacks the right, the list has been corrected since the process started.
        const old = this.#others.some(lacksRightInToken);
        this.#contradict(old ? 'old-token' : 'list-in-order', other, 'right.holders');
        const { judged, processIds } = this.#symptom;
        if (judged.length > 1 && processIds.size === 1) {
          this.#remark('same-process', other, { other: [...processIds].join() });
        }
      }
      const holders = facts.list('right.holders') ?? [];
      if (poolSid && holders.some((h) => sidOfName(h) === poolSid)) {
        this.#contradict('own-pool-sid', other, 'right.holders');
      }
    }
  }

  checkTokens(): void {
    for (const other of this.#others) {
      if (other.facts.reading.kind !== 'token-listing' || !other.facts.has('token.whose')) continue;
      if (other.facts.text('token.whose') === 'interactive') this.#remark('interactive-token', other);
      const worker = other.facts.text('token.whose') === 'worker';
      if (worker && other.facts.flag('token.has-right')) this.#contradict('token-has-right', other, 'token.has-right');
    }
  }

  /** A pool whose identity gets the right by another way than IIS_IUSRS is not explained by its absence. */
  checkPools(): void {
    const settings = this.#others.map((other) => ({ other, pool: poolSettings(other.facts, this.#symptom.pool) }));
    const known = settings.find((s) => s.pool !== undefined);
    if (!known?.pool) return;
    this.#pool = known.pool;
    const { identity, manual, at } = known.pool;
    if (manual) this.#remark('manual-group-membership', known.other);
    if (identity === undefined) return;
    // A named account logs on as a batch job unless told otherwise: then IIS_IUSRS is its only way to the right.
    if (identity === 'SpecificUser' && known.pool.logonType !== 'LogonService') {
      if (!manual) this.#remark('identity-fits', known.other, { account: known.pool.account ?? 'a named account' });
      return;
    }
    const list = this.#others.find(isEffectiveList);
    const holders = list?.facts.list('right.holders');
    if (!holders || heldThrough(identity, holders)) {
      this.#contradict('identity-keeps-right', known.other, 'pool.identity', at);
    }
  }

  /**
   * True when the missing group explains the fault whatever else is unknown: the pool runs as a named account, its own
   * token lacks the right, or the list lacks SERVICE as well. Otherwise a default pool would still hold the right.
   */
  isSettled(agreeing: ReturnType<typeof findWitnesses>): boolean {
    if (this.#pool?.identity !== undefined) return true;
    const settling = agreeing.some(
      ({ judged }) => lacksRightInToken(judged) || judged.facts.flag('right.holds-service') === false,
    );
    if (!settling && agreeing.length > 0) this.#remark('identity-open', agreeing[0]!.judged);
    return settling;
  }

  checkPolicies(): void {
    for (const other of this.#others) {
      const { facts } = other;
      const winning = facts.text('right.winning-gpo');
      if (winning !== undefined) this.#gpo = { name: winning, state: 'winning' };
      else if (noPolicySetsIt(other)) {
        this.#remark('no-gpo', other);
        this.#gpo ??= { name: '', state: 'none' };
      } else if (facts.has('right.gpo')) this.#gpo ??= { name: facts.text('right.gpo')!, state: 'template' };
    }
  }

  noteSurroundings(): void {
    const { pool, judged } = this.#symptom;
    if (pool && expressPool.test(pool)) this.#remark('iis-express', judged[0]);
    // Managed pages need no file opened as the caller; files beside them do, and fail.
    const answered = this.#others.find(
      (o) =>
        o.facts.reading.kind === 'freb-log' &&
        (o.facts.number('final-status') ?? 500) < 400 &&
        o.facts.text('request.app-pool') === pool,
    );
    if (answered && judged.length > 0) this.#remark('page-and-parts', answered, { other: judged[0]!.file.name });
  }

  /** What is still wanted: for certainty, and for a fix in the right place. */
  listMissing(): string[] {
    const list = this.#others.some(isEffectiveList);
    const wanted: string[] = [];
    if (this.#symptom.judged.length === 0) wanted.push('freb-log');
    if (!list) wanted.push('rights-export');
    const policy = this.#gpo === undefined || this.#gpo.state === 'template';
    const identity = this.#pool?.identity === undefined;
    // The list and the pool's account decide together whether it explains the fault; who sets the list, where to mend it.
    if (identity) wanted.push('pool-identity');
    if (policy) wanted.push('policy-report');
    if (this.against.length > 0 && !this.#others.some((o) => o.facts.text('token.whose') === 'worker')) {
      wanted.push('worker-token');
    }
    return wanted;
  }

  collectFacts(): Record<string, string> {
    const facts: Record<string, string> = {};
    const lists = this.#others.filter((o) => o.facts.has('right.holders'));
    // What the machine itself says is nearer to the truth than what a policy or one pasted line says.
    const list = lists.find((o) => o.facts.reading.origin === 'machine') ?? lists.find(isEffectiveList) ?? lists[0];
    const holders = list?.facts.list('right.holders');
    if (holders) {
      const missing = iisHolders.filter((id) => !holders.some((h) => sidOfName(h) === id));
      facts.holders = holders.join(', ');
      facts.missing = missing.join(', ');
      facts.line = [...holders.map(templateHolder), ...missing.map((id) => `*${id}`)].join(',');
    }
    if (this.#gpo) {
      facts['gpo.state'] = this.#gpo.state;
      if (this.#gpo.name !== '') facts.gpo = this.#gpo.name;
    }
    if (this.#pool?.identity) facts.identity = this.#pool.identity;
    if (this.#pool?.account) facts.account = this.#pool.account;
    const server = this.#symptom.server ?? this.#others.map((o) => o.facts.text('computer.name')).find(Boolean);
    if (server) facts.server = server;
    return facts;
  }

  /** Why a removal of the right cannot have led to the failure; undefined when it can, or when the file shows none. */
  #misfitInTime({ facts }: JudgedReading): { name?: UserRightRemark; at: string } | undefined {
    const removal = facts
      .all('audit.right-removed')
      .filter((o) => includesIisIusrs(o.value))
      .at(-1);
    if (!removal) return undefined;
    const times = facts.all('audit.time');
    const at = timeOf(times, removal);
    const { time } = this.#symptom;
    if (at === undefined || time === undefined) return { at: '' };
    if (at > time) return { name: 'removed-after', at: spokenTime(at) };
    if (time - at > auditWindowMs) return { name: 'removed-long-before', at: spokenTime(at) };
    const back = facts
      .all('audit.right-added')
      .filter((o) => includesIisIusrs(o.value))
      .map((o) => timeOf(times, o) ?? 0)
      .find((t) => t > at && t <= time);
    return back === undefined ? undefined : { name: 'given-back', at: spokenTime(back) };
  }

  #remark(name: UserRightRemark, about: JudgedReading | undefined, more: Record<string, string> = {}): string {
    const facts: Record<string, string | undefined> = {
      file: about?.file.name,
      pool: this.#symptom.pool,
      server: this.#symptom.server,
      identity: this.#pool?.identity,
      holders: about?.facts.text('right.holders'),
      ...more,
    };
    const text = fillBraces(this.#cause.remarks[name] ?? name, (key) => facts[key]) ?? name;
    this.#remarks.add(text);
    return text;
  }

  #contradict(
    name: UserRightRemark,
    about: JudgedReading,
    field: Parameters<JudgedReading['facts']['first']>[0],
    at?: Observation,
  ): void {
    const says = this.#remark(name, about);
    const observation = at ?? about.facts.first(field);
    const where: Proof = observation
      ? observationProof(about, observation)
      : { file: about.file.name, event: null, field, value: '' };
    this.against.push({ ...where, says });
  }
}

/** The token of a worker process that does not hold the right. */
function lacksRightInToken({ facts }: JudgedReading): boolean {
  return facts.text('token.whose') === 'worker' && facts.flag('token.has-right') === false;
}

function timeOf(times: readonly Observation[], of: Observation): number | undefined {
  const time = times.find((t) => t.event === of.event) ?? (times.length === 1 ? times[0] : undefined);
  const at = time ? Date.parse(formatValue(time.value)) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** `2026-06-08 19:53:49 UTC`. */
function spokenTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Computer names without domain and case: `WEB03` and `web03.contoso.com` are one machine. */
function host(name: string): string {
  return name.replace(/^.*\\/, '').split('.')[0]!.toLowerCase();
}
