import type { EventRow } from '../knowledge/event-schema.js';
import { fillPlainly } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Answer, plainText } from './answer.js';
import { dropEmptyParts, sourcesOf } from './parts.js';
import { nextPart, requestsOf } from './requests.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { causeFixPart } from './topic-answer.js';
import { capitalize, firstSentences, generalize } from './wording.js';

/** Returns what an event is called: `WAS 5021`. */
export const eventName = ({ provider }: EventRow, id: number) => `${provider[0]} ${id}`;

/** Returns what an event means, for none in particular: braces say what they say when nothing is known. */
export function eventMeaning({ meaning }: EventRow): string {
  const plain = meaning.replace(/\s?\(\{[^}]*\}\)/g, '').replace(/\s\{[^}]*\|\(not named\)\}/g, '');
  return fillPlainly(plain).trim();
}

/** Answers what an event means: its sentence, its steps, and the card that explains it. */
export function eventAnswer(row: EventRow, id: number, knowledge: Knowledge): Answer {
  const cause = row.cause === undefined ? undefined : knowledge.causes.get(row.cause);
  const meaning = eventMeaning(row);
  const steps = stepsWithUndo(row.do, () => undefined);
  const requests = requestsOf(row.next.length > 0 ? row.next : (cause?.next ?? []), knowledge);
  const fix = cause && causeFixPart(cause, steps.length === 0 ? 'normal' : 'fold');
  return {
    title: [{ strong: eventName(row, id) }, `: ${meaning}`],
    summary: `${eventName(row, id)}: ${meaning}.`,
    parts: dropEmptyParts([
      row.role === 'note'
        ? {
            kind: 'text',
            id: 'answer',
            keep: 'always',
            text: "That alone isn't a failure; its time helps to order what happened.",
          }
        : undefined,
      steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'What to do', keep: 'normal', steps }),
      cause && {
        kind: 'text',
        id: 'why',
        heading: capitalize(plainText(generalize(cause.title))),
        keep: steps.length === 0 ? 'normal' : 'fold',
        text: generalize(firstSentences(cause.explanation, 330).head),
      },
      fix && { ...fix, id: steps.length === 0 ? fix.id : 'cause-fix' },
      requests.length > 0 ? nextPart(requests) : undefined,
      'experience' in row.source
        ? {
            kind: 'text',
            id: 'source',
            keep: 'fold',
            text: 'No document says this; it comes from practice with these events.',
          }
        : undefined,
    ]),
    actions: [],
    sources: sourcesOf([[row.source], cause?.sources.slice(0, 3) ?? []]),
  };
}
