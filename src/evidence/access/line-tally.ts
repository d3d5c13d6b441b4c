import type { ObservationCollector } from '../gather.js';
import { isImpersonationCode, type LogLine, requestPath } from './columns.js';
import { noiseOf } from './noise.js';
import { Outcomes } from './outcomes.js';
import { RedirectRun } from './redirect-run.js';

type Counts = Map<string, { count: number; first: LogLine; path?: string; combination?: string }>;

/** Enough different values for any real log; a scanner's thousands of URLs are not remembered one by one. */
const mostValues = 2000;
/** As many rows of a kind as a person reads. */
const mostShown = 5;

/** Counts while the lines go by; keeps no line but the first of each kind. */
export class LineTally {
  #lines = 0;
  #failures = 0;
  #refusals = 0;
  #unrouted: { count: number; first?: LogLine } = { count: 0 };
  #impersonation: { count: number; first?: LogLine } = { count: 0 };
  #failed: Counts = new Map();
  #refused: Counts = new Map();
  #failedUrls: Counts = new Map();
  #refusedUrls: Counts = new Map();
  #reasons: Counts = new Map();
  #queues: Counts = new Map();
  /** Pools that took no requests; beside them those of other lines say nothing. */
  #refusedQueues: Counts = new Map();
  #noise: Counts = new Map();
  #firstTime?: string;
  #lastTime?: string;
  #computer?: string;
  #withheld = 0;
  #only?: LogLine;
  readonly #redirects = new RedirectRun();
  readonly #outcomes = new Outcomes();

