import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { aspectAnswer } from '../compose/aspect-answer.js';
import { numberAnswer } from '../compose/number-answer.js';
import { openAspectAnswer, sourcesAnswer } from '../compose/open-aspect-answer.js';
import { openNumberAnswer } from '../compose/open-number-answer.js';
import { entryResult } from '../entry-result.js';
import { causesOfNumber } from '../parse/number-causes.js';
import { parseQuestion, type Question } from '../parse/question.js';
import { kindOfThread } from '../rank/context.js';
import type { AskResult } from '../result.js';
import type { AskedAspect } from './asked-aspect.js';
import type { ThreadFacts } from './facts.js';
import { namedAnswer } from './named-answer.js';

/** Of these the card of a failure of the right says more than what answers for all entries about it. */
const ofCard: ReadonlySet<Aspect> = new Set<Aspect>(['fix', 'sure', 'other', 'send']);

/** What the command of an entry answers: it stands in the entry as a whole. */
const ofCommand: ReadonlySet<Aspect> = new Set<Aspect>(['command', 'check']);

/** What another statement of the entry does not answer. */
const ofOthers: ReadonlySet<Aspect> = new Set<Aspect>([
  'other',
  'send',
  'still',
  'restart',
  'undo',
  'compare',
  'also',
  'who',
  'tell',
  'until',
  'began',
  'prevent',
]);

/** What only a fault has: asked in a thread that went on to a topic, the fault is meant. */
const ofFault: ReadonlySet<Aspect> = new Set<Aspect>([...ofOthers, 'fix', 'sure', 'scope', 'risk']);

/** Returns the fault that was spoken of last before a topic that tells how things are; undefined where the entry itself is one. */
function faultBehind(
  entry: string | undefined,
  { said = [], failure }: ThreadFacts,
  { topics, causes }: Knowledge,
): string | undefined {
  const topic = entry === undefined ? undefined : topics.get(entry);
  if (!topic || topic.kind === 'tracing' || topic.steps.length > 0) return undefined;
  return said.map((one) => one.split('/')[0]!).findLast((id) => causes.has(id)) ?? failure?.cause;
}

/**
 * Answers an aspect of what the thread is about: by what the knowledge names for that entry, then for all of its kind, then by the card of a
 * cause.
 * @param nearest the statement of the thread's own entry that is nearest to the question
 */
export function subjectAnswer(
  { aspect, of }: AskedAspect,
  nearest: string | undefined,
  score: number,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const said = thread.said ?? [];
  const own = of === undefined ? undefined : namedAnswer(of, aspect, said, knowledge);
  if (own) return entryResult(own, score, question, knowledge);
  const subject = ofFault.has(aspect) ? (faultBehind(of, thread, knowledge) ?? of) : of;
  if (subject === undefined) return openNumber(thread.topic ?? '', score, knowledge);
  const cause = knowledge.causes.get(subject);
  const ofKind = namedAnswer(kindOfThread(subject, knowledge), aspect, said, knowledge);
  if (ofKind && !(cause && ofCard.has(aspect))) return entryResult(ofKind, score, question, knowledge);
  if (cause) {
    const answer = aspectAnswer(aspect, cause, thread.failure, knowledge);
    return { intent: 'cause', topic: cause.id, score, answer };
  }
  const topic = knowledge.topics.get(subject);
  if (topic && (aspect === 'sure' || ofOthers.has(aspect))) {
    const answer = aspect === 'sure' ? sourcesAnswer(topic, knowledge) : openAspectAnswer(topic, knowledge);
    return { intent: topic.intent, topic: topic.about ?? topic.id, entry: topic.id, score, answer };
  }
  const part = ofCommand.has(aspect) && topic?.commands.length !== 0 ? undefined : nearest;
  return entryResult({ entry: subject, ...(part && { statement: part }) }, score, question, knowledge);
}

/** Answers about a number that stands for several causes; its card comes again where none of them is known. */
function openNumber(number: string, score: number, knowledge: Knowledge): AskResult | undefined {
  const causes = causesOfNumber(number, knowledge);
  const card = numberAnswer(parseQuestion(number, knowledge), knowledge);
  if (causes.length === 0 || !card) return card;
  return { ...card, score, answer: openNumberAnswer(number, causes, knowledge) };
}
