import { diagnose } from '../../diagnosis/diagnose.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import type { DeskParts } from '../desk-parts.js';
import { failureFacts } from './failure-facts.js';
import { readTold } from './told-evidence.js';

/** Returns the facts of a thread with its failure judged again, because a person has told something that belongs to the evidence of the thread. */
export async function judgeTold(thread: string, facts: ThreadFacts, parts: DeskParts): Promise<ThreadFacts> {
  const { memory, knowledge, slowMs } = parts;
  const shown = memory.of(thread);
  const told = shown.length === 0 ? [] : await readTold(facts, shown, parts);
  if (told.length === 0) return facts;
  const failure = failureFacts(diagnose([...shown, ...told], knowledge, { slowMs }));
  return failure && failure.cause === facts.failure?.cause ? { ...facts, failure } : facts;
}
