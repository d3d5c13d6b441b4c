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
export function codesIn(text: string): string[] {
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
  /<\/b>\s*((?:[A-Za-z]:|\\\\)[^<\n]{1,400}?|\/[^<\n]{1,400}?)\s*(?:&nbsp;\s*)*<b>[^<]{0,60}<\/b>\s*(\d{1,7})/;
const frameFile = /(?<![A-Za-z0-9])((?:[A-Za-z]:\\|\\\\)[^\n:*?"<>|]{1,300}):(?:[^\s\d]{1,20} )?(\d{1,7})/;
const typeAndMessage = /<\/b>\s*((?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*): ([\s\S]{1,4000}?)<br/;
const compilerMessage = /<\/b>\s*((?:CS|BC|VBNC|JS|FS|ASPNET)\w{0,6}): ([\s\S]{1,2000}?)<br/;
const labelled = /<b>[^<]{1,60}<\/b>\s*([^<\s][^<]{2,2000}?)<br/g;

/**
 * One exception of the chain in the comment at the end: `[Type]: message`, then its frames. Innermost first.
 * A message counts only when something follows it: at the end of a cut page it may be half of one.
 */
const commentEntry =
  /(?:^|\n)\[([A-Za-z_][\w.`+]{0,200})\]: ([\s\S]{0,2000}?)(?=\n\s{1,9}\S{1,12} [\w.<>`+$|]{1,300}\(|\n\[[A-Za-z_][\w.`+]{0,200}\]:|\n?-->)/g;
const stackEntry = /\n\[([A-Za-z_][\w.`+]{0,200})(?: \((0x[0-9a-fA-F]{8})\))?: ([\s\S]{0,1500}?)\]\s{0,4}(?:\n|$)/;
/** More exceptions are never nested in each other. */
const longestChain = 12;

/** ASP.NET's error page, whatever its language, cut or whole. */
export function readAspNetPage(body: string): FoundException | null {
  // The rule that ASP.NET draws under its heading: written the same way in every language.
  if (!/<hr width=100% size=1 color=silver>/i.test(body)) return bareComment(body);
  const at = body.search(/<title>[\s\S]{0,2000}?<\/title>[\s\S]{0,4000}?<H1>[^<]*<hr width=100% size=1 color=silver>/i);
  if (at < 0) return bareComment(body);
  const page = body.slice(at);
  const title = htmlText(/<title>([\s\S]{0,2000}?)<\/title>/i.exec(page)?.[1] ?? '');
  const comment = /<!--\s*\n?(\[[\s\S]*?(?:-->|$))/.exec(page)?.[1] ?? '';
  const chain: { type: string; message: string }[] = [];
  for (const m of comment.matchAll(commentEntry)) {
    chain.push({ type: m[1]!, message: htmlText(m[2]!) });
    if (chain.length >= longestChain) break;
  }
  const stack = stackEntry.exec(page);
  const source = sourceFile.exec(page);
  const compiler = compilerMessage.exec(page);
  const typed = typeAndMessage.exec(page);
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
  const frame = source ?? frameFile.exec(comment) ?? frameFile.exec(stack ? page.slice(page.indexOf(stack[0])) : '');
  if (frame && Number(frame[2]) > 0) {
    found.file = htmlText(frame[1]!);
    found.line = Number(frame[2]);
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
  const frame = frameFile.exec(comment);
  if (frame && Number(frame[2]) > 0) {
    found.file = frame[1]!;
    found.line = Number(frame[2]);
  }
  return withCodes(found, comment);
}

/** Script error of classic ASP: engine, code in quotes, message, page, line, each in its own font tag. */
export function readAspPage(body: string): FoundException | null {
  if (!/'(?:[0-9a-fA-F]{8}|ASP \d{4})'/.test(body)) return null;
  const page =
    /<font[^>]*>\s*(?:<p>)?\s*([^<]{2,120}?)\s*<\/font>\s*<font[^>]*>\s*\S{1,20}\s*'([0-9a-fA-F]{8}|ASP \d{4})'\s*<\/font>\s*<p>\s*<font[^>]*>([\s\S]{1,2000}?)<\/font>(?:[\s\S]{0,200}?<font[^>]*>\s*(\/[^<]{1,300})<\/font>(?:\s*<font[^>]*>\s*,\s*\S{1,20}\s+(\d{1,7}))?)?/i.exec(
      body,
    );
  if (page) {
    const found: FoundException = {
      origin: 'asp',
      type: `${htmlText(page[1]!)} '${page[2]}'`,
      message: htmlText(page[3]!),
    };
    if (page[4]) found.file = htmlText(page[4]);
    if (page[5]) found.line = Number(page[5]);
    const code = hresult(`0x${page[2]}`);
    return code ? { ...found, codes: [code] } : found;
  }
  const plain =
    /(?:^|\n|>)\s*([^<>\n]{2,80}?) \S{1,12} '([0-9a-fA-F]{8}|ASP \d{4})'\s*(?:<[^>]*>|\s)*([^<\n]{2,500})(?:<[^>]*>|\s)*(\/[^\s<,]{1,300}),? \S{1,12} (\d{1,7})/.exec(
      body,
    );
  if (!plain) return null;
  const found: FoundException = {
    origin: 'asp',
    type: `${htmlText(plain[1]!)} '${plain[2]}'`,
    message: htmlText(plain[3]!),
    file: plain[4]!,
    line: Number(plain[5]),
  };
  const code = hresult(`0x${plain[2]}`);
  return code ? { ...found, codes: [code] } : found;
}

/** A script that catches its own error and prints `Error: Division by zero`; nothing but that line is taken. */
export function readAspOwnMessage(body: string): FoundException | null {
  const said = /(?:^|[\n>])\s*(?:Error|Err\.Description)\s*:\s*([^<>\n]{3,300})/i.exec(body);
  return said ? { origin: 'asp', message: htmlText(said[1]!) } : null;
}

/** PHP's messages, plain or as HTML; the language is always English. */
export function readPhpText(body: string): FoundException | null {
  if (!/error|warning/i.test(body)) return null;
  const text = body.includes('<b>') ? body.replace(/<\/?b>|<br ?\/?>/g, '') : body;
  const match =
    /(?:PHP )?(Fatal error|Parse error|Recoverable fatal error|Catchable fatal error|Compile error|Core error|Warning|Startup error):\s+([\s\S]{1,2000}?) in ((?:[A-Za-z]:|\\\\|\/)[^\n]{1,400}?)(?: on line |:)(\d{1,7})/.exec(
      text,
    );
  if (!match) {
    const cut = /PHP (Fatal error|Parse error|Warning):\s+([^\n]{2,1000})/.exec(text);
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

/** iisnode's page: its own HRESULT and substatus, then what node wrote to stderr. */
export function readNodePage(body: string): FoundException | null {
  if (!/iisnode/i.test(body)) return null;
  const text = body
    .replace(/<br ?\/?>|<\/?(?:p|pre|div|li|h\d)[^>]*>/gi, '\n')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'");
  const result = /HRESULT:\s*(0x[0-9a-fA-F]{1,8})/.exec(text);
  const error = /^\s*(?:Uncaught )?([A-Z]\w*(?:Error|Exception))(?: \[[\w-]+\])?: ([^\n]{1,1000})/m.exec(text);
  const place = /((?:[A-Za-z]:\\|\\\\)[^\n:*?"<>|]{1,300}\.[cm]?[jt]sx?):(\d{1,7})/.exec(text);
  if (!result && !error) return null;
  const found: FoundException = { origin: 'iisnode' };
  if (error) {
    found.type = error[1]!;
    found.message = htmlText(error[2]!);
  } else {
    const reason = /HTTP reason:\s*([^\n<]{2,200})/.exec(text)?.[1];
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
  /(?:^|[\n>]|---> )\s*((?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*(?:Exception|Error|Fault))(?: \((0x[0-9a-fA-F]{8}|\d{1,5})\))?: ([^\n<]{1,2000})/;

/** ASP.NET Core's developer page, or a .NET exception written into the body as text. */
export function readCorePage(body: string): FoundException | null {
  if (!/Exception|Error: |titleerror/.test(body)) return null;
  const page = /<div class="titleerror">\s*([A-Za-z_][\w.`+]*): ([\s\S]{1,2000}?)<\/div>/.exec(body);
  const bare = bareException.exec(body);
  const type = page?.[1] ?? bare?.[1];
  if (!type) return null;
  const message = htmlText(page?.[2] ?? bare![3]!);
  const found: FoundException = {
    origin: 'aspnetcore',
    type: bare && bare[1]!.endsWith(type) ? bare[1]! : type,
    message,
  };
  const frame = frameFile.exec(htmlLines(body.slice(bare?.index ?? 0)));
  if (frame) {
    found.file = frame[1]!;
    found.line = Number(frame[2]);
  }
  // .NET writes an error number of Windows in brackets: `Win32Exception (1346)`.
  return withCodes(found, `${message} ${hresult(bare?.[2]) ?? ''}`);
}

function htmlLines(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** The detailed error page of IIS itself: `0x…` alone in a cell, `HTTP … 500.19` in the heading. */
export function readIisPage(body: string): FoundException | null {
  if (!/<title>[^<]*\b\d{3}\.\d{1,4}\b[^<]*<\/title>/i.test(body) && !/<h3>[^<]*\b\d{3}\.\d{1,4}\b/i.test(body))
    return null;
  const heading = htmlText(
    /<h3>([\s\S]{1,500}?)<\/h3>/i.exec(body)?.[1] ?? /<title>([\s\S]{1,300}?)<\/title>/i.exec(body)![1]!,
  );
  const detail = htmlText(/<h4>([\s\S]{1,1500}?)<\/h4>/i.exec(body)?.[1] ?? '');
  const code = hresult(/<td>(?:&nbsp;|\s)*(0x[0-9a-fA-F]{8})\s*<\/td>/i.exec(body)?.[1]);
  const found: FoundException = { origin: 'iis', type: heading };
  if (detail) found.message = detail;
  return code ? { ...found, codes: [code] } : found;
}
