import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Question } from '../parse/question.js';
import { isAboutTheRight, type Leaning, mayLean } from '../rank/context.js';
import { offTopic } from '../rank/model.js';
import { isOurs, referentOf, type ThreadFacts } from './facts.js';

/** How many times likelier an entry is in a thread than without one. */
const factors = { own: 6, fact: 3, neighbour: 2, other: 0.5, far: 0.15, elsewhere: 0.1 } as const;

/** Returns what a question leans on in its thread; undefined for a long one, and outside of threads of ours. */
export function leaningOf(question: Question, thread: ThreadFacts, knowledge: Knowledge): Leaning | undefined {
  if (!isOurs(thread) || !mayLean(question)) return undefined;
  const subject = referentOf(thread, knowledge) ?? thread.topic!;
  return { subject, said: thread.said ?? [], prior: priorOf(thread, knowledge) };
}

/** Returns the factor of each entry in a thread: its own entry and failure first, then their neighbours. */
function priorOf(thread: ThreadFacts, knowledge: Knowledge): (entry: string) => number {
  const own = [referentOf(thread, knowledge), thread.failure?.cause].filter((id) => id !== undefined);
  const aboutRight = [...own, thread.topic ?? ''].some((id) => isAboutTheRight(id, knowledge));
  const related = new Set(own.flatMap((id) => knowledge.topics.get(id)?.related ?? []));
  const isNeighbour = (entry: string) =>
    related.has(entry) ||
    own.some((id) => knowledge.topics.get(entry)?.related.includes(id)) ||
    (aboutRight && isAboutTheRight(entry, knowledge));
  return (entry) => {
    if (entry === offTopic) return factors.elsewhere;
    // Where a failure was shown, "which account" asks for its account; where none was, it asks for what is true of all.
    if (entry === 'fact') return thread.failure ? factors.fact : 0;
    if (own.includes(entry)) return factors.own;
    if (!knowledge.topics.has(entry) && !knowledge.causes.has(entry)) return factors.neighbour;
    if (isNeighbour(entry)) return factors.neighbour;
    // What is true of the right is mostly wrong of another failure.
    return isAboutTheRight(entry, knowledge) ? factors.far : factors.other;
  };
}
