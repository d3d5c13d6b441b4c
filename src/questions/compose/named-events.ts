import type { Answer, Part } from '../../answer/answer.js';
import { eventMeaning, eventName } from '../../answer/event-answer.js';
import { insertAfterAnswer } from '../../answer/parts.js';
import { renderText } from '../../answer/text.js';
import type { AskedEvent } from '../parse/events.js';

/** Says what the events of a question mean, where the answer does not name them: they tell more than the words around them. */
export function withNamedEvents(answer: Answer, events: readonly AskedEvent[]): Answer {
  const shown = renderText({ ...answer, parts: answer.parts.filter(({ keep }) => keep !== 'fold') });
  const unsaid = events.filter(({ id }) => !shown.includes(String(id)));
  if (unsaid.length === 0) return answer;
  const part: Part = {
    kind: 'facts',
    id: 'events',
    keep: 'always',
    facts: unsaid.map(({ row, id }) => ({ label: eventName(row, id), value: eventMeaning(row) })),
  };
  return insertAfterAnswer(answer, [part]);
}
