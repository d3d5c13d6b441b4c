import { Scrubber } from '../../evidence/scrub/scrubber.js';
import type { Knowledge } from '../../knowledge/knowledge.js';

/** Names that the schema has checked already; a scrubbed one would no longer be one of them. */
const checked = new Set([
  'kind',
  'id',
  'keep',
  'level',
  'shell',
  'language',
  'schema',
  'at',
  'verdict',
  'cause',
  'copy',
  'of',
]);

/** Scrubs every string of a report again, because the watcher may be of another version, or no watcher. */
export type ScrubReport = <T>(report: T) => T;

/**
 * Returns the scrubber of reports. A few sentences of the knowledge look as if they held a name ("the ticket was made for another
 * account"): they are public, so they stay.
 */
export function createScrubReport(knowledge: Pick<Knowledge, 'causes' | 'recipes'>): ScrubReport {
  let mistaken: string[] | undefined;
  return (report) => {
    mistaken ??= sentencesOf(knowledge).filter((sentence) => scrubLines(new Scrubber(), sentence) !== sentence);
    return scrubStrings(report, new Scrubber(), mistaken);
  };
}

function scrubStrings<T>(report: T, scrubber: Scrubber, mistaken: readonly string[]): T {
  const scrub = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (checked.has(key)) return value;
      return key === 'href' ? scrubber.url(value) : scrubBeside(value, mistaken, scrubber);
    }
    if (Array.isArray(value)) return value.map((one) => scrub(one, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scrub(one, name)]));
  };
  return scrub(report, '') as T;
}

/** Scrubs a text except the sentences of the knowledge in it. Its first letter may have been lowered behind a colon. */
function scrubBeside(text: string, mistaken: readonly string[], scrubber: Scrubber): string {
  const known = mistaken.find((sentence) => text.includes(sentence.slice(1)));
  if (known === undefined) return scrubLines(scrubber, text);
  const start = text.indexOf(known.slice(1));
  const end = start + known.length - 1;
  const before = text.slice(0, start);
  return scrubLines(scrubber, before) + text.slice(start, end) + scrubBeside(text.slice(end), mistaken, scrubber);
}

/** A command may have several lines, which the scrubber would join. */
function scrubLines(scrubber: Scrubber, text: string): string {
  return text
    .split('\n')
    .map((line) => scrubber.text(line))
    .join('\n');
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
