import type { Reading } from '../evidence.js';
import { extensionOf, isStaticExtension } from '../freb/extension.js';
import { ObservationCollector } from '../gather.js';
import { plainPath } from '../windows-path.js';
import { observeConfigBeside } from './config-beside.js';
import { readConfigSource } from './config-source.js';
import { htmlLines } from './html-text.js';
import { readNodePage } from './iisnode.js';
import { findLockedSection } from './locked-section.js';
import { type PageHeading, pageHeading, retoldHeading } from './page-heading.js';
import { type PageRow, pageRows, type RowKind } from './page-rows.js';
import { observePublishBeside } from './publish-beside.js';
import { refusedPath } from './refused-path.js';

/** Notifications as the page prints them, and as FREB logs name the same stages. */
const notifications: Readonly<Record<string, string>> = {
  BeginRequest: 'BEGIN_REQUEST',
  AuthenticateRequest: 'AUTHENTICATE_REQUEST',
  AuthorizeRequest: 'AUTHORIZE_REQUEST',
  ResolveRequestCache: 'RESOLVE_REQUEST_CACHE',
  MapRequestHandler: 'MAP_REQUEST_HANDLER',
  AcquireRequestState: 'REQUEST_ACQUIRE_STATE',
  PreExecuteRequestHandler: 'PRE_EXECUTE_REQUEST_HANDLER',
  ExecuteRequestHandler: 'EXECUTE_REQUEST_HANDLER',
  ReleaseRequestState: 'RELEASE_REQUEST_STATE',
  UpdateRequestCache: 'UPDATE_REQUEST_CACHE',
  LogRequest: 'LOG_REQUEST',
  EndRequest: 'END_REQUEST',
  SendResponse: 'SEND_RESPONSE',
  MapPath: 'MAP_PATH',
};

/** Rows by what they say: by their label, else by their place around the code. */
type Rows = Partial<Record<RowKind, PageRow>>;

/**
 * Reads an error page of IIS, or of its ASP.NET Core Module: saved as HTML, copied as text, or a part of it. Labels are
 * translated, so the order of the rows decides: module, notification, handler, code; configuration; URL, path, user.
 */
export function readIisErrorPage(file: string, text: string): Reading | null {
  const rows = knownRows(pageRows(text));
  const heading = pageHeading(text) ?? (rows.code ? retoldHeading(text) : null);
  rows.code ??= heading ? codeBelow(text, heading) : undefined;
  const core = heading !== null && isOfCoreModule(heading);
  if (!(heading || rows.code) || !(core || isIisPage(heading, rows, text))) return null;
  const gather = new ObservationCollector();
  gather.add('page.software', core ? 'ancm' : 'iis', {
    field: heading ? 'heading' : rows.code!.label,
    raw: heading?.text ?? rows.code!.value,
  });
  observeStatus(gather, heading, rows);
  if (core) observeModuleError(gather, text);
  if (core) observePublishBeside(gather, text);
  observeRows(gather, rows);
  observeConfig(gather, rows, text);
  observeTarget(gather, rows);
  if (heading && !rows.url) observeNamedFile(gather, heading, text);
  observeConfigBeside(gather, text);
  const bad = heading?.status === 500 && heading.substatus === 21 ? badModule(text) : undefined;
  if (bad) gather.add('handler.bad-module', bad, { field: 'page' });
  if (rows.module?.value === 'iisnode') observeNodeError(gather, text);
  gather.add('iis.installed', true, { field: 'page' });
  return gather.toReading(file, 'error-page', core ? 'ancm-page' : 'iis-detailed-error');
}

