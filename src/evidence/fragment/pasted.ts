import { readAccessLines } from '../access/access-log.js';
import { shortProvider } from '../events/windows-event.js';
import type { Observation, Reading } from '../evidence.js';
import { readFrebLog } from '../freb/reader.js';
import { ObservationCollector } from '../gather.js';
import { readCommandOutput, readCommandOutputs } from '../outputs/command-output.js';
import { readErrorPage } from '../pages/error-page.js';
import { readGpresultRow } from '../policy/gpresult-row.js';
import { textReaders } from '../readers.js';
import { ansibleRights } from '../rights/ansible-rows.js';
import { isImpersonateName } from '../rights/display-names.js';
import { impersonateRight, readRightsExport } from '../rights/export.js';
import { dscRows, rightRows } from '../rights/script-rows.js';
import { rootElementName } from '../sniff.js';
import { openSource } from '../source.js';
import { refuseUnread } from '../text-formats.js';
import { withTextLines } from '../text-lines.js';
import type { ObservationName } from '../vocabulary/index.js';
import { compactEvents, toTraceXml } from './compact.js';
import { splitAtDocuments, type TextPart, withLinesOfText } from './documents.js';
import { unmangle } from './unmangle.js';

/** As much as may be pasted, in characters. */
const longestPiece = 1024 * 1024;

/** Enough of a text to see what program wrote it, in characters. */
const headLength = 16 * 1024;

/** A longer file holds more than may be pasted, in bytes of UTF-8. */
export const longestPieceBytes = 3 * longestPiece;

/** The name of pasted text where a file would have its own. */
const pastedName = 'pasted text';

const documents =
  /<(?:\?xml|!doctype|failedRequest|Rsop|GPO|GPOS|Events|configuration|location|system\.(?:webServer|web)|html)\b/i;

/**
 * Reads pasted text: a whole document becomes its own kind, pieces become fragments that prove nothing by
 * themselves. One paste may hold several things. A chat sentence gives an empty list. Never throws.
 * @param text at most 1 MB; the caller checks that
 */
export function readPasted(text: string): Reading[] {
  const unread = refuseUnread(text.slice(0, headLength));
  if (unread)
    return [
      { file: 'The pasted text', kind: 'unknown', origin: null, damage: [], observations: [], withheld: 0, ...unread },
    ];
  return withNames(readPieces(text).map(withLines), pastedName);
}

/** A piece of a text, and the part of the text that it was found in. */
interface Piece {
  reading: Reading;
  part: TextPart;
}

function readPieces(text: string): Piece[] {
  return splitAtDocuments(unmangle(text)).flatMap((part) =>
    readPart(part.text)
      .flatMap(({ further = [], ...reading }): Reading[] => [reading, ...further])
      .map((reading) => ({ reading, part })),
  );
}

/** Returns the reading of a piece with the lines of its part that tell of a failure, numbered as in the whole text. */
function withLines({ reading, part }: Piece): Reading {
  return withLinesOfText(withTextLines(reading, part.text), part.linesAbove);
}

/** Names the pieces of one text: the first by its own name, the others with their numbers behind it. */
function withNames(readings: Reading[], name: string): Reading[] {
  return readings.map(({ continues: _, ...reading }, i) =>
    i === 0 ? { ...reading, file: name } : { ...reading, file: `${name} (${i + 1})`, continues: true },
  );
}

/** Reads a document, or words with pieces in them. */
function readPart(clean: string): Reading[] {
  const whole = readDocument(clean);
  if (whole?.kind === 'server-config') return [whole, ...readWords(besideDocument(clean))];
  return whole ? [whole] : readWords(clean);
}

