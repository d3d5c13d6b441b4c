import type { Examples } from '../../knowledge/examples.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { type Example, exampleOf, type LearnedText } from './example.js';
import { textsOfExamples, textsOfOtherWorlds } from './texts-of-examples.js';
import { textsOfKnowledge } from './texts-of-knowledge.js';

/** Returns everything that is learned from, in a fixed order: the entries' own words, the examples, and lines of other worlds. */
export function collectExamples(knowledge: Knowledge, { entries, offTopic }: Examples): Example[] {
  const found: Example[] = [];
  const add = (texts: Iterable<LearnedText>) => {
    for (const text of texts) {
      const example = exampleOf(text, knowledge);
      if (example) found.push(example);
    }
  };
  add(textsOfKnowledge(knowledge));
  add(textsOfExamples(entries, knowledge, () => found.length));
  add(textsOfOtherWorlds(offTopic, knowledge));
  return found;
}
