import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import type { CaseComparison, ComparisonResult, NewEvidence } from './case-comparison.js';
import { isFailing, mayBeSame, newestOf } from './snapshots.js';

/** Returns "fixed" when a worker process of the pool holds the right, and it is not the process that failed. */
export function compareTokens(failure: CaseSnapshot, fresh: readonly NewEvidence[]): CaseComparison | undefined {
  const token = fresh.findLast(({ shows }) => shows?.holds === true && !shows.logon);
  if (!token?.shows || !mayBeSame(failure.poolSid, token.shows.poolSid)) return undefined;
  if (failure.processId !== undefined && failure.processId === token.shows.processId) return undefined;
  return { result: 'fixed', before: failure, after: token.shows, file: token.file };
}

/** Compares the newest logon of the pool's account with the failure, else the first logon of any account. */
export function compareLogons(failure: CaseSnapshot, fresh: readonly NewEvidence[]): CaseComparison | undefined {
  const comparisons = fresh.flatMap(({ shows, file }): CaseComparison[] =>
    shows?.logon ? [{ result: judgeLogon(failure, shows), before: failure, after: shows, file }] : [],
  );
  const poolLogons = comparisons.map(({ after }) => after).filter(({ logon }) => logon === 'pool');
  const newest = newestOf(poolLogons);
  return comparisons.find(({ after }) => after === newest) ?? comparisons[0];
}

function judgeLogon(failure: CaseSnapshot, logon: CaseSnapshot): ComparisonResult {
  if (logon.logon !== 'pool') return logon.logon === 'other' ? 'logon-other' : 'logon-unknown';
  if (!mayBeSame(failure.server, logon.server)) return 'other-server';
  if (!logon.holds) return 'logon-lacks-right';
  const isLater = isLaterTime(logon.time, failure.time);
  if (isLater === undefined) return 'logon-undated';
  return isLater ? 'fixed' : 'logon-older';
}

/** The largest difference between a local time and UTC, in milliseconds. */
const largestZoneMs = 14 * 3_600_000;

/** True when a time is later than a UTC time. Undefined when a local time is too near to tell. */
function isLaterTime(time: string | undefined, utc: string | undefined): boolean | undefined {
  if (utc === undefined || time === undefined) return undefined;
  const isLocal = !time.endsWith('Z');
  const difference = Date.parse(isLocal ? `${time}Z` : time) - Date.parse(utc);
  return isLocal && Math.abs(difference) <= largestZoneMs ? undefined : difference > 0;
}

/** Compares a later list of holders of the right with the last list that lacked one. */
export function compareLists(
  earlier: readonly CaseEvidence[],
  fresh: readonly NewEvidence[],
): CaseComparison | undefined {
  const before = earlier.findLast(({ shows }) => (shows?.lacks?.length ?? 0) > 0)?.shows;
  const list = fresh.findLast(({ shows }) => shows?.lacks !== undefined);
  if (!before || !list?.shows) return undefined;
  const result = isFailing(list.shows.verdict) ? 'list-same' : 'list-fixed';
  return { result, before, after: list.shows, file: list.file };
}