/** Reads words with pieces of evidence in them. */
function readWords(clean: string): Reading[] {
  if (clean.trim() === '') return [];
  const outputs = readCommandOutputs(pastedName, clean);
  const found: Reading[] = [];
  for (const reader of [...textReaders, readRightLines, readListTask, readGpresultRow, readPrivilegeRow, readEvents]) {
    const reading = reader === readCommandOutput ? outputs[0] : reader(pastedName, clean);
    if (reading && !found.some((r) => r.form === reading.form)) found.push(reading);
  }
  for (const output of outputs) if (!found.some((r) => r.form === output.form)) found.push(output);
  if (!found.some((r) => r.kind === 'access-log')) {
    const lines = readAccessLines(pastedName, clean);
    if (lines) found.push(lines);
  }
  return dropDoubles(found);
}

/**
 * Reads a file that holds only pieces: one line of a log, some events without their root.
 * Long texts are no pieces; neither is a text about something else that happens to quote one.
 */
export function readPieceFile(file: string, text: string): Reading | null {
  if (text.length > longestPiece || declaresType(text)) return null;
  const readings = readPasted(text);
  const found =
    readings.find((r) => r.kind === 'fragment' || r.form === 'dsc-resource') ??
    readings.find((r) => isConfigBelowWords(r, text)) ??
    // A log beside something else that is evidence was put there, and heads of logs were picked; else it is quoted.
    readings.find((r) => r.kind === 'freb-log' && (readings.length > 1 || holdsHeads(r)));
  if (!found) return null;
  return readings.length > 1 && !text.includes('\0') ? joinReadings(readings, file) : { ...found, file };
}

/**
 * Reads a file as what it is, and where people put several things into one text, all of them, as in a paste.
 * @param first what the file is as a whole
 */
export function readTogether(first: Reading, text: string): Reading {
  const pieces = text.length > longestPiece || text.includes('\0') || declaresType(text) ? [] : readPieces(text);
  return pieces.length < 2 ? withTextLines(first, text) : joinReadings(pieces.map(withLines), first.file);
}

function joinReadings(all: Reading[], file: string): Reading {
  const [reading, ...further] = withNames(all, file);
  return { ...reading!, further };
}

/** A sentence or two are above a configuration that people post; a longer text about it quotes one. In characters. */
const longestWords = 4000;

function isConfigBelowWords({ kind }: Reading, text: string): boolean {
  const at = text.search(documents);
  return kind === 'server-config' && at >= 0 && at <= longestWords && !/<html[\s>]/i.test(text);
}

/** True for XML with a document type declaration, which may define entities: no piece of a log has one. */
function declaresType(text: string): boolean {
  const head = text.slice(0, 16_384);
  return rootElementName(head) === '!doctype' && !/<!doctype\s{1,10}html/i.test(head);
}

function holdsHeads({ observations }: Reading): boolean {
  return observations.some(({ name }) => name === 'trace.heads');
}

/** What is above and below a document: people paste a web.config and a list of modules together. */
function besideDocument(text: string): string {
  const from = Math.max(0, text.search(documents));
  const root = rootElementName(text.slice(from, from + 16_384));
  const close = `</${root}>`;
  const end = text.lastIndexOf(close);
  const to = root === null || end < from ? text.lastIndexOf('>') + 1 : end + close.length;
  return `${text.slice(0, from)}${'\n'.repeat(text.slice(from, to).split('\n').length)}${text.slice(to)}`;
}

/** An XML or HTML document, with whatever was typed above it left out. */
function readDocument(text: string): Reading | null {
  const at = text.search(documents);
  if (at < 0) return null;
  // An error page may quote a document, as ASP.NET's does to show a setting.
  const page = at > 0 ? readErrorPage(pastedName, text) : null;
  if (page) return page;
  const document = text.slice(at);
  if (rootElementName(document.slice(0, 16_384)) === 'failedRequest') {
    const log = readFrebLog(pastedName, openSource(Buffer.from(document, 'utf8')), { timeline: true });
    // Every paste is another form than the file; that says nothing about the file.
    return log && { ...log, damage: log.damage.filter((one) => one !== 're-encoded') };
  }
  for (const reader of textReaders) {
    const reading = reader(pastedName, document);
    if (reading) return reading;
  }
  return null;
}

