import type { ThreadKind } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Question } from '../parse/question.js';

/** What a short question in a thread of ours refers to. */
export interface ThreadContext {
  /** The entry that the thread is about, or a number or a right's constant. */
  subject: string;
  /** Entries that the thread is about: what is asked about like them is likelier here. */
  about: readonly string[];
  /** What was said, by `entry` and `entry/statement`: a follow-up does not ask for it again. */
  said: readonly string[];
  /** False for a question that is long enough to be understood without its thread. */
  isShort: boolean;
  /** How many times likelier an entry is in this thread; `nearness`, 0 to 1, tells how alike it is to what the thread is about. */
  prior(entry: string, nearness: number): number;
}

/** Longer questions are understood without their thread. In words. */
const mostWords = 10;

/** True for a question so short that it may refer to its thread. */
export function mayLean({ length }: Pick<Question, 'length'>): boolean {
  return length <= mostWords;
}

/**
 * What a thread is about, as features of a question that refers to it. They tell the kind of subject and not the subject: what
 * one thread teaches holds in the others, and the subject itself weighs by the prior.
 */
export function contextMarks(subject: string, knowledge: Knowledge): string[] {
  return ['in thread', `in ${kindOfThread(subject, knowledge)}`];
}

/** Returns the kind of a thread by its subject: the right, tracing, a failure, a number, or another entry. */
export function kindOfThread(subject: string, knowledge: Knowledge): ThreadKind {
  if (isAboutTheRight(subject, knowledge)) return 'right';
  const entry = knowledge.topics.get(subject);
  if (entry) return entry.kind === 'tracing' ? 'tracing' : 'entry';
  return knowledge.causes.has(subject) ? 'cause' : 'number';
}

/** True for the constant of the right and what belongs to it: its entries, its failure, its code. */
export function isAboutTheRight(topic: string, knowledge: Knowledge): boolean {
  if (topic === 'SeImpersonatePrivilege' || topic === '0x80070542') return true;
  if (knowledge.causes.get(topic)?.reasoning === 'user-right') return true;
  const entry = knowledge.topics.get(topic);
  return (
    entry !== undefined && (entry.about === 'SeImpersonatePrivilege' || entry.related.includes('impersonate-right'))
  );
}
