import { hresult } from '../freb/codes.js';
import type { FoundException } from './found-exception.js';
import { elementText, htmlText } from './html-text.js';

const numbered = /\b\d{3}\.\d{1,4}\b/;

/** The detailed error page of IIS itself: `0x…` alone in a cell, `HTTP … 500.19` in the heading. */
export function readIisPage(body: string): FoundException | null {
  const title = elementText(body, 'title', 300);
  const large = elementText(body, 'h3', 500);
  if (!numbered.test(title ?? '') && !numbered.test(large ?? '')) return null;
  const heading = htmlText(large ?? title!);
  const detail = htmlText(elementText(body, 'h4', 1500) ?? '');
  const code = hresult(/<td>(?:&nbsp;|\s){0,40}(0x[0-9a-fA-F]{8})\s{0,40}<\/td>/i.exec(body)?.[1]);
  const found: FoundException = { origin: 'iis', type: heading };
  if (detail) found.message = detail;
  return code ? { ...found, codes: [code] } : found;
}
