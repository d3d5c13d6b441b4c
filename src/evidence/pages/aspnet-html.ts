import { matchNear } from '../bounded.js';
import { type FoundException, firstFrame, withCodes } from './found-exception.js';
import { elementText, htmlText } from './html-text.js';

const sourceFile =
  /^<\/b>\s{0,20}((?:[A-Za-z]:|\\\\)[^<\n]{1,400}?|\/[^<\n]{1,400}?)(?:\s|&nbsp;){0,20}<b>[^<]{0,60}<\/b>\s{0,20}(\d{1,7})/;
const sourceFileStart = /<\/b>\s{0,20}(?:[A-Za-z]:|\\\\|\/)/g;
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
  const title = htmlText(elementText(page, 'title', 2000) ?? '');
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
  const place = source ?? firstFrame(comment) ?? firstFrame(stack ? page.slice(stack.index) : '');
  if (place && Number(place[2]) > 0) {
    found.file = htmlText(place[1]!);
    found.line = Number(place[2]);
  }
  const allText = `${comment || stack?.[0] || ''} ${stack?.[2] ?? ''} ${found.message ?? ''}`;
  return withCodes(found, allText);
}

/** The comment alone: the head of the page was cut off, or went out in another buffer. */
function bareComment(body: string): FoundException | null {
  const comment = /<!--\s*\n(\[[A-Za-z_][\w.`+]*\]: [\s\S]*?(?:-->|$))/.exec(body)?.[1];
  if (!comment) return null;
  const first = comment.matchAll(commentEntry).next().value;
  if (!first) return null;
  const found: FoundException = { origin: 'aspnet', type: first[1]!, message: htmlText(first[2]!) };
  const place = firstFrame(comment);
  if (place && Number(place[2]) > 0) {
    found.file = place[1]!;
    found.line = Number(place[2]);
  }
  return withCodes(found, comment);
}
