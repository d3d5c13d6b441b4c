import type { Answer, Part } from '../../answer/answer.js';
import { firstSentences, generalize } from '../../answer/wording.js';
import { findEntry, type Knowledge } from '../../knowledge/knowledge.js';
import type { Candidate } from '../rank/candidate.js';
import { shorten } from './short.js';

/** With so large a share of the votes the next entry may be meant as well. */
const nextFrom = 0.05;
/** Characters that are said of it, whole sentences. */
const longestNext = 260;

/**
 * Adds what the next likely entry says, where there is room: some questions ask for two things, and of some the neighbour has the answer.
 * @param entry the one that answers
 */
export function withNextEntry(
  answer: Answer,
  entry: string,
  candidates: readonly Candidate[],
  knowledge: Knowledge,
): Answer {
  const next = candidates.find(({ entry: other, share }) => other !== entry && share >= nextFrom);
  const part = next && partOf(next, knowledge);
  if (!part) return answer;
  const at = answer.parts.findLastIndex(({ id, keep }) => keep !== 'fold' && id !== 'next') + 1;
  return shorten({ ...answer, parts: answer.parts.toSpliced(at, 0, part) });
}

function partOf({ entry, statement }: Candidate, knowledge: Knowledge): Part | undefined {
  const found = findEntry(entry, knowledge);
  if (!found) return undefined;
  const says = found.statements.find(({ id }) => id === statement)?.says;
  const { head } = firstSentences(says ?? ('answer' in found ? found.answer : found.explanation), longestNext);
  const heading = says === undefined ? { heading: found.title } : {};
  return { kind: 'text', id: 'also', keep: 'normal', ...heading, text: generalize(head) };
}
