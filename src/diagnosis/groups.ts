import { plainTitle } from '../knowledge/fill.js';
import { urgency } from './findings.js';
import type { JudgedReading } from './judged-reading.js';
import type { Group } from './report.js';

interface Bucket {
  members: JudgedReading[];
  /** Places of the members among all files. */
  places: number[];
  rank: number;
}

/**
 * Groups traces of the same cause, status, module, stage and code and, where the fault belongs to a page, of the same URL; most
 * urgent first. In steps, see `diagnoseInSteps`.
 */
export function* groupTraces(judged: JudgedReading[]): Generator<void, Group[]> {
  const traces = [...judged.entries()].filter(
    ([, { file }]) => file.kind === 'freb-log' && file.verdict !== 'unreadable',
  );
  if (traces.length < 2) return [];
  const buckets = new Map<string, Bucket>();
  for (const [place, trace] of traces) {
    const key = groupKey(trace);
    const bucket = buckets.get(key);
    if (!bucket) buckets.set(key, { members: [trace], places: [place], rank: rankOf(trace) });
    else {
      bucket.members.push(trace);
      bucket.places.push(place);
    }
    yield;
  }
  const ordered = [...buckets.values()].sort((a, b) => b.rank - a.rank || b.members.length - a.members.length);
  const groups: Group[] = [];
  for (const { members, places } of ordered) {
    groups.push({ ...(yield* describeGroup(members)), members: places });
  }
  return groups;
}

function* describeGroup(members: JudgedReading[]): Generator<void, Group> {
  const example = members[0]!;
  const pool = countValues(members, (m) => m.file.request?.appPool);
  yield;
  const site = countValues(members, (m) => m.file.request?.site);
  yield;
  const url = countValues(members, (m) => m.file.request?.url);
  yield;
  const hour = countValues(members, (m) => m.file.request?.time?.slice(0, 13));
  yield;
  return {
    cause: example.file.cause,
    count: members.length,
    example: example.file.name,
    title: titleOf(example),
    verdict: example.file.verdict,
    by: { pool, site, url, hour },
  };
}

function groupKey({ file, cause, facts }: JudgedReading): string {
  const perUrl = (cause?.affects ?? 'page') === 'page' && file.verdict !== 'no-fault';
  return [
    file.verdict,
    file.cause ?? '',
    file.request?.status ?? '',
    file.request?.substatus ?? '',
    file.decisive?.module ?? '',
    file.decisive?.notification ?? '',
    file.decisive?.errorCode ?? facts.text('code.seen') ?? '',
    perUrl ? normalizeUrl(file.request?.url ?? '') : '',
  ].join('|');
}

/** Returns a URL as the name of a page: numbers, identifiers, letter case and the query do not count. */
export function normalizeUrl(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/^https?:\/\//i, '')
    .toLowerCase()
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '{id}')
    .replace(/(?<=\/)[0-9a-f]{16,}(?=\/|\.|$)/g, '{id}')
    .replace(/(?<=\/)\d+(?=\/|$|\.[a-z0-9]{1,5}$)/g, '{n}');
}

function rankOf({ file, cause }: JudgedReading): number {
  if (cause) return urgency(cause);
  // Without a card, a failing server comes before a refused request, and both before a slow one.
  const order = { failure: 70, slow: 60, aborted: 50, challenge: 40, inconclusive: 30, 'no-fault': 20, unreadable: 10 };
  return order[file.verdict] + ((file.request?.status ?? 0) >= 500 ? 1.5 : 0.5);
}

function titleOf({ file, cause }: JudgedReading): string {
  if (cause) return plainTitle(cause.title);
  const { status, substatus } = file.request ?? { status: null, substatus: null };
  if (status === null) return 'No status in the log';
  const full = substatus ? `${status}.${substatus}` : String(status);
  return [full, file.decisive?.module, file.decisive?.errorCode].filter(Boolean).join(', ');
}

/** Counts values: the ten most frequent, the most frequent first. */
function countValues(
  members: JudgedReading[],
  of: (m: JudgedReading) => string | null | undefined,
): [string, number][] {
  const counts = new Map<string, number>();
  for (const member of members) {
    const value = of(member);
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10);
}
