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

/** Returns the failing requests among the readings that claim the cause. */
export function findSymptom(claimants: readonly JudgedReading[]): Symptom {
  const judged = claimants.filter(showsFailure);
  const valuesOf = (name: 'request.server' | 'request.app-pool' | 'request.time'): string[] => [
    ...new Set(judged.map(({ facts }) => facts.text(name)).filter((value) => value !== undefined)),
  ];
  // Without a request the list that lacks the group says which computer is meant.
  const named = claimants.flatMap(({ facts }) => facts.text('computer.name') ?? []);
  const servers = judged.length > 0 ? valuesOf('request.server') : [...new Set(named)];
  const pools = valuesOf('request.app-pool');
  const [time] = valuesOf('request.time').sort();
  return {
    judged,
    server: servers[0],
    servers: distinctHosts(servers),
    pool: pools[0],
    pools,
    processIds: new Set(judged.map(({ facts }) => facts.number('request.process-id')).filter((id) => id !== undefined)),
    time: time === undefined ? undefined : Date.parse(time),
  };
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
