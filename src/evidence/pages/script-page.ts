import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { readAspNetPage } from './aspnet-html.js';
import { readAspNetText, statusOfAspNetPage } from './aspnet-text.js';
import { readAspPage } from './classic-asp.js';
import { accessOf } from './file-access.js';
import { type FoundException, missingAssembly, missingType } from './found-exception.js';
import { htmlLines } from './html-text.js';
import { readNodePage } from './iisnode.js';
import { readPhpText } from './php.js';
import { refusedPath } from './refused-path.js';

/** Error pages end within this, in characters; the end of a longer one repeats its exception. */
const longestPage = 200_000;

/** Reads the error page of an application's software: ASP.NET, classic ASP, PHP. */
export function readScriptPage(file: string, text: string): Reading | null {
  const page = text.slice(0, longestPage);
  const lines = htmlLines(page);
  const aspnet = (page === lines ? null : readAspNetPage(page)) ?? readAspNetText(lines);
  if (aspnet) {
    const { status, text: said } = statusOfAspNetPage(lines);
    return toReadingOfPage(file, aspnet, 'aspnet-page', lines, {
      status,
      raw: said ?? aspnet.type ?? /\S[^\n]{0,200}/.exec(lines)?.[0],
    });
  }
  const asp = readAspPage(page) ?? readAspPage(lines) ?? hiddenAsp(lines);
  if (asp) return toReadingOfPage(file, asp, 'asp-page', lines, { status: 500, raw: asp.type });
  const node = readNodePage(lines);
  if (node?.status !== undefined) {
    const { status, substatus, printed } = node;
    return toReadingOfPage(file, node, 'iisnode-page', lines, {
      status,
      substatus,
      printed,
      raw: `HTTP status: ${status}`,
    });
  }
  const php = readPhpText(page);
  return php?.file ? toReadingOfPage(file, php, 'php-page', lines) : null;
}

/** Finds what ASP sends when errors may not be shown; the sentence is not translated. */
function hiddenAsp(text: string): FoundException | null {
  return /An error occurred on the server when processing the URL\.\s{1,10}Please contact the system administrator/.test(
    text,
  )
    ? { origin: 'asp', hidden: true }
    : null;
}

/**
 * The facts of one page. ASP.NET and ASP send their pages with an error status; PHP prints its messages into any answer,
 * so none is claimed for it. The substatus of iisnode says at which step it failed.
 */
function toReadingOfPage(
  file: string,
  found: FoundException,
  form: string,
  text: string,
  sent?: { status: number; substatus?: number | undefined; printed?: string | undefined; raw?: string },
): Reading {
  const gather = new ObservationCollector();
  const place = { field: 'page', ...(sent?.raw ? { raw: sent.raw } : {}) };
  gather.add('page.software', found.origin === 'iis' ? 'aspnet' : found.origin, place);
  if (sent) gather.add('final-status', sent.status, place);
  if (sent?.substatus !== undefined) gather.add('final-substatus', sent.substatus, { field: 'HTTP subStatus' });
  gather.add('exception.origin', found.origin, place);
  if (found.type) gather.add('exception.type', found.type, { field: 'exception' });
  if (found.message) gather.add('exception.message', found.message, { field: 'exception' });
  const assembly = missingAssembly(found.type, found.message);
  if (assembly) gather.add('exception.assembly', assembly, { field: 'exception' });
  const unloaded = missingType(found);
  if (unloaded) gather.add('exception.missing-type', unloaded, { field: 'exception' });
  if (assembly && found.codes?.includes('0x80131040'))
    gather.add('exception.assembly-version', assembly, { field: 'exception' });
  const refused = refusedPath(found.message);
  if (refused) gather.add('exception.refused-path', refused, { field: 'exception' });
  if (found.file) gather.add('exception.file', found.file, { field: 'source file' });
  if (found.line) gather.add('exception.line', found.line, { field: 'line' });
  for (const code of found.codes ?? []) gather.add('exception.code', code, { field: 'exception' });
  const [first] = found.codes ?? [];
  if (first && sent?.printed) gather.add('decisive.code', first, { field: 'HRESULT', raw: sent.printed });
  if (found.hidden) gather.add('exception.hidden', true, place);
  const access = found.type?.endsWith('UnauthorizedAccessException') ? accessOf(text) : undefined;
  if (access) gather.add('exception.access', access, { field: 'stack trace' });
  return gather.toReading(file, 'error-page', form);
}
