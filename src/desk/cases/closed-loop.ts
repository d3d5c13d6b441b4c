import { createHash } from 'node:crypto';
import type { FileVerdict, Report } from '../../diagnosis/report.js';
import type { Observation, Reading } from '../../evidence/evidence.js';
import { appPoolSid } from '../../evidence/sids.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';

/**
 * After the fix, the proof: what a new file in a conversation says about the failure followed there. Pure; earlier files
 * are known only by what the case kept of them, so it works after a restart.
 */

/** How the new evidence stands to the old. `other`: a working request, but not the one that failed; `older`: recorded before the failure; `seen`: the very same log. */
type LoopState = 'fixed' | 'changed' | 'same' | 'other' | 'older' | 'seen' | 'list-fixed' | 'list-same';

export interface Loop {
  result: LoopState;
  before: CaseSnapshot;
  after: CaseSnapshot;
  /** The new file, as judged alone. */
  file: FileVerdict;
}

/** 96 bits of a hash: enough to recognise, nothing to read. */
function shortHash(...parts: (string | null | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

export function fingerprint(reading: Reading): string {
  return shortHash(reading.kind, JSON.stringify(reading.observations));
}

/** Returns the state of a file that later files of the case are compared with; undefined for kinds without a before and after. */
export function summarizeFile(file: FileVerdict, reading: Reading, salt: string): CaseSnapshot | undefined {
  if (file.kind === 'freb-log' && file.request) return requestShown(file, salt);
  const line = lineShown(file, reading, salt) ?? tokenShown(file, reading, salt);
  if (line) return line;
  const list = reading.kind === 'rights-export' && (reading.origin === 'machine' || reading.origin === 'merged-policy');
  const lacks = list && reading.observations.find(({ name }) => name === 'right.missing')?.value;
  if (!list || !reading.observations.some(({ name }) => name === 'right.reported' || name === 'right.defined')) {
    return undefined;
  }
  return { verdict: file.verdict, cause: file.cause, lacks: Array.isArray(lacks) ? [...(lacks as string[])] : [] };
}

/** One line of an access log: a page that works again writes no trace, but it writes this. */
function lineShown(file: FileVerdict, reading: Reading, salt: string): CaseSnapshot | undefined {
  const seen = facts(reading);
  const [status, url] = [seen('final-status'), seen('request.url')];
  if (reading.kind === 'freb-log' || typeof status !== 'number' || typeof url !== 'string') return undefined;
  const substatus = seen('final-substatus');
  const time = seen('request.time');
  return {
    verdict: status < 400 ? 'no-fault' : 'failure',
    cause: file.cause,
    status: substatus ? `${status}.${substatus}` : String(status),
    url: pathHash(url, salt),
    ...(typeof time === 'string' && { time }),
  };
}

/** The token of a worker process: whether it holds the right, and in which process and pool. */
function tokenShown(file: FileVerdict, reading: Reading, salt: string): CaseSnapshot | undefined {
  const seen = facts(reading);
  const holds = seen('token.has-right');
  if (reading.kind !== 'token-listing' || seen('token.whose') !== 'worker' || typeof holds !== 'boolean')
    return undefined;
  const [processId, pool, groups] = [seen('token.process-id'), seen('token.pool'), seen('token.groups')];
  const named = typeof pool === 'string' ? appPoolSid(pool) : undefined;
  const poolSid = Array.isArray(groups) ? (groups.find((g) => /^S-1-5-82-\d{2,}/.test(String(g))) ?? named) : named;
  return {
    verdict: file.verdict,
    cause: file.cause,
    holds,
    ...(typeof processId === 'number' && { processId }),
    ...(poolSid && { poolSid: shortHash(salt, String(poolSid)) }),
  };
}

function facts({ observations }: Reading): (name: ObservationName) => Observation['value'] | undefined {
  return (name) => observations.find((o) => o.name === name)?.value;
}

/** The path of a URL without host and query, as a hash. */
function pathHash(url: string, salt: string): string | undefined {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  return path ? shortHash(salt, path.toLowerCase()) : undefined;
}

function requestShown(file: FileVerdict, salt: string): CaseSnapshot {
  const { status, substatus, url, appPool, server, processId, time } = file.request!;
  const path = url ? pathHash(url, salt) : undefined;
  const shows: CaseSnapshot = { verdict: file.verdict, cause: file.cause };
  if (status !== null) shows.status = substatus ? `${status}.${substatus}` : String(status);
  if (file.decisive?.errorCode) shows.code = file.decisive.errorCode;
  if (file.decisive?.module) shows.module = shortHash(salt, file.decisive.module);
  if (processId !== null) shows.processId = processId;
  if (time !== null) shows.time = time;
  if (path) shows.url = path;
  if (appPool) Object.assign(shows, { pool: shortHash(salt, appPool), poolSid: shortHash(salt, appPoolSid(appPool)) });
  if (server) shows.server = shortHash(salt, server.toLowerCase());
  return shows;
}

/** The failure of a report, hashed: cause, pool and server. Undefined where nothing failed. */
export function failureHash(report: Report, salt: string): string | undefined {
  if (!isFailing(report.diagnosis.verdict)) return undefined;
  const finding = report.diagnosis.findings[0];
  const named = (file: FileVerdict) => finding === undefined || finding.files.includes(file.name);
  const file =
    report.files.find((one) => one.request && isFailing(one.verdict) && named(one)) ??
    report.files.find((one) => isFailing(one.verdict) && named(one));
  const what =
    finding?.cause ?? `${file?.request?.status}.${file?.request?.substatus ?? 0} ${file?.decisive?.errorCode ?? ''}`;
  const pool = file?.request?.appPool ?? finding?.facts.pool;
  const server = file?.request?.server ?? finding?.facts.server;
  return shortHash(salt, what, pool, server?.toLowerCase());
}

export function isFailing(verdict: string): boolean {
  return verdict === 'failure' || verdict === 'slow' || verdict === 'aborted';
}

/**
 * Compares new files with what the case kept of earlier ones.
 * @param earlier evidence of the case, without that of the message the new files came with
 * @param fresh the new files, each judged alone, with what they show
 * @param isMissingRight true for the causes that a right in a token refutes
 */
export function compareWithCase(
  earlier: readonly CaseEvidence[],
  fresh: readonly { file: FileVerdict; print: string; shows: CaseSnapshot | undefined }[],
  isMissingRight: (cause: string) => boolean,
): Loop | undefined {
  return requests(earlier, fresh) ?? tokens(earlier, fresh, isMissingRight) ?? lists(earlier, fresh);
}

type Fresh = Parameters<typeof compareWithCase>[1];

function requests(earlier: readonly CaseEvidence[], fresh: Fresh): Loop | undefined {
  const before = earlier.flatMap(({ kind, shows, print }) =>
    kind === 'freb-log' && shows && isFailing(shows.verdict) ? [{ shows, print }] : [],
  );
  const last = before.at(-1);
  const after = fresh.flatMap(({ file, print, shows }) =>
    shows?.status !== undefined ? [{ file, print, shows }] : [],
  );
  if (!last || after.length === 0) return undefined;
  const found = (result: LoopState, test: (b: CaseSnapshot, a: CaseSnapshot, print: string) => boolean) => {
    for (const one of after) {
      const match = before.findLast((b) => test(b.shows, one.shows, b.print === one.print ? 'same' : ''));
      if (match) return { result, before: match.shows, after: one.shows, file: one.file } satisfies Loop;
    }
    return undefined;
  };
  if (after.every((one) => before.some((b) => b.print === one.print)))
    return found('seen', (_b, _a, p) => p === 'same');
  return (
    found('same', (b, a, print) => print === '' && isFailing(a.verdict) && alike(b, a)) ??
    found('changed', (b, a) => isFailing(a.verdict) && sameRequest(b, a)) ??
    found('older', (b, a) => a.verdict === 'no-fault' && sameRequest(b, a) && earlierThan(a, last.shows)) ??
    found('fixed', (b, a) => a.verdict === 'no-fault' && sameRequest(b, a)) ??
    found('other', (_b, a) => a.verdict === 'no-fault')
  );
}

/** The worker process of the pool holds the right now: proof, when it is not the very process that failed. */
function tokens(
  earlier: readonly CaseEvidence[],
  fresh: Fresh,
  isMissingRight: (cause: string) => boolean,
): Loop | undefined {
  const before = earlier.findLast(({ shows }) => shows?.cause && isMissingRight(shows.cause) && shows.status)?.shows;
  const one = fresh.findLast(({ shows }) => shows?.holds === true);
  if (!before || !one?.shows || !fits(before.poolSid, one.shows.poolSid)) return undefined;
  if (before.processId !== undefined && before.processId === one.shows.processId) return undefined;
  return { result: 'fixed', before, after: one.shows, file: one.file };
}

/** A later list of holders of the same right. */
function lists(earlier: readonly CaseEvidence[], fresh: Fresh): Loop | undefined {
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
  return before.url !== undefined && before.url === after.url && fits(before.pool, after.pool);
}

/** Equal, or one of them does not tell: an access log knows no pool. */
function fits(before: string | undefined, after: string | undefined): boolean {
  return before === undefined || after === undefined || before === after;
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
