import { hex, knownCode } from '../../answer/codes.js';
import type { EventRow } from '../../knowledge/event-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Numbers } from './numbers.js';
import { fold } from './words.js';

/** A Windows event that a question names, with the row of the table that speaks for it. */
export interface AskedEvent {
  id: number;
  row: EventRow;
  /** A code of the question picks the row. */
  byCode: boolean;
}

/** Words before the number of an event, or before a list of them. */
const afterEventWord =
  /(?<=\b(?:event(?:s| ?ids?)?|ereignis(?:se)?|(?:é|e)v(?:é|e)nements?|eventos?)[ :=#]{1,3}(?:\d{1,5}(?:,| and| or|\/) ?)?)\d{1,5}\b(?![/:.-]\d)/g;
const afterEventSign = /(?<=(?:イベント|事件|事件 ?id)[ :=]{0,2})\d{1,5}/g;
/** From this many digits on a number of the table is an event even without the word. */
const tellingNumber = /(?<![\d.:/_-]|[a-z])\d{4,5}(?![\d:/_-]|\.\d|[a-z])/g;
const year = /^(?:19|20)\d\d$/;
/** Short for the service that starts and stops services. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  'Service Control Manager': ['scm'],
  'Security-Auditing': ['security'],
  'Security-Kerberos': ['kerberos'],
};

/**
 * Finds the Windows events that a folded question names: a number after "event" or after its provider, or a number that only
 * the table of events knows.
 */
export function findEvents(folded: string, codes: Numbers['codes'], knowledge: Knowledge): AskedEvent[] {
  const rows = [...knowledge.events.values()];
  const found = new Map<number, AskedEvent>();
  const add = (text: string, isNamed: boolean) => {
    const id = Number(text);
    const own = rows.filter(({ event }) => event?.includes(id));
    if (own.length === 0 || found.has(id)) return;
    const called = own.filter(({ provider }) => provider.some((name) => isNamedIn(folded, name, id)));
    const isCode = knownCode(id, knowledge) !== undefined;
    if (!isNamed && called.length === 0 && (isCode || year.test(text))) return;
    found.set(id, { id, ...pickRow(called.length > 0 ? called : own, codes) });
  };
  for (const pattern of [afterEventWord, afterEventSign]) for (const [id] of folded.matchAll(pattern)) add(id, true);
  for (const [id] of folded.matchAll(tellingNumber)) add(id, false);
  return [...found.values()];
}

/** True for "was 5021", "5021 from WAS", "1026 .NET Runtime", "schannel event 36870". */
function isNamedIn(folded: string, provider: string, id: number): boolean {
  const names = [provider, ...(alsoCalled[provider] ?? [])].map((name) =>
    fold(name).replace(/[^\p{L}\d]+/gu, '[^a-z\\d]{0,2}'),
  );
  const name = `(?:${names.join('|')})`;
  const word = '(?:[ :,(]|event|error|id|no|source|log|#)*';
  return new RegExp(
    `(?<![a-z])${name}${word}${id}(?!\\d)|(?<!\\d)${id}[ ,(]*(?:(?:from|by|of|in|source|the) |\\()*[ :]*${name}(?![a-z])`,
    'u',
  ).test(folded);
}

/** Of the rows of one number: the one for a code of the question, else the one that holds for all. */
function pickRow(rows: readonly EventRow[], codes: Numbers['codes']): Pick<AskedEvent, 'row' | 'byCode'> {
  const values = codes.map(({ value }) => hex(value));
  const byCode = rows.find(({ when }) =>
    when.some(
      ({ observation, equals, oneOf }) =>
        observation === 'event.code' && [equals, ...(oneOf ?? [])].some((code) => values.includes(String(code))),
    ),
  );
  return { row: byCode ?? rows.find(({ when }) => when.length === 0) ?? rows[0]!, byCode: byCode !== undefined };
}
