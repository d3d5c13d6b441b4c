import type { Knowledge } from '../../knowledge/knowledge.js';
import { type Hit, searchIndex } from '../../knowledge/search.js';
import { general } from '../../knowledge/words.js';
import type { Question } from './read.js';

/** The topics that all turn on the right to impersonate: in a thread about one of them, "it" is that right. */
function aboutTheRight(topic: string, knowledge: Knowledge): boolean {
  if (/^SeImpersonatePrivilege$|^0x80070542$|^0xc00000a5$/i.test(topic)) return true;
  if (knowledge.causes.get(topic)?.reasoning === 'user-right') return true;
  return knowledge.topics.get(topic)?.related.includes('impersonate-right') ?? false;
}

/**
 * A question that leans on its thread ("and on a DC?", "how do I undo that?"): searched again with the thread's subject
 * added. Undefined when it stands on its own feet, or when the thread does not help.
 */
export function followUp(
  asked: Question,
  hits: readonly Hit[],
  knowledge: Knowledge,
  topic: string | undefined,
): { hit: Hit; score: number } | undefined {
  if (topic === undefined || asked.length > 12 || asked.codes.length + asked.statuses.length > 0) return undefined;
  const alone = hits[0]?.score ?? 0;
  if (alone >= 0.8) return undefined;
  const index = searchIndex(knowledge);
  const own = index.words(asked.text);
  // A word nobody here ever used ("printer") says that the thread's subject is not meant.
  if (own.length === 0 || !own.every((word) => index.knows(word))) return undefined;

  if (aboutTheRight(topic, knowledge)) {
    const best = index.find(`${asked.text} seimpersonateprivilege`).find((h) => h.kind === 'topic');
    // "Why is it slow?" is made of common words: with the subject added, all of it must fit.
    const common = own.every((word) => general.has(word));
    if (best && best.score >= 0.6 && best.score > alone && (!common || best.covered >= 0.95))
      return { hit: best, score: best.score };
    return undefined;
  }
  if (knowledge.causes.has(topic) && asked.refers && /\b(fix|undo|why|cause|mean|check)\b/.test(own.join(' '))) {
    return { hit: { kind: 'cause', id: topic, score: 0.75, covered: 1, anchored: true }, score: 0.75 };
  }
  return undefined;
}