/** A code as people write it behind its label, in a sentence or in the heading itself. */
const codeInWords = /\berror ?code\b[\s:=('"`]{1,6}(0x[0-9a-f]{8})\b/i;

/** Returns the code of a page that was copied without its labels: it stands alone in a line below the heading, or in words. */
function codeBelow(text: string, heading: PageHeading): PageRow | undefined {
  const written = /\b0x[0-9a-f]{8}\b/i.exec(heading.text)?.[0] ?? codeInWords.exec(text.slice(0, 24_000))?.[1];
  if (written) return { kind: 'code', label: 'Error Code', value: written };
  const page = htmlLines(text.slice(0, 24_000));
  const below = page.slice(Math.max(0, page.indexOf(heading.text.slice(0, 40))));
  const value = /^[ \t|]{0,8}(0x[0-9a-f]{8})[ \t|]{0,8}$/im.exec(below)?.[1];
  return value === undefined ? undefined : { kind: 'code', label: 'Error Code', value };
}

/** A heading alone may be quoted in a sentence; a page has rows, or its own sentences below the heading. */
function isIisPage(heading: PageHeading | null, rows: Rows, text: string): boolean {
  if (rows.code && (rows.module || rows['config-error'])) return true;
  if (heading === null) return false;
  if (rows.module || rows['config-error'] || rows['config-file']) return true;
  const lines = htmlLines(text.slice(0, 24_000)).split('\n');
  const at = lines.findIndex((line) => line.includes(heading.text.slice(0, 40)));
  const below = lines.slice(at + 1).filter((line) => line.trim() !== '');
  // A heading within a sentence is quoted; alone in its line, with sentences of the page below, it is a page.
  const isAlone = at >= 0 && lines[at]!.trim().length <= heading.text.length + 6 && below.length >= 2;
  return (
    below.length > 0 && /^[^?]{20,600}[.:。]?$/.test(below[0]!.trim()) && (isAlone || !/\?\s*$/.test(text.slice(-400)))
  );
}

/** 500.30 to 500.38 and 502.5 are the module's own; 500.0 is shared, and there its title names it. */
function isOfCoreModule({ status, substatus, text }: PageHeading): boolean {
  if (status === 500 && substatus >= 30 && substatus <= 38) return true;
  return /\bANCM\b|ASP\.NET Core/.test(text) || (status === 502 && substatus === 5 && /Process Failure/i.test(text));
}

function knownRows(all: readonly PageRow[]): Rows {
  const rows: Rows = {};
  for (const row of all) if (row.kind && !rows[row.kind] && row.value !== '') rows[row.kind] = row;
  const at = all.findIndex((row) => codeOf(row.value) !== undefined && !(row.kind && row.kind !== 'code'));
  if (at < 0) return rows;
  rows.code = all[at];
  const before = (n: number) => (all[at - n]?.value ? all[at - n] : undefined);
  rows.handler ??= before(1);
  rows.notification ??= before(2);
  rows.module ??= rows.notification && before(3);
  const behind = all.slice(at + 1, at + 12);
  rows['config-file'] ??= behind.find(({ value }) => /^(?:\\\\|[A-Z]:\\).{1,400}\.config$/i.test(value));
  rows.url ??= behind.find(({ value }) => /^https?:\/\//i.test(value));
  const configAt = behind.indexOf(rows['config-file'] as PageRow);
  if (configAt > 0) rows['config-error'] ??= behind[configAt - 1];
  const urlAt = behind.indexOf(rows.url as PageRow);
  if (urlAt >= 0) {
    rows.path ??= behind.slice(urlAt + 1, urlAt + 2).find(({ value }) => isPath(value));
    rows['logon-user'] ??= behind[urlAt + 3];
  }
  return rows;
}

const isPath = (value: string) => /^(?:[A-Z]:\\|\\\\)/i.test(value);

/** `0x8007000d`, in lower case; undefined for other text. */
function codeOf(value: string): string | undefined {
  return /^(0x[0-9a-f]{8})(?:\s.{0,60})?$/i.exec(value)?.[1]?.toLowerCase();
}

/** Only a page of 500.19 has a row for the configuration, so that row says the status where the heading was not copied. */
function observeStatus(gather: ObservationCollector, heading: PageHeading | null, rows: Rows): void {
  const config = rows['config-error'];
  const status = heading ?? (config && { status: 500, substatus: 19, text: config.value });
  if (!status) return;
  const place = { field: heading ? 'heading' : config!.label, raw: status.text };
  gather.add('final-status', status.status, place);
  gather.add('final-substatus', status.substatus, place);
  gather.add('decisive.status', status.status, place);
  gather.add('decisive.substatus', status.substatus, place);
}

/** Returns the sentence of the ASP.NET Core Module below its heading; the page is never translated. */
function observeModuleError(gather: ObservationCollector, text: string): void {
  const message = /Specific error detected by ANCM:?\s{0,10}\n?\s{0,20}(\S[^\n]{5,600})/i.exec(
    htmlLines(text.slice(0, 24_000)),
  );
  if (message) gather.add('ancm.failure', message[1]!.trim(), { field: 'Specific error' });
}

/** The page of 500.21 quotes the handler and the module that it names in vain, in this order in every language. */
function badModule(text: string): string | undefined {
  const sentence = /["“„«][^"”“»\n]{1,80}["”“»][^"“„«\n]{1,80}["“„«]([A-Za-z]\w{2,60})["”“»]/;
  return sentence.exec(htmlLines(text.slice(0, 24_000)))?.[1];
}

/** Observes what node wrote, copied below the page: iisnode's own code only says that the process ended. */
function observeNodeError(gather: ObservationCollector, text: string): void {
  const found = readNodePage(text);
  if (!found?.type) return;
  const place = { field: 'exception' };
  gather.add('exception.origin', 'iisnode', place);
  gather.add('exception.type', found.type, place);
  if (found.message) gather.add('exception.message', found.message, place);
  const refused = refusedPath(found.message);
  if (refused) gather.add('exception.refused-path', refused, place);
}

function observeRows(gather: ObservationCollector, { module, notification, handler, code }: Rows): void {
  if (module) gather.add('decisive.module', module.value, { field: 'Module' });
  const stage = notification && notifications[notification.value];
  if (stage) gather.add('decisive.notification', stage, { field: 'Notification', raw: notification.value });
  // "Not yet determined" is translated; the name of a handler has no blanks around its words.
  if (handler && /^[\w.,*-]{2,120}$/.test(handler.value))
    gather.add('handler.name', handler.value, { field: 'Handler' });
  const number = code && codeOf(code.value);
  if (number && !/^0x0+$/.test(number)) {
    gather.add('decisive.code', number, { field: 'Error Code' });
    gather.add('code.seen', number, { field: 'Error Code' });
  }
}

/** ERROR_LOCK_VIOLATION: a section that is locked above. */
const lockViolation = '0x80070021';

function observeConfig(gather: ObservationCollector, rows: Rows, text: string): void {
  const { 'config-error': error, 'config-file': file } = rows;
  if (error?.value.trim()) gather.add('decisive.config-message', error.value, { field: 'Config Error' });
  if (file && isPath(file.value))
    gather.add('decisive.config-file', plainPath(file.value), { field: 'Config File', raw: file.value });
  const source = error || file ? readConfigSource(htmlLines(text.slice(0, 60_000))) : null;
  if (source) gather.add('decisive.config-line', source.line, { field: 'Config Source' });
  if (source?.element) gather.add('decisive.config-element', source.element, { field: 'Config Source' });
  const section = error && sectionIn(error.value);
  if (section && !/^section(?:Group)?$/i.test(source?.element ?? ''))
    gather.add('decisive.config-section', section, { field: 'Config Error' });
  if (rows.code?.value.toLowerCase() === lockViolation) {
    const locked = findLockedSection(source?.element, text);
    if (locked) gather.add('page.locked-section', locked.name, { field: 'page' });
    if (locked) gather.add('page.locked-path', locked.path, { field: 'page' });
  }
  if (rows.code && !error?.value.trim() && !source)
    gather.add('page.config-pointer', 'no-config-line', { field: 'page' });
}

/** The section a message is about: the message quotes its whole path. Those of ASP.NET AJAX are only ever declared twice. */
function sectionIn(message: string): string | undefined {
  const path = /["'“‘«„](system\.[A-Za-z]{3,40}(?:\/[A-Za-z]{2,40}){1,4})["'”’»“]/.exec(message)?.[1];
  return path?.startsWith('system.web.extensions') ? undefined : path;
}

/** Names of frameworks and of files of IIS that look like the name of a requested file. */
const notRequested =
  /^(?:web|app|applicationhost|machine)\.config$|\.(?:exe|dll|net|io|com|org)$|^(?:node|vue|next|react|angular|express|three)\.js$/i;

/** Without its rows a page of 404.3 or 404.17 names no file; what people write above it does. */
function observeNamedFile(
  gather: ObservationCollector,
  { status, substatus, text: heading }: PageHeading,
  text: string,
): void {
  if (status !== 404 || (substatus !== 3 && substatus !== 17)) return;
  const above = text.slice(0, Math.max(0, text.indexOf(heading)));
  const named = [
    ...above.matchAll(/(?<![\w.@-])[\w-]{1,60}(?:\.[\w-]{1,40}){0,3}\.[a-z][a-z0-9]{1,9}(?![\w.@])/gi),
  ].map(([name]) => name);
  const name = named.findLast((one) => !notRequested.test(one));
  const extension = name && extensionOf(`/${name}`);
  if (!extension) return;
  gather.add('request.extension', extension, { field: 'text' });
  if (isStaticExtension(extension)) gather.add('request.static-extension', extension, { field: 'text' });
}

/** Requested URL without its query, physical path; the user behind them stays behind. */
function observeTarget(gather: ObservationCollector, rows: Rows): void {
  const [address, query] = rows.url?.value.split('?') ?? [];
  if (address && /^https?:\/\//i.test(address)) {
    gather.add('request.url', address, { field: 'Requested URL' });
    gather.countWithheld(query);
    const extension = extensionOf(address);
    if (extension) gather.add('request.extension', extension, { field: 'Requested URL' });
    if (extension && isStaticExtension(extension))
      gather.add('request.static-extension', extension, { field: 'Requested URL' });
  }
  const file = address === undefined && rows.path ? extensionOf(rows.path.value.replaceAll('\\', '/')) : undefined;
  if (file) gather.add('request.extension', file, { field: 'Physical Path' });
  if (file && isStaticExtension(file)) gather.add('request.static-extension', file, { field: 'Physical Path' });
  if (rows.path && isPath(rows.path.value))
    gather.add('file.requested', plainPath(rows.path.value), { field: 'Physical Path', raw: rows.path.value });
  const user = rows['logon-user']?.value;
  if (user && /\\|@/.test(user)) gather.countWithheld(user);
}
