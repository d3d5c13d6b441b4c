import { codeAnswer } from '../../answer/code-answer.js';
import { hex, knownCode } from '../../answer/codes.js';
import { eventAnswer, eventName } from '../../answer/event-answer.js';
import { causeAnswer, statusAnswer } from '../../answer/topic-answer.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { AskedEvent } from '../parse/events.js';
import { causeOfNumbers } from '../parse/number-causes.js';
import type { Question } from '../parse/question.js';
import type { AskResult } from '../result.js';
import { shorten } from './short.js';

/**
 * Answers with the card of the most telling number: a code over a status, a known one over an unknown one, a sub status over its
 * status. A status beside a code picks what the code means there, a code beside an event what the event means. Undefined without a
 * number.
 */
export function numberAnswer(
  { codes, statuses, events }: Pick<Question, 'codes' | 'statuses' | 'events'>,
  knowledge: Knowledge,
): AskResult | undefined {
  const [event] = events;
  const isKnown = ({ value }: { value: number }) => knownCode(value, knowledge) !== undefined;
  const known = codes.find(isKnown);
  if (event && (event.byCode || !known)) return eventResult(event, knowledge);
  const code = known ?? codes.find(({ certain }) => certain);
  const status = statuses.find((one) => one.code.includes('.')) ?? statuses[0];
  if (code) return codeResult(code, status?.code, knowledge);
  return status && statusResult(status.code, knowledge);
}

function eventResult({ row, id }: AskedEvent, knowledge: Knowledge): AskResult {
  return {
    intent: 'event',
    topic: eventName(row, id),
    ...(row.cause !== undefined && { entry: row.cause }),
    score: 1,
    answer: shorten(eventAnswer(row, id, knowledge)),
  };
}

function codeResult(
  { value, certain }: Question['codes'][number],
  status: string | undefined,
  knowledge: Knowledge,
): AskResult {
  const entry = knownCode(value, knowledge);
  const cause = entry && causeOfNumbers(entry.hresult, status, knowledge);
  return {
    intent: 'code',
    topic: entry?.hresult ?? hex(value),
    ...(cause && { entry: cause.id }),
    // Decoded by its parts only, or a small number: an answer for who asked, no reason to speak up in a channel.
    score: entry && certain ? 1 : 0.7,
    answer: shorten(codeAnswer(value, knowledge, status)),
  };
}

/** Answers with the card of a status, or of the cause that carries it as a name. Undefined when its main status is unknown too. */
export function statusResult(code: string, knowledge: Knowledge): AskResult | undefined {
  // Some statuses are listed with their zero (404.0), some without (500): both spellings are the same question.
  const known = [code, `${code}.0`, code.replace(/\.0$/, '')].find((name) => knowledge.statuses.has(name));
  const card = known ? undefined : [...knowledge.causes.values()].find((cause) => cause.aliases.includes(code));
  if (card) return { intent: 'cause', topic: card.id, score: 1, answer: shorten(causeAnswer(card, knowledge, code)) };
  const answer = statusAnswer(known ?? code, knowledge);
  if (!answer) return undefined;
  return { intent: 'status', topic: known ?? code.split('.')[0]!, score: known ? 1 : 0.6, answer: shorten(answer) };
}
