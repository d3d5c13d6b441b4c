import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** One round of writing: when and how the questions came about, and the questions themselves. */
interface Round<T> {
  round: string;
  note?: string;
  questions: T;
}

/** Questions by what must answer them; alternatives are separated by " | ". */
type ByAnswer = Record<string, string[]>;

/** A question in a thread, the topic of the thread, and what must answer. */
interface FollowUp {
  ask: string;
  topic: string;
  answers: string;
}

/** A question, and a pattern that its answer must match. */
interface Statement {
  ask: string;
  holds: string;
  flags?: string;
}

interface Statements {
  sources: Statement[];
  right: Statement[];
  beginnings: { ask: string; word: string }[];
  confusable: { ask: string; answers: string }[];
  otherLanguages: Record<string, Record<string, string>>;
}

function readTable<T>(name: string): T {
  return parse(readFileSync(join(import.meta.dirname, 'tables', `${name}.yaml`), 'utf8')) as T;
}

export const tuned = readTable<Round<ByAnswer>[]>('tuned');
export const heldOut = readTable<Round<ByAnswer>[]>('held-out');
export const smallTalk = readTable<Round<string[]>[]>('small-talk');
export const offTopic = readTable<Round<string[]>[]>('off-topic');
const followUps = readTable<Round<FollowUp[]>[]>('follow-ups');
export const statements = readTable<Statements>('statements');

/** Returns the questions of one round. Throws when the table has no such round. */
export function questionsOf<T>(table: readonly Round<T>[], round: string): T {
  const found = table.find((one) => one.round === round);
  if (!found) throw new Error(`no round "${round}"`);
  return found.questions;
}

/** Returns the follow-ups of one round as rows of question, topic and answer. */
export function threadOf(round: string): [question: string, topic: string, wanted: string][] {
  return questionsOf(followUps, round).map(({ ask, topic, answers }) => [ask, topic, answers]);
}

/** Returns statements as rows of question and pattern. */
export function patternsOf(rows: readonly Statement[]): [question: string, holds: RegExp][] {
  return rows.map(({ ask, holds, flags }) => [ask, new RegExp(holds, flags)]);
}
