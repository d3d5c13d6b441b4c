import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Question } from '../parse/question.js';

/** Longer questions stand on their own feet. In words. */
const leaning = 9;

/** What a thread is about, as features of a short question in it; nothing for a long question, or outside of a thread. */
export function contextMarks(
  topic: string | undefined,
  question: Pick<Question, 'length'>,
  knowledge: Knowledge,
): string[] {
  if (topic === undefined || question.length > leaning) return [];
  return ['in thread', `in ${kindOfThread(topic, knowledge)}`, `in ${topic}`];
}

/** The subjects that threads have: the right, tracing, a failure, a number, or another entry. */
function kindOfThread(topic: string, knowledge: Knowledge): string {
  if (isAboutTheRight(topic, knowledge)) return 'right';
  const entry = knowledge.topics.get(topic);
  if (entry) return entry.kind === 'tracing' ? 'tracing' : 'entry';
  return knowledge.causes.has(topic) ? 'cause' : 'number';
}

/** True for the constant of the right and what belongs to it: its entries, its failure, its code. */
export function isAboutTheRight(topic: string, knowledge: Knowledge): boolean {
  if (topic === 'SeImpersonatePrivilege' || topic === '0x80070542') return true;
  if (knowledge.causes.get(topic)?.reasoning === 'user-right') return true;
  return knowledge.topics.get(topic)?.about === 'SeImpersonatePrivilege';
}
