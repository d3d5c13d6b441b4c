import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import type { CaseComparison, ComparisonResult, NewEvidence } from './case-comparison.js';
import { isFailing, isSamePlace, mayBeSame, newestOf } from './snapshots.js';

/** A failed request that the case has kept. */
interface FailedRequest {
  shows: CaseSnapshot;
  print: string;
  isTrace: boolean;
}

/** A request in a new file. */
interface NewRequest extends NewEvidence {
  shows: CaseSnapshot;
  isTrace: boolean;
}

/** Milliseconds by which the line of an access log may be later than the trace of its request: it is written at the end. */
const sameRequestMs = 2 * 60_000;

/** Compares the requests of new files with the failed requests of the case. */
export function compareRequests(
  earlier: readonly CaseEvidence[],
  fresh: readonly NewEvidence[],
): CaseComparison | undefined {
  const failed = failedRequests(earlier);
  const lastFailure = failed.at(-1)?.shows;
  if (!lastFailure) return undefined;
  const shown = fresh.flatMap((evidence): NewRequest[] =>
    evidence.shows?.status === undefined
      ? []
      : [{ ...evidence, shows: evidence.shows, isTrace: evidence.file.kind === 'freb-log' }],
  );
  if (shown.length > 0) return compareNewest(failed, withoutOutdated(shown));
  const withoutRequest = fresh.find(({ shows }) => shows?.absent);
  return (
    withoutRequest && {
      result: 'absent',
      before: lastFailure,
      after: withoutRequest.shows!,
      file: withoutRequest.file,
    }
  );
}

function failedRequests(earlier: readonly CaseEvidence[]): FailedRequest[] {
  return earlier.flatMap(({ kind, shows, print }) =>
    shows?.status !== undefined && isFailing(shows.verdict) ? [{ shows, print, isTrace: kind === 'freb-log' }] : [],
  );
}

/** Leaves out a request that a later file shows again, because the later outcome counts. */
function withoutOutdated(requests: readonly NewRequest[]): NewRequest[] {
  return requests.filter(
    ({ shows }) => !requests.some((other) => isSameRequest(shows, other.shows) && isEarlier(shows, other.shows)),
  );
}

/** Tries the results in the order in which they count. */
function compareNewest(failed: readonly FailedRequest[], fresh: readonly NewRequest[]): CaseComparison | undefined {
  const traces = failed.filter(({ isTrace }) => isTrace);
  const findPair = (
    result: ComparisonResult,
    candidates: readonly FailedRequest[],
    fits: (before: CaseSnapshot, after: CaseSnapshot, request: NewRequest, isSeen: boolean) => boolean,
  ): CaseComparison | undefined => {
    for (const request of fresh) {
      const { shows: after, file, requestName } = request;
      const match = candidates.findLast(({ shows, print }) => fits(shows, after, request, print === request.print));
      if (match) return { result, before: match.shows, after, file, ...(requestName && { requestName }) };
    }
    return undefined;
  };
  if (fresh.every(({ print }) => failed.some((one) => one.print === print)))
    return findPair('seen', failed, (_before, _after, _request, isSeen) => isSeen);

  const newestFailure = (after: CaseSnapshot) =>
    newestOf(failed.map(({ shows }) => shows).filter((before) => isSameRequest(before, after)));
  const failsAgain = (before: CaseSnapshot, after: CaseSnapshot) =>
    isFailing(after.verdict) && isSameRequest(before, after) && isLaterRequest(newestFailure(after), after);
  const works = (before: CaseSnapshot, after: CaseSnapshot) =>
    after.verdict === 'no-fault' && isSameRequest(before, after);
  return (
    findPair('same', traces, (before, after, { isTrace }, isSeen) =>
      isTrace
        ? !isSeen && isFailing(after.verdict) && isSameFailure(before, after)
        : failsAgain(before, after) && isSameFailure(before, after),
    ) ??
    findPair('changed', traces, (before, after, { isTrace }) =>
      isTrace ? isFailing(after.verdict) && isSameRequest(before, after) : failsAgain(before, after),
    ) ??
    findPair('older', failed, (before, after) => works(before, after) && isEarlier(after, newestFailure(after)!)) ??
    findPair(
      'other-server',
      failed,
      (before, after) => works(before, after) && !mayBeSame(before.server, after.server),
    ) ??
    findPair(
      'undated',
      failed,
      (before, after, { isTrace }) => works(before, after) && !isTrace && after.time === undefined,
    ) ??
    findPair('fixed', failed, works) ??
    findPair(
      'unclear',
      failed,
      (before, after, { isTrace }) => !isTrace && after.verdict === 'inconclusive' && isSameRequest(before, after),
    ) ??
    findPair(
      'other-site',
      failed,
      (before, after) => after.verdict === 'no-fault' && before.url === after.url && !isSamePlace(before, after),
    ) ??
    findPair('other', failed, (before, after) => after.verdict === 'no-fault' && !isSameRequest(before, after))
  );
}

/** True when the line of an access log cannot be about the request of the known failure, because it is later. */
function isLaterRequest(known: CaseSnapshot | undefined, after: CaseSnapshot): boolean {
  if (!known?.time || !after.time) return false;
  return Date.parse(after.time) > Date.parse(known.time) + sameRequestMs;
}

function isSameFailure(before: CaseSnapshot, after: CaseSnapshot): boolean {
  if (before.cause !== null || after.cause !== null) return before.cause === after.cause;
  return before.status === after.status && before.code === after.code && before.module === after.module;
}

function isSameRequest(before: CaseSnapshot, after: CaseSnapshot): boolean {
  const { url, verb, pool } = before;
  const isSamePage = url !== undefined && url === after.url && mayBeSame(verb, after.verb);
  return isSamePage && mayBeSame(pool, after.pool) && isSamePlace(before, after);
}

function isEarlier(one: CaseSnapshot, other: CaseSnapshot): boolean {
  return one.time !== undefined && other.time !== undefined && Date.parse(one.time) < Date.parse(other.time);
}
