import type { Answer } from '../answer/answer.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { answerNamedEntry, answerNamedMessage, answerNamedTitle } from './answer-by-name.js';
import { compareSides } from './compare.js';
import { choiceAnswer } from './compose/choice.js';
import { withLanguageLine } from './compose/language.js';
import { withNamedEvents } from './compose/named-events.js';
import { withNextEntry } from './compose/next-entry.js';
import { numberAnswer } from './compose/number-answer.js';
import { politeAnswer, unknownAnswer } from './compose/other-answers.js';
import { withoutSeenEvidence } from './compose/seen-evidence.js';
import { type Decision, decide } from './decide.js';
import { entryResult } from './entry-result.js';
import { offer } from './offer.js';
import { parseQuestion, type Question } from './parse/question.js';
import type { Candidate } from './rank/candidate.js';
import { isAboutTheRight } from './rank/context.js';
import { type Ranking, rankQuestion } from './rank/rank.js';
import type { AskResult } from './result.js';
import { aspectOfFault } from './thread/asked-aspect.js';
import { isOurs, lookUpFact, type ThreadFacts } from './thread/facts.js';
import { followUp } from './thread/follow-up.js';
import { lastSentence } from './thread/last-sentence.js';
import { withoutKnownCode } from './thread/number.js';
import { preferOwnStatement } from './thread/own-statement.js';
import { placeOf } from './thread/place.js';
import { threadContextOf } from './thread/thread-context.js';
import { answerToldAccount, answerToldNumber } from './thread/told-by-form.js';
import { joinTold, mergeTold, splitTold, tellsSomething, withTold } from './thread/told-first.js';

export type { AskResult } from './result.js';

/** A longer line of a thread is a story. In characters. */
const longestTurn = 300;
/** From here on an overheard question is answered; in a thread of ours people ask on in few words. */
const plainFrom = { alone: 0.78, inThread: 0.62 } as const;

/**
 * Answers a question in the asker's own words. Any string is a question; never throws, never repeats it.
 * @param thread what the thread has shown and said; a short question refers to it
 */
export function ask(raw: string, knowledge: Knowledge, thread: ThreadFacts = {}): AskResult {
  const question = parseQuestion(raw, knowledge);
  const result =
    answerToldForm(question, thread, knowledge) ??
    answerToldFirst(raw, thread, knowledge) ??
    answerToldAgain(raw, thread, knowledge) ??
    answerNamedEntry(question, knowledge) ??
    answerNamedMessage(question, knowledge) ??
    answerNamedTitle(question, knowledge) ??
    answerFromExamples(question, thread, knowledge);
  if (result.intent === 'unknown') return result;
  const names = knowledge.topics.get('display-names')?.facts ?? [];
  const aboutRight =
    question.rights.includes('SeImpersonatePrivilege') ||
    isAboutTheRight(result.entry ?? result.topic ?? '', knowledge);
  const answer = result.intent === 'choice' ? result.answer : withNamedEvents(result.answer, question.events);
  const wanted = withoutSeenEvidence(answer, result.topic, thread, knowledge);
  return { ...result, answer: withLanguageLine(wanted, question.folded, names, aboutRight) };
}

/** Answers a line of a thread that tells something of its failure and asks then; undefined for any other line. */
function answerToldFirst(raw: string, thread: ThreadFacts, knowledge: Knowledge): AskResult | undefined {
  const parts = isOurs(thread) && raw.length <= longestTurn ? splitTold(raw) : undefined;
  if (!parts) return undefined;
  const tellings = parts.told.map((one) => answerPart(one, thread, knowledge)).filter(tellsSomething);
  const told = mergeTold(tellings);
  if (!told) return undefined;
  const asked = answerPart(parts.asked, withTold(thread, told), knowledge);
  if (!isAnswered(asked)) return told;
  // "Did that. Still 500": what fails still is not fixed.
  const kept = asked.aspect === 'still' ? mergeTold(tellings.filter(({ aspect }) => aspect !== 'told-fixed')) : told;
  return kept ? joinTold(kept, asked) : asked;
}

/** Answers a line that names the code of its thread again and tells how it stands: "still 500 0 1346". Undefined for any other line. */
function answerToldAgain(raw: string, thread: ThreadFacts, knowledge: Knowledge): AskResult | undefined {
  const rest = withoutKnownCode(raw, thread, knowledge);
  if (rest === raw) return undefined;
  const result = answerFromExamples(parseQuestion(rest, knowledge), thread, knowledge);
  return result.aspect === 'still' || result.aspect?.startsWith('told-') ? result : undefined;
}

function answerPart(sentence: string, thread: ThreadFacts, knowledge: Knowledge): AskResult {
  const question = parseQuestion(withoutKnownCode(sentence, thread, knowledge), knowledge);
  return answerToldForm(question, thread, knowledge) ?? rankedAnswer(question, thread, knowledge);
}

/** What a line of a thread tells in its own form. */
function answerToldForm(question: Question, thread: ThreadFacts, knowledge: Knowledge): AskResult | undefined {
  if (!isOurs(thread)) return undefined;
  return answerToldNumber(question, thread, knowledge) ?? answerToldAccount(question, thread, knowledge);
}

