import type { FileVerdict } from '../../diagnosis/report.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { fits, isFailing, newestOf } from './comparing.js';

/**
 * After the fix, the proof: what a new file in a conversation says about the failure followed there. Pure; earlier files
 * are known only by what the case kept of them, so it works after a restart.
 */

/**
 * How the new evidence stands to the old, what counts most first: when one file of several still shows the failure, nothing
 * is fixed. From `seen` on a file proves nothing: `seen` is the very same log; `older` is from before the failure;
 * `undated` does not say when; `other` is another request that works; `unclear` a redirect or 401; `absent` an access log
 * without the request.
 */
const loopStates = [
  'same',
  'changed',
  'fixed',
  'list-fixed',
  'list-same',
  'seen',
  'logon-lacks-right',
  'logon-older',
  'logon-undated',
  'logon-other',
  'logon-unknown',
  'older',
  'undated',
  'other-server',
  'unclear',
  'other',
  'absent',
] as const;
type LoopState = (typeof loopStates)[number];

export interface Loop {
  result: LoopState;
  before: CaseSnapshot;
  after: CaseSnapshot;
  /** The new file, as judged alone. */
  file: FileVerdict;
  /** Verb and path of the request it shows. */
  what?: string;
}

/** A new file, judged alone, with what it shows. */
export interface FreshEvidence {
  file: FileVerdict;
  print: string;
  shows: CaseSnapshot | undefined;
  what?: string;
}

/**
 * Compares new files with what the case kept of earlier ones.
 * @param earlier evidence of the case, without that of the message the new files came with
 * @param isMissingRight true for the causes that a right in a token refutes
 */
export function compareWithCase(
  earlier: readonly CaseEvidence[],
  fresh: readonly FreshEvidence[],
  isMissingRight: (cause: string) => boolean,
): Loop | undefined {
  const lacked = newestOf(
    earlier.flatMap(({ shows }) => (shows?.cause && isMissingRight(shows.cause) && shows.status ? [shows] : [])),
  );
  const loops = [
    requests(earlier, fresh),
    lacked && tokens(lacked, fresh),
    lacked && logons(lacked, fresh),
    lists(earlier, fresh),
  ].filter((loop) => loop !== undefined);
  return loops.sort((a, b) => loopStates.indexOf(a.result) - loopStates.indexOf(b.result))[0];
}

interface Request {
  shows: CaseSnapshot;
  print: string;
  isTrace: boolean;
}

function requests(earlier: readonly CaseEvidence[], fresh: readonly FreshEvidence[]): Loop | undefined {
  const before = earlier.flatMap(({ kind, shows, print }): Request[] =>
    shows?.status !== undefined && isFailing(shows.verdict) ? [{ shows, print, isTrace: kind === 'freb-log' }] : [],
  );
  const traces = before.filter(({ isTrace }) => isTrace);
  const last = before.at(-1)?.shows;
  if (!last) return undefined;
  const shown = fresh.flatMap(({ file, print, shows, what }) =>
    shows?.status !== undefined ? [{ file, print, shows, what, isTrace: file.kind === 'freb-log' }] : [],
  );
  const absent = fresh.find(({ shows }) => shows?.absent);
  if (shown.length === 0) {
    return absent && { result: 'absent', before: last, after: absent.shows!, file: absent.file };
  }
  // What a later file shows of the same request counts more.
  const after = shown.filter(
    (one) => !shown.some((other) => sameRequest(one.shows, other.shows) && earlierThan(one.shows, other.shows)),
  );
  const found = (
    result: LoopState,
    among: readonly Request[],
    test: (b: CaseSnapshot, a: CaseSnapshot, isTrace: boolean, isSeen: boolean) => boolean,
  ) => {
    for (const one of after) {
      const match = among.findLast((b) => test(b.shows, one.shows, one.isTrace, b.print === one.print));
      const { shows, file, what } = one;
      if (match) return { result, before: match.shows, after: shows, file, ...(what && { what }) } satisfies Loop;
    }
    return undefined;
  };
  if (after.every((one) => before.some((b) => b.print === one.print)))
    return found('seen', before, (_b, _a, _t, isSeen) => isSeen);
  const newest = (a: CaseSnapshot) => newestOf(before.map(({ shows }) => shows).filter((b) => sameRequest(b, a)))!;
  const works = (b: CaseSnapshot, a: CaseSnapshot) => a.verdict === 'no-fault' && sameRequest(b, a);
  return (
    found('same', traces, (b, a, isTrace, isSeen) =>
      isTrace ? !isSeen && isFailing(a.verdict) && alike(b, a) : failsAgain(newest, b, a) && alike(b, a),
    ) ??
    found('changed', traces, (b, a, isTrace) =>
      isTrace ? isFailing(a.verdict) && sameRequest(b, a) : failsAgain(newest, b, a),
    ) ??
    found('older', before, (b, a) => works(b, a) && earlierThan(a, newest(a))) ??
    found('other-server', before, (b, a) => works(b, a) && !fits(b.server, a.server)) ??
    found('undated', before, (b, a, isTrace) => works(b, a) && !isTrace && a.time === undefined) ??
    found('fixed', before, works) ??
    found('unclear', before, (b, a, isTrace) => !isTrace && a.verdict === 'inconclusive' && sameRequest(b, a)) ??
    found('other', before, (b, a) => a.verdict === 'no-fault' && !sameRequest(b, a))
  );
}

