import { fillBraces } from '../knowledge/fill.js';
import type { Span, Text } from './answer.js';

/** Looks a fact up by the name that knowledge texts use in braces. */
export type FactLookup = (name: string) => string | undefined;

const noFacts: FactLookup = () => undefined;

// Private-use characters keep the place of a value while the sentence around it is read; values never pass through here.
const open = '\uE000';
const close = '\uE001';
const slot = /\uE000(\d+)\uE001/;

/**
 * Returns a sentence of `knowledge/` as spans: `code` in backticks, **strong**, and braces filled with facts. Facts are
 * hostile text, so each becomes a literal span and is never read for backticks. Undefined when a fact is unknown and the
 * sentence has no words for that case.
 */
export function fillSentence(sentence: string, facts: FactLookup = noFacts): Text | undefined {
  const values: string[] = [];
  const filled = fillBraces(sentence, (name) => {
    const value = facts(name);
    return value === undefined ? undefined : `${open}${values.push(value) - 1}${close}`;
  });
  if (filled === undefined) return undefined;
  const spans: Span[] = [];
  for (const piece of filled.split(/(`[^`]+`|\*\*[^*]+\*\*|\uE000\d+\uE001)/)) {
    if (piece === '') continue;
    const value = slot.exec(piece);
    const literal = piece.replace(/\uE000(\d+)\uE001/g, (_, n) => values[Number(n)]!);
    if (piece.startsWith('`') && piece.endsWith('`') && piece.length > 2) spans.push({ code: literal.slice(1, -1) });
    else if (/^\*\*.+\*\*$/s.test(piece)) spans.push({ strong: literal.slice(2, -2) });
    else if (value && value[0] === piece) spans.push({ strong: literal });
    else spans.push(literal);
  }
  return spans.length === 1 && typeof spans[0] === 'string' ? spans[0] : spans;
}

/** Joins several texts into one paragraph. */
export function joinTexts(texts: readonly Text[], between = ' '): Text {
  const spans: Span[] = [];
  for (const [i, text] of texts.entries()) {
    if (i > 0) spans.push(between);
    if (typeof text === 'string') spans.push(text);
    else spans.push(...text);
  }
  return spans.every((s) => typeof s === 'string') ? spans.join('') : spans;
}

/** Returns `a`, `a and b` or `a, b and c`. */
export function listWords(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items[items.length - 1]}`;
}

/** Returns `1 value` or `3 values`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** Splits a text into sentences, at a full stop before a space and a capital. That is enough for our own prose. */
export function splitSentences(text: string): string[] {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?])\s+(?=[A-Z`"0-9{])/);
}

/** Returns as many whole sentences as fit into `limit` characters (at least one), and the rest. */
export function firstSentences(text: string, limit: number): { head: string; rest: string } {
  const all = splitSentences(text);
  // A question alone says nothing: its answer stays with it.
  let count = Math.max(1, all.findIndex((sentence) => !sentence.endsWith('?')) + 1);
  while (count < all.length && all.slice(0, count + 1).join(' ').length <= limit) count++;
  // Nor does a question at the end, whose answer would be cut off.
  while (count > 1 && all[count - 1]!.endsWith('?') && count < all.length) count--;
  return { head: all.slice(0, count).join(' '), rest: all.slice(count).join(' ') };
}

/** Raises the first letter, unless the first word is a name in small letters (`web.config`). */
export function capitalize(text: string): string {
  return /^[a-z]+(?=[\s,:;]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Formats `2026-06-08T19:53:49.721Z` as `2026-06-08 19:53:49 UTC`; any other text stays as it is. */
export function formatUtc(time: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(time);
  return match ? `${match[1]} ${match[2]} UTC` : time;
}

/** Returns the whole days between a time and now; undefined for other texts and for the future. */
export function daysOld(time: string | null, now: Date | undefined): number | undefined {
  if (time === null || now === undefined) return undefined;
  const days = Math.floor((now.getTime() - Date.parse(time)) / 86_400_000);
  return Number.isNaN(days) || days < 0 ? undefined : days;
}

/** Describes an age in its largest useful unit: `12 days`, `5 months`, `8 years`. */
export function describeAge(days: number): string {
  if (days < 60) return countWords(days, 'day');
  return days < 730 ? countWords(Math.floor(days / 30.44), 'month') : countWords(Math.floor(days / 365.25), 'year');
}

/** Formats milliseconds: `47 ms`, `5.1 s`, `2 min 5 s`. */
export function describeDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Fills a sentence of the knowledge without a log: braces show their general words, or `…`. */
export function generalize(sentence: string): Text {
  return fillSentence(sentence) ?? fillSentence(sentence.replace(/\{[a-z][a-z0-9.-]*\}/g, '…')) ?? sentence;
}

/** Returns title and address of a source that is an address, alone or with a remark behind it. */
export function sourceOf(source: string | undefined): { title: string; url?: string } {
  const url = /https:\/\/[^\s)]+/.exec(source ?? '')?.[0];
  if (url === undefined) return { title: source ?? '' };
  const named: [RegExp, string][] = [
    [/system-error-codes/, 'Windows system error codes'],
    [/winhttp\/error-messages/, 'WinHTTP error messages'],
    [/com-error-codes/, 'COM error codes'],
    [/596a1078|ms-erref/i, 'NTSTATUS values (MS-ERREF)'],
    [/http-status-code/, 'HTTP status codes in IIS (KB 943891)'],
    [/types-of-errors-logged/, 'Errors that the HTTP Server API logs'],
  ];
  const known = named.find(([pattern]) => pattern.test(url))?.[1];
  const last = new URL(url).pathname.split('/').filter(Boolean).pop() ?? url;
  return { title: known ?? capitalize(last.replace(/\.[a-z]+$/, '').replaceAll('-', ' ')), url };
}
