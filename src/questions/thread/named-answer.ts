import { type Aspect, resolveAnswer } from '../../knowledge/follow-up-schema.js';
import { findEntry, type Knowledge } from '../../knowledge/knowledge.js';

/** An entry, or one of its statements. */
interface Reference {
  entry: string;
  statement?: string;
}

/**
 * Returns what `knowledge/follow-ups.yaml` names for an aspect of an entry or of a kind of thread: the first that the thread has not said. Undefined
 * when it names nothing, or all of it was said.
 * @param of an entry, or a kind of thread
 */
export function namedAnswer(
  of: string,
  aspect: Aspect,
  said: readonly string[],
  knowledge: Knowledge,
): Reference | undefined {
  const names = knowledge.followUps.get(of)?.answers[aspect] ?? [];
  const references = names.flatMap((name) => resolveAnswer(name, of, (id) => findEntry(id, knowledge)) ?? []);
  return references.find(
    ({ entry, statement }) => !said.includes(statement === undefined ? entry : `${entry}/${statement}`),
  );
}
