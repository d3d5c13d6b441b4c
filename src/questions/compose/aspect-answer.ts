import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { causeAnswer } from '../../answer/topic-answer.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { lookUpFact, type ThreadFacts } from '../thread/facts.js';
import { nearAspect } from '../thread/near-aspect.js';
import { actionAspects } from './aspects/actions.js';
import type { Aspects } from './aspects/aspect.js';
import { reasonAspects } from './aspects/reasons.js';
import { shorten } from './short.js';

const aspects: Aspects = { ...reasonAspects, ...actionAspects };

/** What a card tells of aspects that it has no sentence of its own for, and that no other aspect is near to. */
const toldByCard: Readonly<Record<string, string>> = {
  nothing: 'scope',
  absent: 'check',
  line: 'fix',
  shortcut: 'fix',
  'told-account': 'fix',
  'told-default': 'fix',
  'which-account': 'fix',
  'which-reason': 'check',
  get: 'check',
};

/** Parts of the whole card that have no heading there, because they lead it. */
const headings: Readonly<Record<string, string>> = { answer: 'Why' };

/**
 * Answers what a follow-up asks of a card: only that, with the facts of the thread's failure. The rest of the card folds. Undefined where the card
 * tells nothing of it.
 */
export function aspectAnswer(
  aspect: Aspect,
  cause: Cause,
  { failure, told }: Pick<ThreadFacts, 'failure' | 'told'>,
  knowledge: Knowledge,
): Answer | undefined {
  const whole = causeAnswer(cause, knowledge);
  const own = failure?.cause === cause.id ? failure : undefined;
  const tell = aspects[aspect] ?? aspects[nearAspect(aspect) ?? ''] ?? aspects[toldByCard[aspect] ?? ''];
  const said = tell?.({
    cause,
    failure: own,
    facts: lookUpFact(own ?? {}, told),
    knowledge,
  });
  if (!said) return aspect === 'more' ? shorten(whole) : undefined;
  const shown = new Set(said.parts.map(({ id }) => id));
  const folded = whole.parts
    .filter(({ id }) => !shown.has(id))
    .map((part): Part => ({ heading: headings[part.id], ...part, keep: 'fold' }));
  const summary = plainText(said.title);
  return shorten({ ...whole, title: said.title, summary, parts: [...said.parts, ...folded] });
}
