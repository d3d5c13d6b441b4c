import { compileProposition, propositionOf } from '../../knowledge/propositions.js';
import type { Topic } from '../../knowledge/schema.js';

const compiled = new Map<string, RegExp>();

function fits(when: string, proposition: string): boolean {
  let pattern = compiled.get(when);
  if (pattern === undefined) {
    pattern = compileProposition(when);
    compiled.set(when, pattern);
  }
  return pattern.test(proposition);
}

/**
 * What a topic says to this very question for yes or no, beginning with the sign; undefined where it was not foreseen.
 * @param question folded, the right by its constant
 */
export function polarAnswer(topic: Topic, question: string): string | undefined {
  if (topic.polars.length === 0) return undefined;
  const proposition = propositionOf(question);
  return topic.polars.find(({ when }) => when.some((pattern) => fits(pattern, proposition)))?.answer;
}
