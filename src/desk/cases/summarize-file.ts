import type { FileVerdict, Report } from '../../diagnosis/report.js';
import type { Observation, Reading } from '../../evidence/evidence.js';
import { appPoolSid, isPoolSid } from '../../evidence/sids.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { type PoolAccounts, summarizeLogons } from './pool-logons.js';
import { pathHash, portOf, serverHash, shortHash } from './snapshot-hashes.js';
import { isFailing } from './snapshots.js';
import { nameLoggedRequest, summarizeAccessLog } from './summarize-access-log.js';

/** The case before the file. */
export interface SnapshotContext {
  /** The tenant, so that hashes of two tenants cannot be compared. */
  salt: string;
  earlier: readonly CaseEvidence[];
  accounts: PoolAccounts;
}

/**
 * Returns the state that later files of the case are compared with: outcomes and times, with names of places as salted
 * hashes. Undefined for a file that has no such state.
 */
export function summarizeFile(file: FileVerdict, reading: Reading, context: SnapshotContext): CaseSnapshot | undefined {
  const { salt } = context;
  if (file.kind === 'freb-log' && file.request) return summarizeTrace(file, reading, salt);
  return (
    summarizeAccessLog(file, reading, context) ??
    summarizePage(file, reading, salt) ??
    summarizeToken(file, reading, salt) ??
    summarizeLogons(reading, context) ??
    summarizeList(file, reading)
  );
}

/** Returns verb and path of the request that a file shows, for a title; empty where it shows none. */
export function nameRequest(
  file: FileVerdict,
  reading: Reading,
  shows: CaseSnapshot | undefined,
  salt: string,
): string {
  const path = file.request?.url?.replace(/^[a-z]+:\/\/[^/]*/i, '') ?? '';
  const name = [file.request?.verb, path].filter(Boolean).join(' ');
  return name === '' && shows ? (nameLoggedRequest(reading, shows, salt) ?? '') : name;
}

/** Summarizes a page or a fragment that names the address and status of a request. */
function summarizePage(file: FileVerdict, reading: Reading, salt: string): CaseSnapshot | undefined {
  const observed = valueLookup(reading);
  const [status, url] = [observed('final-status'), observed('request.url')];
  if (reading.kind === 'freb-log' || typeof status !== 'number' || typeof url !== 'string') return undefined;
  const substatus = observed('final-substatus');
  const time = observed('request.time');
  return {
    verdict: status < 400 ? 'no-fault' : 'failure',
    cause: file.cause,
    status: substatus ? `${status}.${substatus}` : String(status),
    url: pathHash(url, salt),
    ...(typeof time === 'string' && { time }),
  };
}

/** Summarizes the token of a worker process: whether it holds the right, and in which process and pool. */
function summarizeToken(file: FileVerdict, reading: Reading, salt: string): CaseSnapshot | undefined {
  const observed = valueLookup(reading);
  const holds = observed('token.has-right');
  if (reading.kind !== 'token-listing' || observed('token.whose') !== 'worker' || typeof holds !== 'boolean')
    return undefined;
  const [processId, pool, groups] = [observed('token.process-id'), observed('token.pool'), observed('token.groups')];
  const sidOfName = typeof pool === 'string' ? appPoolSid(pool) : undefined;
  const poolSid = Array.isArray(groups) ? (groups.find((g) => isPoolSid(String(g))) ?? sidOfName) : sidOfName;
  return {
    verdict: file.verdict,
    cause: file.cause,
    holds,
    ...(typeof processId === 'number' && { processId }),
    ...(poolSid && { poolSid: shortHash(salt, String(poolSid)) }),
  };
}

/** Summarizes a list of holders by the usual holders that it lacks. */
function summarizeList(file: FileVerdict, reading: Reading): CaseSnapshot | undefined {
  const isList =
    reading.kind === 'rights-export' && (reading.origin === 'machine' || reading.origin === 'merged-policy');
  if (!isList || !reading.observations.some(({ name }) => name === 'right.reported' || name === 'right.defined')) {
    return undefined;
  }
  const lacks = valueLookup(reading)('right.missing');
  return { verdict: file.verdict, cause: file.cause, lacks: Array.isArray(lacks) ? [...(lacks as string[])] : [] };
}

function valueLookup({ observations }: Reading): (name: ObservationName) => Observation['value'] | undefined {
  return (name) => observations.find((o) => o.name === name)?.value;
}

function summarizeTrace(file: FileVerdict, reading: Reading, salt: string): CaseSnapshot {
  const { verb, status, substatus, url, appPool, server, processId, time } = file.request!;
  const path = url ? pathHash(url, salt) : undefined;
  const shows: CaseSnapshot = { verdict: file.verdict, cause: file.cause };
  if (status !== null) shows.status = substatus ? `${status}.${substatus}` : String(status);
  if (file.decisive?.errorCode) shows.code = file.decisive.errorCode;
  if (file.decisive?.module) shows.module = shortHash(salt, file.decisive.module);
  if (processId !== null) shows.processId = processId;
  if (time !== null) shows.time = time;
  if (path) shows.url = path;
  if (verb) shows.verb = verb;
  const site = valueLookup(reading)('request.site-id');
  if (typeof site === 'number') shows.site = site;
  const port = url && portOf(url);
  if (port) shows.port = port;
  if (appPool) Object.assign(shows, { pool: shortHash(salt, appPool), poolSid: shortHash(salt, appPoolSid(appPool)) });
  if (server) shows.server = serverHash(server, salt);
  return shows;
}

/** Returns a hash of the failure of a report: cause, pool and server. Undefined when nothing failed. */
export function failureHash(report: Report, salt: string): string | undefined {
  if (!isFailing(report.diagnosis.verdict)) return undefined;
  const finding = report.diagnosis.findings[0];
  const isOfFinding = (file: FileVerdict) => finding === undefined || finding.files.includes(file.name);
  const file =
    report.files.find((one) => one.request && isFailing(one.verdict) && isOfFinding(one)) ??
    report.files.find((one) => isFailing(one.verdict) && isOfFinding(one));
  const failure =
    finding?.cause ?? `${file?.request?.status}.${file?.request?.substatus ?? 0} ${file?.decisive?.errorCode ?? ''}`;
  const pool = file?.request?.appPool ?? finding?.facts.pool;
  const server = file?.request?.server ?? finding?.facts.server;
  return shortHash(salt, failure, pool, server?.toLowerCase());
}
