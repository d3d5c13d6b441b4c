import { plainTitle } from '../knowledge/fill.js';
import { urgency } from './findings.js';
import type { JudgedReading } from './judge-reading.js';
import type { Group } from './report.js';

interface Bucket {
  members: JudgedReading[];
  rank: number;
}

/** Traces alike in cause, status, module, stage, code and, where the fault belongs to a page, in their URL; most urgent first. In steps, see `diagnoseInSteps`. */
export function* groupTraces(judged: JudgedReading[]): Generator<void, Group[]> {
  const traces = judged.filter((j) => j.file.kind === 'freb-log' && j.file.verdict !== 'unreadable');
  if (traces.length < 2) return [];
  const buckets = new Map<string, Bucket>();
  for (const one of traces) {
    const key = fingerprint(one);
    const bucket = buckets.get(key);
    if (bucket) bucket.members.push(one);
    else buckets.set(key, { members: [one], rank: rankOf(one) });
    yield;
  }
  const ordered = [...buckets.values()].sort((a, b) => b.rank - a.rank || b.members.length - a.members.length);
  const groups: Group[] = [];
  for (const { members } of ordered) {
    groups.push(groupOf(members));
    yield;
  }
  return groups;
}

function groupOf(members: JudgedReading[]): Group {
  const example = members[0]!;
  return {
    cause: example.file.cause,
    count: members.length,
    example: example.file.name,
    title: titleOf(example),
    verdict: example.file.verdict,
    by: {
      pool: counts(members, (m) => m.file.request?.appPool),
      site: counts(members, (m) => m.facts.text('request.site-id')),
      url: counts(members, (m) => m.file.request?.url),
      hour: counts(members, (m) => m.file.request?.time?.slice(0, 13)),
    },
  };
}

function fingerprint({ file, cause, facts }: JudgedReading): string {
  const perUrl = (cause?.affects ?? 'page') === 'page' && file.verdict !== 'no-fault';
  return [
    file.verdict,
    file.cause ?? '',
    file.request?.status ?? '',
    file.request?.substatus ?? '',
    file.decisive?.module ?? '',
    file.decisive?.notification ?? '',
    file.decisive?.errorCode ?? facts.text('code.seen') ?? '',
    perUrl ? normalizedUrl(file.request?.url ?? '') : '',
  ].join('|');
}

/** The same page asked for twice is one page: numbers, identifiers, letter case and the query do not count. */
export function normalizedUrl(url: string): string {
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
  // Without a card: a failing server comes before a refused request, both before what merely took long.
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

/** The most frequent values first, ten at most. */
function counts(members: JudgedReading[], of: (m: JudgedReading) => string | null | undefined): [string, number][] {
  const seen = new Map<string, number>();
  for (const member of members) {
    const value = of(member);
    if (value) seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  return [...seen].sort((a, b) => b[1] - a[1]).slice(0, 10);
}
