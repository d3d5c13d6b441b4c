import { boundedField } from '../bounded.js';
import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { Columns, guessFields, isImpersonationCode, LogLine, requestPath } from './columns.js';
import { Outcomes } from './outcomes.js';

/** True for a log that http.sys or IIS wrote: the column names stand in a `#Fields:` line, often repeated. */
function looksLikeAccessLog(text: string): boolean {
  const head = text.slice(0, 20_000);
  return /^#Fields:[ \t]+\S+[ \t]+\S/m.test(head) && /\b(sc-status|s-reason|cs-uri-stem|cs-method)\b/.test(head);
}

/**
 * Reads a W3C access log or an httperr log. Servers differ in the columns they write, so names come from `#Fields:`,
 * which may change in the middle of a file. People, addresses and queries are counted, not kept.
 */
export function readAccessLog(file: string, text: string): Reading | null {
  if (!looksLikeAccessLog(text)) return null;
  const tally = new Tally();
  let columns = new Columns([]);
  let number = 0;
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const line = boundedField(text.slice(at, end)).trim();
    at = end + 1;
    number++;
    if (line.startsWith('#Fields:')) columns = new Columns(line.slice(8).trim().toLowerCase().split(/\s+/));
    else if (line !== '' && !line.startsWith('#') && columns.count > 0)
      tally.add(new LogLine(columns, line.split(' '), number));
  }
  const httperr = columns.place('s-reason') >= 0;
  const gather = new ObservationCollector();
  tally.observe(gather);
  return gather.reading(file, 'access-log', httperr ? 'httperr' : 'w3c');
}

/** Reads W3C lines that were copied without their `#Fields:` line. Null when no line is one. */
export function readAccessLines(file: string, text: string): Reading | null {
  const gather = new ObservationCollector();
  const tally = new Tally();
  const found: LogLine[] = [];
  let number = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    number++;
    const values = raw.trim().split(/ +/);
    const fields = guessFields(values);
    if (!fields) continue;
    const line = new LogLine(new Columns(fields), values, number);
    found.push(line);
    tally.add(line);
  }
  if (found.length === 0) return null;
  tally.observe(gather);
  if (found.length === 1) observeOne(gather, found[0]!);
  return gather.reading(file, 'fragment', 'w3c-line');
}

/** One line alone stands for its request. */
function observeOne(gather: ObservationCollector, line: LogLine): void {
  const place = { event: line.number };
  const verb = line.get('cs-method');
  const path = requestPath(line);
  const time = line.time();
  if (verb) gather.add('request.verb', verb, { ...place, field: 'cs-method' });
  if (path) gather.add('request.url', path, { ...place, field: 'cs-uri-stem' });
  if (time) gather.add('request.time', time, { ...place, field: 'date time' });
  gather.add('final-status', line.int('sc-status')!, { ...place, field: 'sc-status' });
  gather.add('final-substatus', line.int('sc-substatus') ?? 0, { ...place, field: 'sc-substatus' });
}

/** Counts while the lines go by; keeps no line. */
class Tally {
  #lines = 0;
  #failures = 0;
  #impersonation: { count: number; first?: LogLine } = { count: 0 };
  #status = new Map<string, { count: number; first: number }>();
  #urls = new Map<string, { count: number; first: number }>();
  #reasons = new Map<string, { count: number; first: number }>();
  #queues = new Map<string, { count: number; first: number }>();
  #firstTime?: string;
  #lastTime?: string;
  #computer?: string;
  #withheld = 0;
  readonly #outcomes = new Outcomes();

  add(line: LogLine): void {
    this.#lines++;
    this.#withheld += line.withheld();
    this.#computer ??= line.get('s-computername');
    this.#outcomes.add(line);
    const status = line.int('sc-status');
    const reason = line.get('s-reason');
    if (reason) count(this.#reasons, reason, line.number);
    const queue = reason && line.get('s-queuename');
    if (queue) count(this.#queues, queue, line.number);
    if (status === undefined || status < 500) return;
    this.#failures++;
    const code = line.int('sc-win32-status');
    const combination = `${status}.${line.get('sc-substatus') ?? '0'} ${code ?? 0}`;
    count(this.#status, reason ? String(status) : combination, line.number);
    const path = requestPath(line);
    if (path) count(this.#urls, path, line.number);
    const time = line.time();
    this.#firstTime ??= time;
    this.#lastTime = time ?? this.#lastTime;
    if (isImpersonationCode(code)) {
      this.#impersonation.count++;
      this.#impersonation.first ??= line;
    }
  }

  observe(gather: ObservationCollector): void {
    gather.withheld += this.#withheld;
    gather.add('access.lines', this.#lines);
    gather.add('access.failures', this.#failures);
    const first = this.#impersonation.first;
    if (first) {
      const raw = `${first.get('sc-status')} ${first.get('sc-substatus') ?? '-'} ${first.get('sc-win32-status')}`;
      const place = { event: first.number, field: 'sc-status sc-substatus sc-win32-status', raw };
      gather.add('access.impersonation-failures', this.#impersonation.count, place);
      gather.add('code.seen', '0x80070542', { ...place, field: 'sc-win32-status', raw: first.get('sc-win32-status') });
    }
    top(gather, 'access.status', this.#status, 'sc-status sc-substatus sc-win32-status');
    top(gather, 'access.url', this.#urls, 'cs-uri-stem');
    top(gather, 'access.reason', this.#reasons, 's-reason');
    top(gather, 'access.queue', this.#queues, 's-queuename');
    if (this.#firstTime) gather.add('access.time', this.#firstTime);
    if (this.#lastTime) gather.add('access.last-time', this.#lastTime);
    if (this.#computer) gather.add('computer.name', this.#computer, { field: 's-computername' });
    this.#outcomes.observe(gather);
  }
}

type Counts = Map<string, { count: number; first: number }>;

/** Enough different values for any real log; a scanner's thousands of URLs are not remembered one by one. */
const limit = 2000;

function count(counts: Counts, key: string, line: number): void {
  const entry = counts.get(key);
  if (entry) entry.count++;
  else if (counts.size < limit) counts.set(key, { count: 1, first: line });
}

type CountedName = 'access.status' | 'access.url' | 'access.reason' | 'access.queue';

function top(gather: ObservationCollector, name: CountedName, counts: Counts, field: string): void {
  const sorted = [...counts].sort((a, b) => b[1].count - a[1].count).slice(0, 5);
  for (const [value, { count: times, first }] of sorted)
    gather.add(name, value, { event: first, field, raw: `${value} (${times} ${times === 1 ? 'line' : 'lines'})` });
}
