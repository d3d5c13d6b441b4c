import { matchNear } from '../bounded.js';
import { hresult } from '../freb/codes.js';
import { type FoundException, firstFrame, withCodes } from './found-exception.js';
import { htmlText } from './html-text.js';

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
  const place = firstFrame(htmlLines(body.slice(bare?.index ?? 0)));
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
