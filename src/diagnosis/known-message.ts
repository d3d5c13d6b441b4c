import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { PageMessage } from '../knowledge/message-schema.js';
import { buildOnce } from '../knowledge/per-knowledge.js';
import { matchConditions } from './match.js';
import { findMessageIn, foldText, type MessageText, prepareMessage } from './message-text.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';

/** A known message in a reading, with what it means there. */
export interface KnownMessage {
  /** Key of the row in `Knowledge.messages`. */
  rule: string;
  row: PageMessage;
  says: string;
  because: Observation[];
  /** The parts of the text that vary, by name. */
  parts: Record<string, string>;
}

/** Where messages are. A line of the text may hold what a reader took for a value, so it comes last. */
const messageNames: readonly ObservationName[] = [
  'exception.message',
  'decisive.config-message',
  'decisive.description',
  'page.sentence',
  'event.message',
  'text.line',
];

/** A message goes on in the next line, or behind an empty one. */
const linesBetween = 2;

/** The messages that judge evidence: the one that rests on most comes first. */
const messagesOf = buildOnce(({ messages }) =>
  [...messages]
    .filter(([, message]) => message.says !== undefined)
    .map(([key, message]): [string, MessageText] => [key, prepareMessage(message)])
    .sort(
      ([, a], [, b]) =>
        b.message.priority - a.message.priority || b.message.when.length - a.message.when.length || b.length - a.length,
    ),
);

/**
 * Returns the known message of a reading that says most: by its priority, then by what it rests on. Of an exception with
 * inner ones each is a message, so that the reason comes before what wraps it.
 * @param rank priority of what the reading was judged by; messages up to it say no more than that
 */
export function findKnownMessage(facts: ReadingFacts, knowledge: Knowledge, rank: number): KnownMessage | undefined {
  const texts = textsOf(facts);
  if (texts.length === 0) return undefined;
  for (const [rule, text] of messagesOf(knowledge)) {
    if (text.message.priority <= rank) return undefined;
    for (const { folded, lower, observation } of texts) {
      const parts = findMessageIn(text, folded, lower);
      const more = parts && matchConditions(facts, { all: text.message.when, none: [] });
      if (!more) continue;
      const says = fillBraces(text.message.says!, (name) => parts[name] ?? facts.text(name as ObservationName));
      if (says === undefined) continue;
      return { rule, row: text.message, says, because: [observation, ...more], parts };
    }
  }
  return undefined;
}

function textsOf(facts: ReadingFacts) {
  return messageNames.flatMap((name) =>
    facts.all(name).flatMap((observation, i, all) => {
      const own = foldText(formatValue(observation.value));
      const below = all[i + 1];
      const isNear = name === 'text.line' && (below?.event ?? 0) - (observation.event ?? 0) <= linesBetween;
      // A mail wraps a long line; the first frame of a stack says what was tried.
      const next = isNear ? below : undefined;
      const both = next && `${own} ${foldText(formatValue(next.value))}`;
      return [own, ...(both ? [both] : [])].map((folded) => ({ folded, lower: folded.toLowerCase(), observation }));
    }),
  );
}
