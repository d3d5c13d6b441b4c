import type { Part } from '../answer/answer.js';
import { normalizeUrl } from '../diagnosis/groups.js';
import type { FileVerdict } from '../diagnosis/report.js';
import type { GroupFacts, JudgedLog, LogFile } from './ports.js';
import type { WatchGroup } from './records.js';

/** Verdicts that are worth a post. */
const postedVerdicts: readonly string[] = ['failure', 'slow', 'inconclusive'];
/** From this many groups on, the page no longer makes a group: a scanner asks for thousands of pages. */
const mostGroups = 2000;

/** A log that was judged. An old one was there before the first look at its folder. */
export interface CountedLog {
  log: LogFile;
  judged: JudgedLog;
  isOld: boolean;
  /** Its closing tag is not there. */
  isOpen: boolean;
}

/**
 * Returns the group of a log with the log counted in; undefined when the log could not be read.
 * @param find returns a group by its key
 * @param now our clock, in milliseconds
 */
export function countLog(
  counted: CountedLog,
  groups: { size: number; find(key: string): WatchGroup | undefined },
  now: number,
): WatchGroup | undefined {
  const { log, judged, isOld } = counted;
  if (judged.file.verdict === 'unreadable') return undefined;
  const facts = factsOf(judged);
  const own = groups.find(keyOf(facts, judged.file));
  const shared = groups.size < mostGroups ? facts : { ...facts, page: null };
  const key = own?.key ?? keyOf(shared, judged.file);
  const time = judged.file.request?.time ?? new Date(log.changedAt).toISOString();
  const group = own ?? groups.find(key) ?? begin(counted, shared, key, time);
  return {
    ...group,
    count: group.count + 1,
    since: time < group.since ? time : group.since,
    last: time > group.last ? time : group.last,
    foundAt: now,
    state: isOld ? group.state : nextState(group),
  };
}

/** True for a group that is worth a post; the others are normal traffic, which is only counted. */
export function isWorthPost({ verdict }: Pick<WatchGroup, 'verdict'>): boolean {
  return postedVerdicts.includes(verdict);
}

/** The state of a group after a new log. */
function nextState(group: WatchGroup): WatchGroup['state'] {
  const { state } = group;
  if (!isWorthPost(group)) return 'known';
  return state === 'known' ? 'new' : state === 'quiet' ? 'back' : state;
}

function begin({ log, judged }: CountedLog, facts: GroupFacts, key: string, time: string): WatchGroup {
  const { title, parts } = judged.describe();
  return {
    ...facts,
    key,
    count: 0,
    toldCount: 0,
    since: time,
    last: time,
    foundAt: 0,
    state: 'known',
    example: log.name,
    title,
    parts: shownParts(parts),
  };
}

/** Returns the request, and the first step of the fix. */
function shownParts(parts: readonly Part[]): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.id === 'request') return [part];
    if (part.id !== 'fix' || part.kind !== 'steps') return [];
    return [{ ...part, heading: 'First step', keep: 'always', steps: part.steps.slice(0, 1) }];
  });
}

function factsOf({ file, site, isPerPage }: JudgedLog): GroupFacts {
  const { request } = file;
  const isAboutPage = isPerPage && file.verdict !== 'no-fault' && request?.url;
  return {
    verdict: file.verdict,
    cause: file.cause,
    pool: request?.appPool ?? null,
    site,
    server: request?.server ?? null,
    page: isAboutPage ? normalizeUrl(request.url ?? '') : null,
  };
}

/** Without a cause, status, module and code stand for it. */
function keyOf({ verdict, cause, pool, site, server, page }: GroupFacts, { request, decisive }: FileVerdict): string {
  const fault = cause ?? [request?.status, request?.substatus, decisive?.module, decisive?.errorCode].join(' ');
  return [verdict, fault, server, site, pool, page].join('|');
}
