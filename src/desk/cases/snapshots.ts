import type { FileVerdict, Report } from '../../diagnosis/report.js';
import type { Observation, Reading } from '../../evidence/evidence.js';
import { appPoolSid, isPoolSid } from '../../evidence/sids.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { isFailing, pathHash, serverHash, shortHash } from './comparing.js';
import { outcomeName, outcomeShown } from './outcomes.js';
import { logonShown, type PoolAccounts } from './pool-logons.js';

/** What a file shows, as a case keeps it: outcomes and times; names of places are salted hashes. */

/** What is known of the case before the file. */
export interface SnapshotContext {
  /** Of the tenant: hashes of two tenants cannot be compared. */
  salt: string;
  earlier: readonly CaseEvidence[];
  accounts: PoolAccounts;
}

/** Returns the state of a file that later files of the case are compared with; undefined for kinds without a before and after. */
export function summarizeFile(file: FileVerdict, reading: Reading, context: SnapshotContext): CaseSnapshot | undefined {
  const { salt } = context;
  if (file.kind === 'freb-log' && file.request) return requestShown(file, salt);
  return (
    outcomeShown(file, reading, context) ??
    lineShown(file, reading, salt) ??
    tokenShown(file, reading, salt) ??
    logonShown(reading, context) ??
    listShown(file, reading)
  );
}

/** Returns verb and path of the request a file shows, for its title; empty where it shows none. */
export function nameRequest(
  file: FileVerdict,
  reading: Reading,
  shows: CaseSnapshot | undefined,
  salt: string,
): string {
  const path = file.request?.url?.replace(/^[a-z]+:\/\/[^/]*/i, '') ?? '';
  const named = [file.request?.verb, path].filter(Boolean).join(' ');
  return named === '' && shows ? (outcomeName(reading, shows, salt) ?? '') : named;
}

/** A request that a fragment describes: a pasted error page names its address and status. */
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
  const poolSid = Array.isArray(groups) ? (groups.find((g) => isPoolSid(String(g))) ?? named) : named;
  return {
    verdict: file.verdict,
    cause: file.cause,
    holds,
    ...(typeof processId === 'number' && { processId }),
    ...(poolSid && { poolSid: shortHash(salt, String(poolSid)) }),
  };
}

/** Who holds the right: which of the usual holders a list lacks. */
function listShown(file: FileVerdict, reading: Reading): CaseSnapshot | undefined {
  const list = reading.kind === 'rights-export' && (reading.origin === 'machine' || reading.origin === 'merged-policy');
  if (!list || !reading.observations.some(({ name }) => name === 'right.reported' || name === 'right.defined')) {
    return undefined;
  }
  const lacks = facts(reading)('right.missing');
  return { verdict: file.verdict, cause: file.cause, lacks: Array.isArray(lacks) ? [...(lacks as string[])] : [] };
}

function facts({ observations }: Reading): (name: ObservationName) => Observation['value'] | undefined {
  return (name) => observations.find((o) => o.name === name)?.value;
}

function requestShown(file: FileVerdict, salt: string): CaseSnapshot {
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
  if (appPool) Object.assign(shows, { pool: shortHash(salt, appPool), poolSid: shortHash(salt, appPoolSid(appPool)) });
  if (server) shows.server = serverHash(server, salt);
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
