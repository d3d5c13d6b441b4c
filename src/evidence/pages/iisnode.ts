import { matchNear } from '../bounded.js';
import { hresult } from '../freb/codes.js';
import { type FoundException, pathStart } from './found-exception.js';
import { htmlText } from './html-text.js';

const scriptFrame = /^((?:[A-Za-z]:\\|\\\\)[^\n:*?"<>|]{1,300}\.[cm]?[jt]sx?):(\d{1,7})/;

/** What the page of iisnode says; the status only where both of its numbers are there. */
interface FoundNodePage extends FoundException {
  status?: number;
  substatus?: number;
  /** The HRESULT as the page prints it. */
  printed?: string;
}

/** iisnode's page: its own HRESULT and substatus, then what node wrote to stderr. */
export function readNodePage(body: string): FoundNodePage | null {
  if (!/iisnode/i.test(body)) return null;
  const text = body
    .replace(/<br ?\/?>|<\/?(?:p|pre|div|li|h\d)[^<>]*>/gi, '\n')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'");
  const result = /HRESULT:\s{0,20}(0x[0-9a-fA-F]{1,8})/.exec(text);
  const error =
    /^[ \t]{0,40}(?:Uncaught )?((?:[A-Z]\w{0,200})?(?:Error|Exception))(?: \[[\w-]+\])?: ([^\n]{1,1000})/m.exec(text);
  const place = ownFrame(text);
  if (!result && !error) return null;
  const status = /HTTP status:\s{0,20}([45]\d\d)/i.exec(text)?.[1];
  const substatus = /HTTP subStatus:\s{0,20}(1\d{3})\b/i.exec(text)?.[1];
  const sent = status && substatus ? { status: Number(status), substatus: Number(substatus) } : {};
  const silent = /has not written any information to stderr/i.test(text);
  const found: FoundNodePage = { origin: 'iisnode', ...sent, ...(silent && { hidden: true }) };
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
  return code ? { ...found, codes: [code], printed: result![1]! } : result ? { ...found, codes: [] } : found;
}

/** Files of iisnode, and of packages: an exception passes through them, and is fixed elsewhere. */
const ofProduct = /\\(?:iisnode|node_modules|nodejs)\\/i;

/** Returns the first frame in a script of the application. */
function ownFrame(text: string): RegExpExecArray | null {
  const found = matchNear(text, pathStart, scriptFrame, 320);
  if (!found || !ofProduct.test(found[1]!)) return found;
  const rest = text.slice(found.index + found[0].length);
  return rest.length < text.length ? ownFrame(rest) : null;
}