/** True when one entry answers: nothing was declined, and nothing is offered to choose from. */
export function isAnswered({ intent }: Pick<AskResult, 'intent'>): boolean {
  return intent !== 'unknown' && intent !== 'choice';
}

/** True when an overheard question is so plainly ours that answering is not an intrusion. */
export function plainlyAnswerable(result: AskResult, inThread = false): boolean {
  const from = inThread ? plainFrom.inThread : plainFrom.alone;
  return isAnswered(result) && result.intent !== 'help' && result.score >= from;
}

/** What the examples say. */
function answerFromExamples(question: Question, thread: ThreadFacts, knowledge: Knowledge): AskResult {
  if (!/[\p{L}\p{N}]/u.test(question.text)) return unansweredResult(unknownAnswer(), 0);
  const whole = rankedAnswer(question, thread, knowledge);
  const last = isOurs(thread) ? lastSentence(question) : undefined;
  const part = last === undefined ? whole : rankedAnswer(parseQuestion(last, knowledge), thread, knowledge);
  // After a story the last sentence asks, if it is the plainer one.
  return isAnswered(part) && part.score > whole.score ? part : whole;
}

function rankedAnswer(question: Question, thread: ThreadFacts, knowledge: Knowledge): AskResult {
  const context = threadContextOf(question, thread, knowledge);
  const ranking = preferOwnStatement(rankQuestion(question, context, knowledge), context?.about);
  const place = placeOf(question, context, thread, knowledge);
  const decision = withAspect(decide(ranking, place), ranking, question, thread, knowledge);
  const { probability } = decision;
  const answered = decision.kind === 'answer' ? answerOf(decision, ranking, question, thread, knowledge) : undefined;
  const both = compareSides(question, answered, (side) => ask(side, knowledge), knowledge);
  if (both) return both;
  if (answered) return isOurs(thread) ? answered : besideNext(answered, ranking, knowledge);
  if (decision.kind !== 'choice') return unansweredResult(unknownAnswer(), probability);
  const { card, choices } = offer(decision.candidates, question, thread, knowledge);
  if (card) return { ...card, score: Math.max(probability, 0.5) };
  const { elsewhere } = decision;
  return { intent: 'choice', topic: null, score: probability, choices, elsewhere, answer: choiceAnswer(choices) };
}

/** Outside of a thread a question may ask for two things, or be answered by a neighbour of what it seems to ask for. */
function besideNext(answered: AskResult, { candidates }: Ranking, knowledge: Knowledge): AskResult {
  const { entry, topic } = answered;
  const said = entry ?? topic;
  return said === null
    ? answered
    : { ...answered, answer: withNextEntry(answered.answer, said, candidates, knowledge) };
}

/** In a thread about a fault its own aspect is said, where what would be offered is what answers that in general. */
function withAspect(
  decision: Decision,
  ranking: Ranking,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): Decision {
  if (decision.kind !== 'choice' || thread.topic === undefined) return decision;
  const { probability } = decision;
  const candidate = decision.candidates.find((one) => aspectOfFault(one, ranking, question, thread, knowledge));
  return candidate ? { kind: 'answer', candidate, probability } : decision;
}

/** Says the entry that was decided for, in a thread with what it knows. */
function answerOf(
  { candidate, probability, sign }: Extract<Decision, { kind: 'answer' }>,
  ranking: Ranking,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const thanksForFix = candidate.entry === 'thanks' && thread.failure ? tellsFix(ranking) : undefined;
  const meant = thanksForFix ?? candidate;
  const { entry } = meant;
  if (entry === 'hello' || entry === 'thanks') return unansweredResult(politeAnswer(entry), probability);
  return (
    followUp(meant, ranking, probability, question, thread, knowledge) ??
    resultOf(meant, probability, sign, question, thread, knowledge)
  );
}

/** From this share on "it works now, thanks" says that it is fixed. */
const tellsFrom = 0.2;

/** Returns the candidate that tells of a fix beside thanks; undefined for thanks alone. */
function tellsFix({ candidates, aspect }: Ranking): Candidate | undefined {
  const told = aspect === 'told-fixed' ? candidates.find(({ entry }) => entry === 'same') : undefined;
  return told && told.share >= tellsFrom ? told : undefined;
}

const unansweredResult = (answer: Answer, score: number): AskResult => ({
  intent: 'unknown',
  topic: null,
  score,
  answer,
});

function resultOf(
  candidate: Candidate,
  score: number,
  sign: 'yes' | 'no' | undefined,
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): AskResult | undefined {
  const { entry } = candidate;
  const facts = lookUpFact(thread.failure ?? {}, thread.told);
  if (knowledge.topics.has(entry) || knowledge.causes.has(entry))
    return entryResult(candidate, score, question, knowledge, sign, facts);
  // A number's card; what the thread is about may be a card that the knowledge no longer has.
  const number = numberAnswer(question, knowledge);
  return number && { ...number, score };
}
