import { matchNear } from '../bounded.js';
import { htmlText } from './body.js';
import { hresult } from './codes.js';

/** An exception as an error page or an error stream tells it. Raw: scrubbed on the way into observations. */
export interface FoundException {
  origin: 'aspnet' | 'asp' | 'php' | 'iisnode' | 'aspnetcore' | 'iis';
  type?: string;
  message?: string;
  file?: string;
  line?: number;
  /** Error codes that the text itself names, as HRESULTs. */
  codes?: string[];
  /** The page says that something failed, but not what. */
  hidden?: boolean;
}

/**
 * Readers of error pages. Pages come in the language of the server or the framework, so structure decides: brackets,
 * tags, code numbers, `file:line`. Words are used only where the software has no translation (PHP, node, .NET type names).
 */

const codeInText = /(?<![0-9a-fA-Fx])0x[0-9a-fA-F]{8}\b/g;

/** English text of ERROR_BAD_IMPERSONATION_LEVEL, which .NET often shows without a number. */
const impersonationText = /a required impersonation level was not provided/i;

/** Error codes that an exception's own text names. */
function codesIn(text: string): string[] {
  const codes = new Set<string>();
  for (const [code] of text.matchAll(codeInText)) {
    const known = hresult(code);
    if (known) codes.add(known);
  }
  if (impersonationText.test(text)) codes.add('0x80070542');
  return [...codes];
}

function withCodes(found: FoundException, text: string): FoundException {
  const codes = codesIn(text);
  return codes.length > 0 ? { ...found, codes } : found;
}

const sourceFile =
  /^<\/b>\s{0,20}((?:[A-Za-z]:|\\\\)[^<\n]{1,400}?|\/[^<\n]{1,400}?)(?:\s|&nbsp;){0,20}<b>[^<]{0,60}<\/b>\s{0,20}(\d{1,7})/;