/** Single `SeXyz = …` lines out of an export, also with a file name in front as Select-String prints them. */
function readRightLines(file: string, text: string): Reading | null {
  if (/^[ \t]*\[Privilege Rights\]/im.test(text) || readListTask(file, text)) return null;
  const lines = rightRows(text);
  if (lines.length === 0) return null;
  const reading = readRightsExport(file, `[Privilege Rights]\n${lines.join('\n')}\n`);
  if (!reading) return null;
  const defined = reading.observations.some((o) => o.name === 'right.defined' && o.value === true);
  // A few lines of an export say nothing about the lines that were not copied.
  const unsaid: ObservationName[] = [
    'right.defined',
    'right.nobody',
    'right.holders',
    'right.holds-iis-iusrs',
    'right.holds-service',
  ];
  const observations = reading.observations
    .filter((o) => defined || !unsaid.includes(o.name))
    .filter((o) => !(o.name === 'iis.installed' && o.value === false))
    .map(({ event: _, ...o }) => o);
  const host = hostBeside(text);
  const named = new ObservationCollector();
  if (host !== undefined) named.add('computer.name', host);
  const all = [...observations, ...named.reading(file, 'fragment', 'right-line').observations];
  return { ...reading, kind: 'fragment', form: 'right-line', origin: 'unknown', damage: [], observations: all };
}

/** A computer that is named before or behind a line which was copied alone: `WEB02: SeXyz = …`. */
function hostBeside(text: string): string | undefined {
  if (text.length > longestRow) return undefined;
  const words = text.replace(/\bSe\w+\s{0,20}=/g, ' ').replace(/\*?S-1-[\d-]+/g, ' ');
  return /(?<![\w\\.-])(?!(?:CIS|KB|IIS)\d)[A-Z][A-Z-]{1,11}\d{1,4}[A-Z]?(?![\w\\.-])/.exec(words)?.[0];
}

/** A task of Ansible, or a resource of DSC, that replaces the list of a right. */
function readListTask(file: string, text: string): Reading | null {
  const tasks = ansibleRights(text).map(({ right, holders, line }) => ({ right, list: holders.join(','), line }));
  const rows = tasks.length > 0 ? tasks : dscRows(text).filter(({ forced }) => forced);
  const own = rows.find(({ right }) => right === impersonateRight);
  if (!own) return null;
  const lines = rows.map(({ right, list }) => `${right} = ${list}`);
  const reading = readRightsExport(file, `[Privilege Rights]\n${lines.join('\n')}\n`, own.line);
  if (!reading) return null;
  const observations = reading.observations.map(({ event: _, ...o }) => o);
  return {
    ...reading,
    form: tasks.length > 0 ? 'ansible-task' : 'dsc-resource',
    origin: 'unknown',
    damage: [],
    observations,
  };
}

/** A row of whoami has a constant, a name and a state. In characters. */
const longestRow = 400;

/** One row of `whoami /priv` without its table: the right is held, whatever the state says. */
function readPrivilegeRow(file: string, text: string): Reading | null {
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const found = line.length > longestRow ? null : /^"?SeImpersonatePrivilege"?([\s,|]+)(\S.*)$/.exec(line);
    if (!found || found[2]!.startsWith('=')) continue;
    const rest = found[2]!.replaceAll('"', '');
    const cells = rest.split(/ *[\t,|]\s*| {2,}/);
    const words = rest
      .split(/[\s,|]+/)
      .slice(0, -1)
      .join(' ');
    if (!(isImpersonateName(cells[0]!) || isImpersonateName(words) || (found[1] !== ' ' && cells.length === 2)))
      continue;
    const gather = new ObservationCollector();
    gather.add('token.has-right', true, { field: impersonateRight, raw: line.trim() });
    gather.add('token.whose', 'unknown');
    return gather.reading(file, 'fragment', 'whoami-row');
  }
  return null;
}

