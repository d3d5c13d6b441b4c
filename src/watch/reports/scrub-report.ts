import { findKeptPlaces } from '../../evidence/scrub/kept-in-all.js';
import { makeReadable } from '../../evidence/scrub/readable.js';
import { Scrubber } from '../../evidence/scrub/scrubber.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { neighboursOf } from './neighbours.js';
import { ShownStrings } from './shown-strings.js';

/** Scrubs every string of a report again, because the watcher may be of another version, or no watcher. */
export type ScrubReport = <T>(report: T) => T;

/**
 * Returns the scrubber of reports. A string is judged alone and together with its neighbours, and what one of these texts
 * withholds is withheld. A few sentences of the knowledge look as if they held a name ("the ticket was made for another
 * account"): they are public, so they stay.
 */
export function createScrubReport(knowledge: Pick<Knowledge, 'causes' | 'recipes'>): ScrubReport {
  let mistaken: string[] | undefined;
  return (report) => {
    mistaken ??= sentencesOf(knowledge).filter((sentence) => new Scrubber().text(sentence) !== sentence);
    return scrubStrings({ report }, new Scrubber(), mistaken).report;
  };
}

/** In characters: what is longer is judged string by string, each with the one behind it. */
const longestTogether = 12_000;

function scrubStrings<T extends object>(report: T, scrubber: Scrubber, mistaken: readonly string[]): T {
  const copy = copyReadable(report, scrubber) as T;
  const slots = new ShownStrings(copy);
  for (const { slots: together, joints } of neighboursOf(copy, slots)) {
    const text = together.map((slot, i) => slot.text + (joints[i] ?? '')).join('');
    const shown = text.length > longestTogether ? text : scrubBeside(text, mistaken, scrubber);
    if (shown === text) continue;
    const places = new Uint8Array(text.length);
    for (const [from, to] of findKeptPlaces(text, shown)) places.fill(1, from, to);
    let at = 0;
    for (const [i, slot] of together.entries()) {
      slot.keepOnly(places, at);
      at += slot.text.length + (joints[i]?.length ?? 0);
    }
  }
  for (const slot of slots.all) slot.replace();
  return copy;
}

/** Returns a copy whose strings are as a person reads them, and whose links are scrubbed. */
function copyReadable(value: unknown, scrubber: Scrubber, key = ''): unknown {
  if (typeof value === 'string') return key === 'href' ? scrubber.url(value) : makeReadable(value);
  if (Array.isArray(value)) return value.map((one) => copyReadable(one, scrubber));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copyReadable(one, scrubber, name)]));
}

/** Scrubs a text except the sentences of the knowledge in it. Its first letter may have been lowered behind a colon. */
function scrubBeside(text: string, mistaken: readonly string[], scrubber: Scrubber): string {
  const known = mistaken.find((sentence) => text.includes(sentence.slice(1)));
  if (known === undefined) return scrubber.text(text);
  const start = text.indexOf(known.slice(1));
  const end = start + known.length - 1;
  const before = text.slice(0, start);
  return scrubber.text(before) + text.slice(start, end) + scrubBeside(text.slice(end), mistaken, scrubber);
}

/** Returns the sentences that posts show, in the pieces between facts and marks. */
function sentencesOf({ causes, recipes }: Pick<Knowledge, 'causes' | 'recipes'>): string[] {
  const shown = [
    ...[...causes.values()].flatMap(({ title, brief, fix }) => [
      title,
      ...brief,
      ...fix.flatMap((step) => [step.do, step.command, step.note]),
    ]),
    ...[...recipes.values()].flatMap(({ texts }) =>
      texts.flatMap(({ text, rows }) => [text, ...rows.map((row) => row.text)]),
    ),
  ];
  return shown.flatMap((text) => text?.trim().split(/\{[^}]*\}|`|\*\*|\n/) ?? []).filter((piece) => piece.length > 8);
}