/** An access log names the request of the trace too, up to this much later in milliseconds: it is written at the end. */
const sameRequestMs = 2 * 60_000;

/** A line of an access log shows the same request failing later than any failure known. */
function failsAgain(
  newest: (a: CaseSnapshot) => CaseSnapshot | undefined,
  before: CaseSnapshot,
  after: CaseSnapshot,
): boolean {
  const known = newest(after)?.time;
  if (!isFailing(after.verdict) || !sameRequest(before, after) || !known || !after.time) return false;
  return Date.parse(after.time) > Date.parse(known) + sameRequestMs;
}

/** The worker process of the pool holds the right now: proof, when it is not the very process that failed. */
function tokens(before: CaseSnapshot, fresh: readonly FreshEvidence[]): Loop | undefined {
  const one = fresh.findLast(({ shows }) => shows?.holds === true && !shows.logon);
  if (!one?.shows || !fits(before.poolSid, one.shows.poolSid)) return undefined;
  if (before.processId !== undefined && before.processId === one.shows.processId) return undefined;
  return { result: 'fixed', before, after: one.shows, file: one.file };
}

/** The pool's account got the right when it logged on after the failure. */
function logons(before: CaseSnapshot, fresh: readonly FreshEvidence[]): Loop | undefined {
  const found = fresh.flatMap(({ shows, file }): Loop[] =>
    shows?.logon ? [{ result: logonState(before, shows), before, after: shows, file }] : [],
  );
  const own = found.filter(({ after }) => after.logon === 'pool');
  const after = newestOf(own.map((loop) => loop.after));
  return own.find((loop) => loop.after === after) ?? found[0];
}

function logonState(before: CaseSnapshot, after: CaseSnapshot): LoopState {
  if (after.logon !== 'pool') return after.logon === 'other' ? 'logon-other' : 'logon-unknown';
  if (!fits(before.server, after.server)) return 'other-server';
  if (!after.holds) return 'logon-lacks-right';
  const order = compareTimes(before.time, after.time);
  return order === undefined ? 'logon-undated' : order ? 'fixed' : 'logon-older';
}

/** The clocks of the world are at most so far from UTC, in milliseconds. */
const furthestZoneMs = 14 * 3_600_000;

/** True when the second is later, undefined where that cannot be told: a local time may be hours off. */
function compareTimes(before: string | undefined, after: string | undefined): boolean | undefined {
  if (before === undefined || after === undefined) return undefined;
  const isLocal = !after.endsWith('Z');
  const by = Date.parse(isLocal ? `${after}Z` : after) - Date.parse(before);
  return isLocal && Math.abs(by) <= furthestZoneMs ? undefined : by > 0;
}

/** A later list of holders of the same right. */
function lists(earlier: readonly CaseEvidence[], fresh: readonly FreshEvidence[]): Loop | undefined {
  const before = earlier.findLast(({ shows }) => (shows?.lacks?.length ?? 0) > 0)?.shows;
  const one = fresh.findLast(({ shows }) => shows?.lacks !== undefined);
  if (!before || !one?.shows) return undefined;
  const kept = isFailing(one.shows.verdict);
  return { result: kept ? 'list-same' : 'list-fixed', before, after: one.shows, file: one.file };
}

function alike(before: CaseSnapshot, after: CaseSnapshot): boolean {
  if (before.cause !== null || after.cause !== null) return before.cause === after.cause;
  return before.status === after.status && before.code === after.code && before.module === after.module;
}

function sameRequest(before: CaseSnapshot, after: CaseSnapshot): boolean {
  const { url, verb, pool } = before;
  return url !== undefined && url === after.url && fits(verb, after.verb) && fits(pool, after.pool);
}

function earlierThan(after: CaseSnapshot, before: CaseSnapshot): boolean {
  return after.time !== undefined && before.time !== undefined && Date.parse(after.time) < Date.parse(before.time);
}

/** Rows of what differs: label, before, now. A hash that differs is said without its value. */
export function differences({ before, after }: Loop): [string, string, string][] {
  const rows: [string, string, string][] = [];
  const row = (label: string, was: string | number | undefined, is: string | number | undefined) => {
    // What one of them does not tell is no difference; a code that is gone is one.
    if (was !== is && (label === 'Code' || (was !== undefined && is !== undefined)))
      rows.push([label, String(was ?? '–'), String(is ?? '–')]);
  };
  row('Status', before.status, after.status);
  row('Code', before.code, after.code);
  row('Worker process', before.processId, after.processId);
  row('Time (UTC)', clock(before.time), clock(after.time));
  if (!fits(before.url, after.url)) rows.push(['URL', 'as before', 'another']);
  if (!fits(before.pool, after.pool)) rows.push(['Pool', 'as before', 'another']);
  if (!fits(before.server, after.server)) rows.push(['Server', 'as before', 'another']);
  return rows;
}

function clock(time: string | undefined): string | undefined {
  return time?.slice(0, 19).replace('T', ' ');
}
