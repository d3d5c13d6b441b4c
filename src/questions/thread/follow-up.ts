import type { Cause } from '../../knowledge/cause-schema.js';
import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { factAnswer, isKnownFact, isOptionalFact } from '../compose/fact-answer.js';
import { otherCauseAnswer } from '../compose/other-cause-answer.js';
import type { Question } from '../parse/question.js';
import type { Candidate } from '../rank/candidate.js';
import type { Ranking } from '../rank/rank.js';
import type { AskResult } from '../result.js';
import { type AspectRanking, askedAspect } from './asked-aspect.js';
import type { ThreadFacts } from './facts.js';
import { subjectAnswer } from './subject-answer.js';
import { tellsSomething } from './told-first.js';

/** Facts that only a failure of the right has; in other threads "the list" is another one, and its aspect is meant. */
const ofList: ReadonlySet<string> = new Set(['missing', 'holders']);

/** From this share on a cause is what "could it be …?" names. */
const namedFrom = 0.2;

/**
 * Answers what is asked of the thread's own subject: a fact of its failure, or an aspect of what was said last. Undefined for a
 * question about anything else.
 */
export function followUp(
  candidate: Candidate,
  ranking: AspectRanking & Pick<Ranking, 'own'>,
  score: number,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const { entry, statement } = candidate;
  const { failure } = thread;
  const found = failure && knowledge.causes.get(failure.cause);
  const isKept = found?.reasoning === 'user-right' || !ofList.has(statement ?? '');
  // "Is the pool hanging?" wants no fact that nothing has told.
  const isOpen = question.assertion === undefined && !isOptionalFact(statement ?? '');
  const isAsked = isOpen || isKnownFact(statement ?? '', failure ?? {});
  // "Which account do I add" asks for no fact where the fault has its own answer.
  const isWhom =
    statement === 'account' &&
    ranking.aspect === 'which-account' &&
    found?.reasoning !== 'user-right' &&
    !failure?.account;
  if (entry === 'fact' && statement !== undefined && isKept && isAsked && !isWhom) {
    const answer = factAnswer(statement, failure ?? {}, knowledge);
    return { intent: 'fact', topic: failure?.cause ?? thread.topic ?? null, score, answer };
  }
  const aspects = likelyAspects(ranking, question);
  const asked = askedAspect(candidate, { ...ranking, aspects }, question, thread, knowledge);
  const other =
    found && question.assertion !== undefined
      ? askedCause(candidate, asked?.aspect, ranking.candidates, knowledge)
      : undefined;
  if (other && found && failure && other !== found) {
    const answer = otherCauseAnswer(other, found, failure.confidence === 'confirmed', knowledge);
    return { intent: 'cause', topic: failure.cause, score, aspect: 'sure', answer };
  }
  if (!asked) return undefined;
  // Where nothing is known of the likeliest aspect, the next may be meant; the card of the thread was read before.
  for (const [i, aspect] of [asked.aspect, ...aspects.slice(1), 'more' as const].entries()) {
    const result = subjectAnswer({ aspect, of: asked.of }, ranking.own, score, question, thread, knowledge);
    // From a guess the thread learns nothing.
    if (result && (i === 0 || !tellsSomething(result))) return { ...result, aspect };
  }
  return undefined;
}

/** "Is the port the problem?" */
const asksFirst = /^(?:is|are|was|were|can|could|may|might)\b/;

/** Returns the aspects that a line may ask for, the likeliest first. What asks for yes or no from its first word on tells nothing. */
function likelyAspects({ aspects }: Pick<Ranking, 'aspects'>, { assertion, folded }: Question): Aspect[] {
  const likely = aspects.map((one) => (one === '' ? 'more' : one) as Aspect);
  if (assertion === undefined || likely.length === 0 || !asksFirst.test(folded)) return likely;
  const asked = likely.filter((one) => !one.startsWith('told-'));
  return asked.length > 0 ? asked : ['sure'];
}

/** Returns the cause that a question for yes or no names: the best candidate, or the one beside a doubt. */
function askedCause(
  { entry, statement }: Candidate,
  aspect: string | undefined,
  candidates: readonly Candidate[],
  { causes }: Knowledge,
): Cause | undefined {
  if (entry !== 'same') return statement === undefined ? causes.get(entry) : undefined;
  const named = candidates.find((one) => causes.has(one.entry) && one.share >= namedFrom);
  return aspect === 'sure' && named ? causes.get(named.entry) : undefined;
}
