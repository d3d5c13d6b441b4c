import type { FactLookup } from '../../answer/wording.js';
import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { aspectAnswer } from '../compose/aspect-answer.js';
import { numberAnswer } from '../compose/number-answer.js';
import { openAspectAnswer, sourcesAnswer } from '../compose/open-aspect-answer.js';
import { openNumberAnswer, openReplyAnswer } from '../compose/open-number-answer.js';
import { wantedAnswer } from '../compose/wanted-answer.js';
import { entryResult } from '../entry-result.js';
import { causesOfNumber } from '../parse/number-causes.js';
import { parseQuestion, type Question } from '../parse/question.js';
import { kindOfThread } from '../rank/context.js';
import type { AskResult } from '../result.js';
import type { AskedAspect } from './asked-aspect.js';
import { lookUpFact, type ThreadFacts } from './facts.js';
import { faultOf } from './fault.js';
import { chooseReply, openFailure } from './finding-reply.js';
import { knownAnswer } from './known-answer.js';
import { namedAnswer } from './named-answer.js';

/** Of these the card of a failure of the right says more than what answers for all entries about it. */
const ofCard: ReadonlySet<Aspect> = new Set<Aspect>(['fix', 'sure', 'other', 'send']);

/** What the command of an entry answers: it is in the entry as a whole. */
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

/** What can be asked of a tool itself; everything else is asked of the fault that it was looked up for. */
const ofTool: ReadonlySet<Aspect> = new Set<Aspect>(['command', 'check', 'more', 'risk']);

/** What can be asked of another topic itself. */
const ofTopic: ReadonlySet<Aspect> = new Set<Aspect>([...ofTool, 'why', 'verify']);

/** Where the last answer asked for one thing alone, "how do I check that" means it. */
function isWantedAlone(
  aspect: Aspect,
  { length }: Pick<Question, 'length'>,
  { wanted = [], failure }: ThreadFacts,
): boolean {
  const asksHow = ofCommand.has(aspect) || (aspect === 'fix' && length <= bareQuestion && failure === undefined);
  return asksHow && wanted.length === 1;
}

/** "How then?" says nothing of a fix. In words. */
const bareQuestion = 2;

/**
 * Answers an aspect of what the thread is about: of a fault first with what is known of it, then by what the knowledge names for that
 * entry, then for all of its kind, then by the card of a cause.
 * @param nearest the statement of the thread's own entry that is nearest to the question
 */
export function subjectAnswer(
  { aspect: asked, of }: AskedAspect,
  nearest: string | undefined,
  score: number,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const said = thread.said ?? [];
  const facts = lookUpFact(thread.failure ?? {}, thread.told);
  const wanted = asked === 'get' || isWantedAlone(asked, question, thread) ? thread.wanted : undefined;
  const way = wanted && wantedAnswer(wanted, facts, knowledge);
  if (way) return { intent: 'capture', topic: thread.topic ?? null, score, wanted, answer: way };
  const aspect = asked === 'get' ? 'check' : asked;
  const fault = faultOf(of, aspect, thread, knowledge);
  const own = of === undefined ? undefined : namedAnswer(of, aspect, said, knowledge);
  const kind = of === undefined ? undefined : knowledge.topics.get(of)?.kind;
  const ofItself = kind === 'tool' ? ofTool : ofTopic;
  // A trace is switched on, found and switched off by itself.
  const isOfTrace = kind === 'tracing' && namedAnswer('tracing', aspect, [], knowledge) !== undefined;
  const isOfFault = fault !== undefined && (fault.id === of || (!isOfTrace && !ofItself.has(aspect)));
  // What the knowledge says about a topic itself comes before its fault; a tool is only a way to look at it.
  const keepsOwn = own !== undefined && kind !== undefined && kind !== 'tool';
  const known = isOfFault && !keepsOwn ? knownAnswer(aspect, fault, score, question, thread, knowledge) : undefined;
  if (known) return known;
  if (own) return entryResult(own, score, question, knowledge, undefined, facts);
  const subject = isOfFault ? fault.id : of;
  if (subject === undefined && thread.offered) return openChoice(aspect, score, thread, knowledge);
  if (subject === undefined) return openNumber(thread.topic ?? '', aspect, score, thread, knowledge);
  const cause = knowledge.causes.get(subject);
  const ofKind = namedAnswer(kindOfThread(subject, knowledge), aspect, said, knowledge);
  if (ofKind && !(cause && ofCard.has(aspect)))
    return entryResult(ofKind, score, question, knowledge, undefined, facts);
  if (cause) {
    const answer = aspectAnswer(aspect, cause, thread, knowledge);
    return answer && { intent: 'cause', topic: cause.id, score, answer };
  }
  const topic = knowledge.topics.get(subject);
  if (topic && (aspect === 'sure' || ofOthers.has(aspect))) {
    const answer = aspect === 'sure' ? sourcesAnswer(topic, knowledge) : openAspectAnswer(topic, knowledge);
    return { intent: topic.intent, topic: topic.about ?? topic.id, entry: topic.id, score, answer };
  }
  const part = ofCommand.has(aspect) && topic?.commands.length !== 0 ? undefined : nearest;
  return entryResult({ entry: subject, ...(part && { statement: part }) }, score, question, knowledge);
}

/** Answers about a number that stands for several causes: what is asked of it, else which they are. Its card comes again where none of them is known. */
function openNumber(
  number: string,
  aspect: Aspect,
  score: number,
  { told }: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const causes = causesOfNumber(number, knowledge);
  const card = numberAnswer(parseQuestion(number, knowledge), knowledge);
  if (causes.length === 0 || !card) return card;
  const facts: FactLookup = (name) => (name === 'status' ? number : lookUpFact({}, told)(name));
  const reply = chooseReply(aspect, openFailure, facts, knowledge);
  if (!reply) return { ...card, score, answer: openNumberAnswer(number, causes, knowledge) };
  const answer = openReplyAnswer(reply, facts, knowledge);
  return answer && { ...card, score, learns: reply.learns, answer };
}

/** Answers what is asked of a failure of which several causes were offered; the thread keeps them. */
function openChoice(aspect: Aspect, score: number, { told }: ThreadFacts, knowledge: Knowledge): AskResult | undefined {
  const facts = lookUpFact({}, told);
  const reply =
    chooseReply(aspect, openFailure, facts, knowledge) ?? chooseReply('other', openFailure, facts, knowledge);
  const answer = reply && openReplyAnswer(reply, facts, knowledge);
  return answer && { intent: 'capture', topic: null, score, answer };
}
