import type { Reading } from '../evidence.js';

/** A part of a text: a whole document, or the words between two; with the number of lines above it. */
export interface TextPart {
  text: string;
  linesAbove: number;
}

/** Most documents in one text. People paste a handful of things together; what follows the last is one part. */
const mostDocuments = 40;

/**
 * The start of a document in its own line, with its declarations: a FREB log, exported events, a policy report, a saved
 * page. A configuration is none, because an error page quotes one.
 */
const start =
  /^[ \t]{0,8}(?:[-+] )?(?:<\?xml[^<>]{0,300}>\s{0,20}){0,3}(?:<!doctype[^<>]{0,300}>\s{0,20})?(?:<!--[^<>]{0,300}-->\s{0,20})?(?:[-+] )?<(failedRequest|Events|Rsop|GPOS?|report|html)(?=[\s>])/gim;

/** Cuts a text at the documents in it. A log that does not end stays in one part with all that follows. */
export function splitAtDocuments(text: string): TextPart[] {
  const starts = [...text.matchAll(start)].slice(0, mostDocuments);
  // Only these letters: others may fold into more characters than they are.
  const folded = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const cuts: number[] = [0];
  for (const [i, { 1: root, index }] of starts.entries()) {
    if (index < cuts.at(-1)!) continue;
    const next = starts.slice(i + 1).map((one) => one.index);
    const end = endOfDocument(folded, root!.toLowerCase(), index, next);
    cuts.push(index);
    if (end === undefined) break;
    cuts.push(end);
  }
  let lines = 0;
  return cuts
    .map((from, i) => {
      const part = { text: text.slice(from, cuts[i + 1]), linesAbove: lines };
      lines += part.text.split('\n').length - 1;
      return part;
    })
    .filter((part) => part.text.trim() !== '');
}

/**
 * Returns the place behind the last end tag before the next document; a document may hold starts of others. Of heads that were
 * copied without their events, the place behind the last of them.
 */
function endOfDocument(folded: string, root: string, from: number, next: readonly number[]): number | undefined {
  const close = `</${root}>`;
  for (const limit of [...next, folded.length]) {
    const end = folded.lastIndexOf(close, limit);
    if (end > from) return end + close.length;
  }
  if (root !== 'failedrequest' || /<event[\s>]/.test(folded.slice(from))) return undefined;
  const head = folded.indexOf('>', folded.lastIndexOf('<failedrequest'));
  return head < 0 ? undefined : head + 1;
}

/** Returns the reading of a part with the line numbers of the whole text. Events are counted, and not by lines. */
export function withLinesOfText(reading: Reading, linesAbove: number): Reading {
  if (linesAbove === 0 || reading.kind === 'freb-log' || reading.kind === 'event-export') return reading;
  const observations = reading.observations.map((o) =>
    o.event === undefined || o.eventName !== undefined ? o : { ...o, event: o.event + linesAbove },
  );
  return { ...reading, observations };
}
