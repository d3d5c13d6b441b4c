import type { Part, Text } from '../../../answer/answer.js';
import { type FactLookup, generalize } from '../../../answer/wording.js';
import type { Cause } from '../../../knowledge/cause-schema.js';
import type { Knowledge } from '../../../knowledge/knowledge.js';
import type { FailureFacts } from '../../thread/facts.js';

/** The card of a failure, and what the thread knows of that failure. */
export interface AspectSubject {
  cause: Cause;
  failure: FailureFacts | undefined;
  facts: FactLookup;
  knowledge: Knowledge;
}

/** The sentence that answers, and the parts that go with it. */
export interface AspectReply {
  title: Text;
  parts: Part[];
}

/** What follow-ups can ask of a card, by the statement of `same` that they teach; undefined where the card does not tell. */
export type Aspects = Readonly<Record<string, (subject: AspectSubject) => AspectReply | undefined>>;

/** Returns a text that stays. */
export const textPart = (id: string, text: string): Part => ({
  kind: 'text',
  id,
  keep: 'always',
  text: generalize(text),
});