/** Events without their document: elements of a FREB log, or lines of freb.xsl's views. */
function readEvents(file: string, text: string): Reading | null {
  const at = text.search(/<Event[\s>]/);
  if (at >= 0) {
    const events = text.slice(at);
    const end = events.lastIndexOf('</Event>');
    const inner = end < 0 ? events : events.slice(0, end + 8);
    return asFragment(file, `<failedRequest>${inner}</failedRequest>`, 'freb-events');
  }
  const compact = compactEvents(text);
  if (compact.length === 0) return null;
  const reading = asFragment(
    file,
    toTraceXml(compact),
    'freb-compact',
    compact.map((e) => e.number),
  );
  const unnamed = compact.every((e) => e.unnamed);
  return reading && { ...reading, observations: reading.observations.map((o) => asWritten(o, text, unnamed)) };
}

/** The views write codes and stages in another way than the log: a proof shows what this text holds. */
function asWritten(observation: Observation, text: string, unnamed: boolean): Observation {
  const { eventName: _name, ...nameless } = observation;
  const shown = unnamed ? nameless : observation;
  if (shown.raw === undefined || text.includes(shown.raw)) return shown;
  const { raw: _raw, ...rest } = shown;
  return rest;
}

/** Facts that only a whole log can give. */
const ofWholeLogs: readonly ObservationName[] = [
  'request.time-taken',
  'trace.starts-in-the-middle',
  'trace.ends',
  'failure-reason',
  'auth.token-user',
];

/** Lets the reader of FREB logs decide what the events mean, then says that they are a piece. */
function asFragment(file: string, trace: string, form: string, numbers?: number[]): Reading | null {
  const reading = readFrebLog(file, openSource(Buffer.from(trace, 'utf8')), {});
  if (!reading) return null;
  const compact = numbers !== undefined;
  const observations = reading.observations
    .filter((o) => !ofWholeLogs.includes(o.name) && !(compact && o.name === 'request.time'))
    .map((o) => (numbers && o.event !== undefined ? { ...o, event: numbers[o.event - 1] ?? o.event } : o));
  if (!observations.some((o) => o.event !== undefined)) return null;
  return { ...reading, kind: 'fragment', form, damage: [], observations };
}

/** Kinds whose readers read the exception that their text holds. */
const tellsFailure: ReadonlySet<Reading['kind']> = new Set(['error-page', 'event-export', 'application-log']);

/** Two readers of the same rows give one reading: a table of whoami is more than one of its rows. */
function dropDoubles(found: Reading[]): Reading[] {
  const tables = found.some((r) => r.kind === 'token-listing');
  const windows = found.some((r) => r.kind === 'event-export');
  return found.filter(
    (r) =>
      !(r.form === 'whoami-row' && tables) &&
      !(r.form === 'freb-events' && windows) &&
      !(
        r.form === 'stack-trace' &&
        found.some((other) => other !== r && other.form !== 'error-message' && tellsFailure.has(other.kind))
      ) &&
      !(r.form === 'error-message' && found.length > 1) &&
      !(
        r.form === 'aspnetcore-stdout' && found.some((other) => other.kind === 'event-export' && quotesStdout(other))
      ) &&
      !(r.form === 'windows-event-message' && found.some((other) => other !== r && tellsSameEvents(other, r))),
  );
}

/** The events of the ASP.NET Core Module hold what the application wrote to stdout before it ended. */
function quotesStdout({ observations }: Reading): boolean {
  return observations.some(({ name, value }) => name === 'event.provider' && /AspNetCore Module/i.test(String(value)));
}

/** True when the events of a text are in the other reading with their heads: same providers, or the same without a version. */
function tellsSameEvents(whole: Reading, text: Reading): boolean {
  if (whole.kind !== 'event-export' || whole.form === text.form) return false;
  const providers = (reading: Reading) =>
    reading.observations.filter((o) => o.name === 'event.provider').map((o) => shortProvider(String(o.value)));
  const known = providers(whole);
  return providers(text).every((one) => known.some((other) => other.startsWith(one)));
}