  add(line: LogLine): void {
    this.#lines++;
    this.#withheld += line.withheld();
    this.#redirects.add(line);
    this.#outcomes.add(line);
    this.#computer ??= line.get('s-computername');
    const reason = line.get('s-reason');
    const noise = noiseOf(line);
    this.#only = this.#lines === 1 && noise === undefined ? line : undefined;
    if (noise !== undefined) count(this.#noise, noise, line);
    else {
      if (reason !== undefined) this.#addReason(line, reason);
      this.#addStatus(line, reason);
    }
  }

  /** HTTP.sys names a reason, and the queue of a pool where it had found one. */
  #addReason(line: LogLine, reason: string): void {
    count(this.#reasons, reason, line);
    const queue = line.get('s-queuename');
    if (queue !== undefined) count(line.int('sc-status') === 503 ? this.#refusedQueues : this.#queues, queue, line);
    if (reason !== 'N/A' || queue !== undefined || line.get('s-siteid') !== undefined) return;
    if (line.int('sc-status') !== 503) return;
    this.#unrouted.count++;
    this.#unrouted.first ??= line;
  }

  #addStatus(line: LogLine, reason: string | undefined): void {
    const status = line.int('sc-status');
    if (status === undefined || status < 400) return;
    const failed = status >= 500;
    if (failed) this.#failures++;
    else this.#refusals++;
    const combination = reason === undefined ? combinationOf(line, status) : String(status);
    count(failed ? this.#failed : this.#refused, combination, line);
    const path = requestPath(line);
    if (path !== undefined) {
      const urls = failed ? this.#failedUrls : this.#refusedUrls;
      count(urls, `${combination} ${path}`, line, { path, combination });
    }
    if (!failed) return;
    const time = line.time();
    this.#firstTime ??= time;
    this.#lastTime = time ?? this.#lastTime;
    if (!isImpersonationCode(line.int('sc-win32-status'))) return;
    this.#impersonation.count++;
    this.#impersonation.first ??= line;
  }

  /** The counts, most frequent first; what failed before what was refused. */
  observe(gather: ObservationCollector): void {
    gather.withheld += this.#withheld;
    gather.add('access.lines', this.#lines);
    gather.add('access.failures', this.#failures);
    gather.add('access.refusals', this.#refusals);
    const first = this.#impersonation.first;
    if (first) {
      const place = { event: first.number, field: tripleFields, raw: rawTriple(first) };
      gather.add('access.impersonation-failures', this.#impersonation.count, place);
      gather.add('code.seen', '0x80070542', {
        ...place,
        field: 'sc-win32-status',
        raw: first.get('sc-win32-status'),
      });
    }
    const unrouted = this.#unrouted.first;
    if (unrouted) {
      const place = { event: unrouted.number, field: 'sc-status s-siteid s-reason s-queuename', raw: '503 - N/A -' };
      gather.add('access.unrouted', this.#unrouted.count, place);
    }
    this.#redirects.observe(gather);
    const statusField = this.#reasons.size > 0 ? 'sc-status' : tripleFields;
    for (const counts of [this.#failed, this.#refused]) observeTop(gather, 'access.status', counts, statusField);
    for (const counts of [this.#failedUrls, this.#refusedUrls]) observeTop(gather, 'access.url', counts, 'cs-uri-stem');
    observeTop(gather, 'access.reason', this.#reasons, 's-reason');
    observeTop(
      gather,
      'access.queue',
      this.#refusedQueues.size > 0 ? this.#refusedQueues : this.#queues,
      's-queuename',
    );
    observeTop(gather, 'access.noise', this.#noise, 's-port cs-uri');
    if (this.#firstTime) gather.add('access.time', this.#firstTime);
    if (this.#lastTime) gather.add('access.last-time', this.#lastTime);
    if (this.#computer) gather.add('computer.name', this.#computer, { field: 's-computername' });
    this.#observeDecisive(gather);
    this.#outcomes.observe(gather);
  }

  /** The request of the line that decides, for lines that stand alone. */
  observeRequest(gather: ObservationCollector): void {
    const line = this.#decisive() ?? this.#only;
    if (!line) return;
    const place = { event: line.number };
    const verb = line.get('cs-method');
    const path = requestPath(line);
    const time = line.time();
    const status = line.int('sc-status');
    if (verb) gather.add('request.verb', verb, { ...place, field: 'cs-method' });
    if (path) gather.add('request.url', path, { ...place, field: line.pathField() });
    if (time) gather.add('request.time', time, { ...place, field: 'date time' });
    if (status === undefined) return;
    gather.add('final-status', status, { ...place, field: 'sc-status' });
    gather.add('final-substatus', line.int('sc-substatus') ?? 0, { ...place, field: 'sc-substatus' });
  }

  /**
   * Status, substatus and Windows code of the combination that most lines failed with: IIS writes them together, and only
   * together they name a reason. HTTP.sys has no such code; its reason speaks.
   */
  #observeDecisive(gather: ObservationCollector): void {
    const line = this.#reasons.size > 0 ? undefined : this.#decisive();
    if (!line) return;
    const place = { event: line.number };
    gather.add('decisive.status', line.int('sc-status')!, { ...place, field: 'sc-status' });
    gather.add('decisive.substatus', line.int('sc-substatus') ?? 0, { ...place, field: 'sc-substatus' });
    if (isFromServerItself(line)) gather.add('access.client', 'server-itself', { ...place, field: 'c-ip s-ip' });
    const code = line.int('sc-win32-status') ?? 0;
    if (code === 0) return;
    const raw = { ...place, field: 'sc-win32-status', raw: String(code) };
    gather.add('decisive.code', asHresult(code), raw);
    if (!gather.has('code.seen')) gather.add('code.seen', asHresult(code), raw);
  }

  /** The first line of the most frequent failure; where nothing failed, of the most frequent refusal that has a reason. */
  #decisive(): LogLine | undefined {
    const failed = mostFrequent(this.#failed)[0];
    if (failed) return failed[1].first;
    const refused = mostFrequent(this.#refused);
    const [told] = refused.filter(([, { first }]) => isTelling(first));
    return (told ?? (this.#lines === 1 ? refused[0] : undefined))?.[1].first;
  }
}

const tripleFields = 'sc-status sc-substatus sc-win32-status';

/** A request that a browser or a job on the web server made: both addresses are the same. */
function isFromServerItself(line: LogLine): boolean {
  const client = line.get('c-ip');
  return (
    client !== undefined &&
    (client === (line.get('s-ip') ?? line.get('x-s-ip')) || client === '127.0.0.1' || client === '::1')
  );
}

function combinationOf(line: LogLine, status: number): string {
  return `${status}.${line.get('sc-substatus') ?? '0'} ${line.int('sc-win32-status') ?? 0}`;
}

function rawTriple(line: LogLine): string {
  return `${line.get('sc-status')} ${line.get('sc-substatus') ?? '-'} ${line.get('sc-win32-status')}`;
}

/** A log is full of plain 404s and of first legs of logons: they are not reason to name a cause of. */
function isTelling(line: LogLine): boolean {
  return (line.int('sc-substatus') ?? 0) > 0 && line.int('sc-status') !== 401;
}

/** sc-win32-status holds a Windows error, or an HRESULT as an unsigned number. */
function asHresult(code: number): string {
  const value = code <= 0xffff ? 0x80070000 + code : code;
  return `0x${value.toString(16).padStart(8, '0')}`;
}

function count(counts: Counts, key: string, line: LogLine, more: { path?: string; combination?: string } = {}): void {
  const entry = counts.get(key);
  if (entry) entry.count++;
  else if (counts.size < mostValues) counts.set(key, { count: 1, first: line, ...more });
}

function mostFrequent(counts: Counts) {
  return [...counts].sort((a, b) => b[1].count - a[1].count);
}

type CountedName = 'access.status' | 'access.url' | 'access.reason' | 'access.queue' | 'access.noise';

/** Each value with the line where it first stood and how many lines have it; a URL with what its requests ended with. */
function observeTop(gather: ObservationCollector, name: CountedName, counts: Counts, field: string): void {
  for (const [key, { count: times, first, path, combination }] of mostFrequent(counts).slice(0, mostShown)) {
    const value = path ?? key;
    const raw = `${value} (${times} ${times === 1 ? 'line' : 'lines'})`;
    gather.add(name, value, {
      event: first.number,
      field: combination === undefined ? field : `${field}, ${combination}`,
      raw,
    });
  }
}
