import type { Knowledge } from '../../knowledge/knowledge.js';
import { type Hit, searchIndex } from '../../knowledge/search.js';
import { general } from '../../knowledge/words.js';
import type { Question } from './read.js';

/** What a question in a thread turns out to be: one entry, or once more what the thread is about. */
export type FollowUp = { hit: Hit } | 'same-subject' | undefined;

/** The topics that all turn on the right to impersonate: in a thread about one of them, "it" is that right. */
function aboutTheRight(topic: string, knowledge: Knowledge): boolean {
  if (/^SeImpersonatePrivilege$|^0x80070542$|^0xc00000a5$/i.test(topic)) return true;
  if (knowledge.causes.get(topic.toLowerCase())?.reasoning === 'user-right') return true;
  return knowledge.topics.get(topic)?.related.includes('impersonate-right') ?? false;
}

/** "Who did this?" has no word to search by, and in a thread about the lost right only one meaning. */
const whoDidIt =
  /^\W*(and )?who (did|removed|changed|broke|took|has done) (it|this|that|the (group|right|list|setting|gpo))( away)?\W*$/;

/**
 * A question that leans on its thread ("and on a DC?", "how do I undo that?", "how do I fix it?"): searched again with
 * the thread's subject added, or answered with that subject. Undefined when it stands on its own feet.
 */
export function followUp(
  asked: Question,
  hits: readonly Hit[],
  knowledge: Knowledge,
  topic: string | undefined,
): FollowUp {
  if (topic === undefined || asked.length > 12 || asked.codes.length + asked.statuses.length > 0) return undefined;
  const alone = hits[0]?.score ?? 0;
  if (alone >= 0.8) return undefined;
  const right = aboutTheRight(topic, knowledge);
  if (right && whoDidIt.test(asked.text) && knowledge.topics.has('event-4705')) {
    return { hit: { kind: 'topic', id: 'event-4705', score: 0.8, covered: 1, anchored: true } };
  }
  const index = searchIndex(knowledge);
  const own = index.words(asked.text);
  // A word nobody here ever used ("printer") says that the thread's subject is not meant.
  if (!own.every((word) => index.knows(word))) return undefined;
  const common = own.every((word) => general.has(word));
  const entry = knowledge.topics.get(topic);

  if (right || entry?.kind === 'tracing') {
    if (own.length === 0) return undefined;
    const subject = right ? 'seimpersonateprivilege' : 'freb';
    const best = index.find(`${asked.text} ${subject}`).find((h) => h.kind === 'topic');
    // "Why is it slow?" is made of common words: with the subject added, all of it must fit.
    const whole = best !== undefined && best.covered >= (right ? 0.95 : 0.8);
    if (best && best.score >= 0.6 && best.score > alone && (!common || whole)) return { hit: best };
    return undefined;
  }
  const asksOn = own.some((word) => followWords.has(word)) || /^\W*(why|how so|really|meaning)\W*$/.test(asked.text);
  return common && asksOn && asked.length <= 8 ? 'same-subject' : undefined;
}

const followWords = new Set(['fix', 'why', 'mean', 'check', 'problem', 'error', 'undo']);