const sourceFileStart = /<\/b>\s{0,20}(?:[A-Za-z]:|\\\\|\/)/g;
const frame = /^((?:[A-Za-z]:\\|\\\\)[^\n:*?"<>|]{1,300}):(?:[^\s\d]{1,20} )?(\d{1,7})/;
const pathStart = /(?<![A-Za-z0-9\\])(?:[A-Za-z]:\\|\\\\)/g;
const typeAndMessage = /^<\/b>\s{0,20}((?:[A-Za-z_]\w{0,200}\.){1,20}[A-Za-z_]\w{0,200}): ([\s\S]{1,4000}?)<br/;
const typeStart = /<\/b>\s{0,20}[A-Za-z_]\w{0,200}\./g;
const compilerMessage = /^<\/b>\s{0,20}((?:CS|BC|VBNC|JS|FS|ASPNET)\w{0,6}): ([\s\S]{1,2000}?)<br/;
const compilerStart = /<\/b>\s{0,20}(?:CS|BC|VBNC|JS|FS|ASPNET)\w{0,6}: /g;
const labelled = /<b>[^<]{1,60}<\/b>\s{0,200}([^<\s][^<]{2,2000})<br/g;

/**
 * One exception of the chain in the comment at the end: `[Type]: message`, then its frames. Innermost first.
 * A message counts only when something follows it: at the end of a cut page it may be half of one.
 */
const commentEntry =
  /(?:^|\n)\[([A-Za-z_][\w.`+]{0,200})\]: ([\s\S]{0,2000}?)(?=\n\s{1,9}\S{1,12} [\w.<>`+$|]{1,300}\(|\n\[[A-Za-z_][\w.`+]{0,200}\]:|\n?-->)/g;
const stackEntry = /^\n\[([A-Za-z_][\w.`+]{0,200})(?: \((0x[0-9a-fA-F]{8})\))?: ([\s\S]{0,1500}?)\]\s{0,4}(?:\n|$)/;
const stackStart = /\n\[[A-Za-z_][\w.`+]{0,200}(?: \(0x[0-9a-fA-F]{8}\))?: /g;
/** More exceptions are never nested in each other. */
const longestChain = 12;

/** The rule that ASP.NET draws under its heading: written the same way in every language. */
const rule = /<hr width=100% size=1 color=silver>/gi;

/** Where ASP.NET's error page begins: the title shortly before a heading with that rule in it. -1 when there is none. */
function aspNetPageAt(body: string): number {
  for (const found of [...body.matchAll(rule)].slice(0, 20)) {
    const from = Math.max(0, found.index - 7000);
    const before = body.slice(from, found.index);
    const title = before.search(/<title>/i);
    if (title >= 0 && /<H1>[^<]*$/i.test(before)) return from + title;
  }
  return -1;
}

/** ASP.NET's error page, whatever its language, cut or whole. */
export function readAspNetPage(body: string): FoundException | null {
  const at = aspNetPageAt(body);
  if (at < 0) return bareComment(body);
  const page = body.slice(at);
  const title = htmlText(inside(page, 'title', 2000) ?? '');
  const comment = /<!--\s*\n?(\[[\s\S]*?(?:-->|$))/.exec(page)?.[1] ?? '';
  const chain: { type: string; message: string }[] = [];
  for (const m of comment.matchAll(commentEntry)) {
    chain.push({ type: m[1]!, message: htmlText(m[2]!) });
    if (chain.length >= longestChain) break;
  }
  const stack = matchNear(page, stackStart, stackEntry, 2000);
  const source = matchNear(page, sourceFileStart, sourceFile, 1000);
  const compiler = matchNear(page, compilerStart, compilerMessage, 2100);
  const typed = matchNear(page, typeStart, typeAndMessage, 5000);
  const first = chain.find((e) => e.message !== '') ?? chain[0];

  const found: FoundException = { origin: 'aspnet' };
  if (compiler) {
    found.type = first?.type ?? 'HttpCompileException';
    found.message = `${compiler[1]}: ${htmlText(compiler[2]!)}`;
  } else if (first || typed || stack) {
    found.type = typed ? typed[1]! : (first?.type ?? stack![1]!);
    // The heading shows the outermost message of some pages; the first of the chain is where it began.
    if (first && typed && !typed[1]!.endsWith(`.${first.type}`)) found.type = first.type;
    found.message = first?.message || (typed ? htmlText(typed[2]!) : htmlText(stack?.[3] ?? title));
  } else {
    const text = [...page.matchAll(labelled)].map((m) => htmlText(m[1]!));
    const hidden = /&lt;customErrors\b|<customErrors\b/i.test(page);
    if (hidden) return { origin: 'aspnet', hidden: true };
    found.message = title;
    if (source && text[1]) found.message = text[1];
    if (title === '') return null;
  }
  const place = source ?? frameIn(comment) ?? frameIn(stack ? page.slice(stack.index) : '');
  if (place && Number(place[2]) > 0) {
    found.file = htmlText(place[1]!);
    found.line = Number(place[2]);
  }
  const said = `${comment || stack?.[0] || ''} ${stack?.[2] ?? ''} ${found.message ?? ''}`;
  return withCodes(found, said);
}

/** The comment alone: the head of the page was cut off, or went out in another buffer. */
function bareComment(body: string): FoundException | null {
  const comment = /<!--\s*\n(\[[A-Za-z_][\w.`+]*\]: [\s\S]*?(?:-->|$))/.exec(body)?.[1];
  if (!comment) return null;
  const first = comment.matchAll(commentEntry).next().value;
  if (!first) return null;
  const found: FoundException = { origin: 'aspnet', type: first[1]!, message: htmlText(first[2]!) };
  const place = frameIn(comment);
  if (place && Number(place[2]) > 0) {
    found.file = place[1]!;
    found.line = Number(place[2]);
  }
  return withCodes(found, comment);
}

/** The code of a script error: rare in any text, so everything else is looked for around it. */
const scriptCode = /'(?:[0-9a-fA-F]{8}|ASP \d{4})'/g;
const scriptPage =
  /<font[^<>]{0,200}>\s{0,20}(?:<p>)?\s{0,20}([^<]{2,120}?)\s{0,20}<\/font>\s{0,20}<font[^<>]{0,200}>\s{0,20}\S{1,20}\s{0,20}'([0-9a-fA-F]{8}|ASP \d{4})'\s{0,20}<\/font>\s{0,20}<p>\s{0,20}<font[^<>]{0,200}>([\s\S]{1,2000}?)<\/font>(?:[\s\S]{0,200}?<font[^<>]{0,200}>\s{0,20}(\/[^<]{1,300})<\/font>(?:\s{0,20}<font[^<>]{0,200}>\s{0,20},\s{0,20}\S{1,20}\s{1,20}(\d{1,7}))?)?/i;
const scriptEngine = /(?:^|\n|>)\s{0,20}([^<>\n]{2,80}?) \S{1,12} $/;
const scriptMessage = /^\s{0,20}(?:<[^<>]{0,100}>\s{0,20}){0,8}([^<\n]{2,500})/;
const scriptPlace = /^(?:<[^<>]{0,100}>|\s){0,40}(\/[^\s<,]{1,300}),? \S{1,12} (\d{1,7})/;
const scriptPlaceInLine = /(\/[^\s<,]{1,300}),? \S{1,12} (\d{1,7})/;

/** Script error of classic ASP: engine, code in quotes, message, page, line, each in its own font tag. */
export function readAspPage(body: string): FoundException | null {
  const codes = [...body.matchAll(scriptCode)].slice(0, 20);
  for (const { index } of codes) {
    const page = scriptPage.exec(body.slice(Math.max(0, index - 600), index + 3500));
    if (page) return scriptError(page[1]!, page[2]!, page[3]!, page[4] && htmlText(page[4]), page[5]);
  }
  for (const { 0: quoted, index } of codes) {
    const engine = scriptEngine.exec(body.slice(Math.max(0, index - 130), index));
    const behind = body.slice(index + quoted.length, index + 3000);
    const message = engine && scriptMessage.exec(behind);
    if (!message) continue;
    const place = scriptPlace.exec(behind.slice(message[0].length));
    if (place) return scriptError(engine[1]!, quoted.slice(1, -1), message[1]!, place[1], place[2]);
    // Message and page may share a line.
    const inLine = scriptPlaceInLine.exec(message[1]!);
    if (inLine && inLine.index >= 2)
      return scriptError(engine[1]!, quoted.slice(1, -1), message[1]!.slice(0, inLine.index), inLine[1], inLine[2]);
  }
  return null;
}

function scriptError(engine: string, number: string, message: string, file?: string, line?: string): FoundException {
  const found: FoundException = {
    origin: 'asp',
    type: `${htmlText(engine)} '${number}'`,
    message: htmlText(message),
  };
  if (file) found.file = file;
  if (line) found.line = Number(line);
  const code = hresult(`0x${number}`);
  return code ? { ...found, codes: [code] } : found;
}

/** A script that catches its own error and prints `Error: Division by zero`; nothing but that line is taken. */
export function readAspOwnMessage(body: string): FoundException | null {
  const said = /(?:^|[\n>])\s{0,40}(?:Error|Err\.Description)\s{0,10}:\s{0,10}([^<>\n]{3,300})/i.exec(body);
  return said ? { origin: 'asp', message: htmlText(said[1]!) } : null;
}

const phpKinds =
  '(Fatal error|Parse error|Recoverable fatal error|Catchable fatal error|Compile error|Core error|Warning|Startup error):';
const phpStart = new RegExp(phpKinds, 'g');
const phpMessage = new RegExp(
  `^${phpKinds}\\s{1,10}([\\s\\S]{1,2000}?) in ((?:[A-Za-z]:|\\\\\\\\|/)[^\\n]{1,400}?)(?: on line |:)(\\d{1,7})`,
);

/** PHP's messages, plain or as HTML; the language is always English. */
export function readPhpText(body: string): FoundException | null {
  if (!/error|warning/i.test(body)) return null;
  const text = body.includes('<b>') ? body.replace(/<\/?b>|<br ?\/?>/g, '') : body;
  const match = matchNear(text, phpStart, phpMessage, 2600, 40);
  if (!match) {
    const cut = /PHP (Fatal error|Parse error|Warning):\s{1,10}([^\n]{2,1000})/.exec(text);
    return cut ? { origin: 'php', type: cut[1]!, message: htmlText(cut[2]!) } : null;
  }
  const uncaught = /^Uncaught (?:exception ')?([A-Za-z_\\][\w\\]*)'?(?: with message '|: )([\s\S]*?)'?$/.exec(
    match[2]!,
  );
  return {
    origin: 'php',
    type: uncaught ? uncaught[1]! : match[1]!,
    message: htmlText(uncaught ? uncaught[2]! : match[2]!),
    file: match[3]!,
    line: Number(match[4]),
  };
}

const scriptFrame = /^((?:[A-Za-z]:\\|\\\\)[^\n:*?"<>|]{1,300}\.[cm]?[jt]sx?):(\d{1,7})/;

/** iisnode's page: its own HRESULT and substatus, then what node wrote to stderr. */
export function readNodePage(body: string): FoundException | null {
  if (!/iisnode/i.test(body)) return null;
  const text = body
    .replace(/<br ?\/?>|<\/?(?:p|pre|div|li|h\d)[^<>]*>/gi, '\n')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'");
  const result = /HRESULT:\s{0,20}(0x[0-9a-fA-F]{1,8})/.exec(text);
  const error = /^[ \t]{0,40}(?:Uncaught )?([A-Z]\w{0,200}(?:Error|Exception))(?: \[[\w-]+\])?: ([^\n]{1,1000})/m.exec(
    text,
  );
  const place = matchNear(text, pathStart, scriptFrame, 320);
  if (!result && !error) return null;
  const found: FoundException = { origin: 'iisnode' };
  if (error) {
    found.type = error[1]!;
    found.message = htmlText(error[2]!);
  } else {
    const reason = /HTTP reason:\s{0,20}([^\n<]{2,200})/.exec(text)?.[1];
    if (reason) found.message = htmlText(reason);
  }
  if (place) {
    found.file = place[1]!;
    found.line = Number(place[2]);
  }
  const code = hresult(result?.[1]);
  return code ? { ...found, codes: [code] } : result ? { ...found, codes: [] } : found;
}

const bareException =
  /(?:^|[\n>]|---> )\s{0,40}((?:[A-Za-z_]\w{0,200}\.){1,20}[A-Za-z_]\w{0,200}(?:Exception|Error|Fault))(?: \((0x[0-9a-fA-F]{8}|\d{1,5})\))?: ([^\n<]{1,2000})/;

const titleErrorStart = /<div class="titleerror">/g;
const titleError = /^<div class="titleerror">\s{0,20}([A-Za-z_][\w.`+]{0,300}): ([\s\S]{1,2000}?)<\/div>/;

/** ASP.NET Core's developer page, or a .NET exception written into the body as text. */
export function readCorePage(body: string): FoundException | null {
  if (!/Exception|Error: |titleerror/.test(body)) return null;
  const page = matchNear(body, titleErrorStart, titleError, 2400);
  const bare = bareException.exec(body);
  const type = page?.[1] ?? bare?.[1];
  if (!type) return null;
  const message = htmlText(page?.[2] ?? bare![3]!);
  const found: FoundException = {
    origin: 'aspnetcore',
    type: bare && bare[1]!.endsWith(type) ? bare[1]! : type,
    message,
  };
  const place = frameIn(htmlLines(body.slice(bare?.index ?? 0)));
  if (place) {
    found.file = place[1]!;
    found.line = Number(place[2]);
  }
  // .NET writes an error number of Windows in brackets: `Win32Exception (1346)`.
  return withCodes(found, `${message} ${hresult(bare?.[2]) ?? ''}`);
}

function htmlLines(html: string): string {
  return html
    .replace(/<[^<>]*>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

const numbered = /\b\d{3}\.\d{1,4}\b/;

/** The detailed error page of IIS itself: `0x…` alone in a cell, `HTTP … 500.19` in the heading. */
export function readIisPage(body: string): FoundException | null {
  const title = inside(body, 'title', 300);
  const large = inside(body, 'h3', 500);
  if (!numbered.test(title ?? '') && !numbered.test(large ?? '')) return null;
  const heading = htmlText(large ?? title!);
  const detail = htmlText(inside(body, 'h4', 1500) ?? '');
  const code = hresult(/<td>(?:&nbsp;|\s){0,40}(0x[0-9a-fA-F]{8})\s{0,40}<\/td>/i.exec(body)?.[1]);
  const found: FoundException = { origin: 'iis', type: heading };
  if (detail) found.message = detail;
  return code ? { ...found, codes: [code] } : found;
}

/** What stands in the first element of a name that is not longer than `most`; null when there is none. */
function inside(html: string, name: 'title' | 'h3' | 'h4', most: number): string | null {
  const start = new RegExp(`<${name}>`, 'gi');
  const whole = new RegExp(`^<${name}>([\\s\\S]{0,${most}}?)</${name}>`, 'i');
  return matchNear(html, start, whole, most + 20)?.[1] ?? null;
}

/** The first `path:line` of a stack trace: path and line are the groups of the match. */
function frameIn(text: string): RegExpExecArray | null {
  return matchNear(text, pathStart, frame, 340);
}
