import { statementsPart } from '../../answer/told-parts.js';
import type { Judge } from '../../diagnosis/diagnose.js';
import type { Reading } from '../../evidence/evidence.js';
import { pastedName } from '../../evidence/fragment/pasted-name.js';
import { readStatedStatus } from '../../evidence/fragment/stated-status.js';
import { withToldFacts } from '../../evidence/told-facts.js';
import { sizeLimits } from '../../intake/limits.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { ask } from '../../questions/ask.js';
import { spokenSentences } from '../../questions/sentences.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import { readToldFacts } from '../../questions/told.js';
import { type AskReply, isAnsweredByEntry } from '../ask-reply.js';
import { withKnownWords } from './known-words.js';

/** Returns the readings of a text with all that its words say: messages that the knowledge has, what was tried, a status that a story states. */
export function withWords(readings: readonly Reading[], text: string, knowledge: Knowledge, judge: Judge): Reading[] {
  const beside = withToldBeside(withKnownWords(readings, text, judge), text, knowledge);
  return withToldStory(beside, text, knowledge, judge);
}

/** Returns the readings of a text with what its sender tells beside them: what was tried, since when, where it works. */
function withToldBeside(readings: readonly Reading[], text: string, knowledge: Knowledge): Reading[] {
  if (text.length > sizeLimits.postBytes || readings.every(({ kind }) => kind === 'unknown')) return [...readings];
  const facts = readToldFacts(spokenSentences(text), knowledge);
  return readings.map((reading) => withToldFacts(reading, facts));
}

/**
 * Returns the status that a story states as its reading, where the text holds no evidence, no entry answers it, and what it tells
 * means something for the cause of that status: then the story says more than three entries to choose from.
 */
function withToldStory(readings: readonly Reading[], text: string, knowledge: Knowledge, judge: Judge): Reading[] {
  if (text.length > sizeLimits.questionBytes || readings.some(({ kind }) => kind !== 'unknown')) return [...readings];
  const sentences = spokenSentences(text);
  const stated = readStatedStatus(readings[0]?.file ?? pastedName, sentences);
  const cause = stated ? judge(stated).cause : undefined;
  if (!stated || !cause) return [...readings];
  const facts = readToldFacts(sentences, knowledge);
  const isMeant = facts.some((fact) => knowledge.told.get(fact)?.means.some(({ of }) => of?.includes(cause.id)));
  return isMeant && !isAnsweredByEntry(ask(text, knowledge)) ? [withToldFacts(stated, facts)] : [...readings];
}

/** Lines of a question that also tells what was tried or since when; a shorter one only asks. */
const fewestSentences = 3;

/** Answers a question; where it tells a whole story and a cause answers, with what the story means for that cause. */
export function askWithTold(words: string, knowledge: Knowledge, thread?: ThreadFacts): AskReply {
  const reply = ask(words, knowledge, thread);
  const cause = reply.topic === null ? undefined : knowledge.causes.get(reply.topic);
  const sentences = cause ? spokenSentences(words) : [];
  if (!cause || sentences.length < fewestSentences) return reply;
  const part = statementsPart(readToldFacts(sentences, knowledge), cause, knowledge);
  if (!part) return reply;
  const [first, ...rest] = reply.answer.parts;
  return { ...reply, answer: { ...reply.answer, parts: first ? [first, part, ...rest] : [part] } };
}
