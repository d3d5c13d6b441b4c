import type { Knowledge } from '../knowledge/knowledge.js';
import { type Choice, entryChoice, numberChoice } from './compose/choice.js';
import { numberAnswer } from './compose/number-answer.js';
import type { Question } from './parse/question.js';
import type { Candidate } from './rank/candidate.js';
import type { AskResult } from './result.js';
import type { ThreadFacts } from './thread/facts.js';
import { namesFailure } from './thread/number.js';

/** So many words beside a number are no story: its card answers where nothing else is likely. */
const aroundNumber = 6;
/** How many are offered. */
const mostChoices = 3;

/** Returns what is offered to choose from: beside a story the card of a number that stands in it is one of the choices. */
export function offer(
  candidates: readonly Candidate[],
  question: Question,
  thread: ThreadFacts,
  knowledge: Knowledge,
): { card?: AskResult; choices: Choice[] } {
  const offered = [...candidates, ...candidates.flatMap(statementsBeside)].flatMap(
    (candidate) => choiceOf(candidate, question, knowledge) ?? [],
  );
  // A number may be a status and a code; its card is one choice.
  const choices = [...new Map(offered.map((choice) => [choice.id, choice])).values()].slice(0, mostChoices);
  const certain = question.events.length > 0 || [...question.codes, ...question.statuses].some((one) => one.certain);
  const card = certain && !namesFailure(question, thread) ? numberAnswer(question, knowledge) : undefined;
  if (!card) return { choices };
  if (question.length <= aroundNumber) return { card, choices };
  const number = choiceOf({ entry: 'code', share: 0 }, question, knowledge)!;
  return { choices: [...choices.filter(({ id }) => id !== number.id).slice(0, 2), number] };
}

/** Where few entries come near, what else may be meant of them fills the choice. */
const statementsBeside = ({ entry, share, beside = [] }: Candidate): Candidate[] =>
  beside.filter((id) => id !== '').map((statement) => ({ entry, share, statement }));

function choiceOf({ entry, statement }: Candidate, question: Question, knowledge: Knowledge): Choice | undefined {
  if (entry !== 'code' && entry !== 'status') return entryChoice(entry, statement, knowledge);
  const card = numberAnswer(question, knowledge);
  // A status without a card of its own is answered by the cause that carries it.
  const number = card?.intent === 'cause' ? question.statuses[0]!.code : card?.topic;
  return card && numberChoice(number!, card.answer);
}
