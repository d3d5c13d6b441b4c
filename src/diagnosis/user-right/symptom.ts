import type { JudgedReading } from '../judged-reading.js';

/** The failing requests of a cause, and where they ran. Failing logs may come from several servers and pools. */
export interface Symptom {
  judged: JudgedReading[];
  /** The first server named. */
  server: string | undefined;
  servers: string[];
  /** The first pool named. */
  pool: string | undefined;
  pools: string[];
  processIds: ReadonlySet<number>;
  /** The first failure, milliseconds since 1970: what happens after it did not cause it. */
  time: number | undefined;
}

/** Returns the failing requests among the readings that claim the cause. In steps, see `diagnoseInSteps`. */
export function* findSymptom(claimants: readonly JudgedReading[]): Generator<void, Symptom> {
  const judged: JudgedReading[] = [];
  const computers = new Set<string>();
  const servers = new Set<string>();
  const pools = new Set<string>();
  const processIds = new Set<number>();
  let first: string | undefined;
  for (const one of claimants) {
    yield;
    const { facts } = one;
    addTo(computers, facts.text('computer.name'));
    if (!showsFailure(one)) continue;
    judged.push(one);
    addTo(servers, facts.text('request.server'));
    addTo(pools, facts.text('request.app-pool'));
    addTo(processIds, facts.number('request.process-id'));
    const time = facts.text('request.time');
    if (time !== undefined && (first === undefined || time < first)) first = time;
  }
  // Without a request the list that lacks the group says which computer is meant.
  const named = [...(judged.length > 0 ? servers : computers)];
  return {
    judged,
    server: named[0],
    servers: distinctHosts(named),
    pool: [...pools][0],
    pools: [...pools],
    processIds,
    time: first === undefined ? undefined : Date.parse(first),
  };
}

function addTo<T>(values: Set<T>, value: T | undefined): void {
  if (value !== undefined) values.add(value);
}

/** A trace, a pasted event or an access log shows requests that failed; other evidence only shows who holds the right. */
function showsFailure({ facts }: JudgedReading): boolean {
  return (
    facts.reading.kind === 'freb-log' ||
    facts.has('decisive.code') ||
    facts.has('code.seen') ||
    facts.has('access.impersonation-failures')
  );
}

/** Returns each computer once, by the first of its names. */
function distinctHosts(names: readonly string[]): string[] {
  const firstNames = new Map<string, string>();
  for (const name of names) if (!firstNames.has(hostOf(name))) firstNames.set(hostOf(name), name);
  return [...firstNames.values()];
}

/** Returns a computer's name without domain and case: `WEB03` and `web03.contoso.com` are one machine. */
export function hostOf(name: string): string {
  return name.replace(/^.*\\/, '').split('.')[0]!.toLowerCase();
}
