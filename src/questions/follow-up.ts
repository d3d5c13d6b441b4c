import type { Knowledge } from '../knowledge/knowledge.js';
import type { Question } from './read.js';
import { topicByRule } from './rules.js';
import { type Hit, searchIndex } from './search.js';
import { canonical, elsewhere, general, stem } from './words.js';

/** What a question in a thread turns out to be: one entry, or once more what the thread is about. */
export type FollowUp = { hit: Hit } | 'same-subject' | undefined;

/** The topics that all turn on the right to impersonate: in a thread about one of them, "it" is that right. */
export function aboutTheRight(topic: string, knowledge: Knowledge): boolean {
  if (/^SeImpersonatePrivilege$|^0x80070542$|^0xc00000a5$/i.test(topic)) return true;
  if (knowledge.causes.get(topic.toLowerCase())?.reasoning === 'user-right') return true;
  return knowledge.topics.get(topic)?.related.includes('impersonate-right') ?? false;
}

/** What is said under an answer about the lost right, in words too common to search by. The whole question is one of them. */
const inThread: readonly (readonly [RegExp, string])[] = [
  [
    /^\W*(and |but |so |ok )*(why (do|does|is|are) |how come )?((the|our|my|all|other|another) )*(sites?|pools?|apps?|it|this|that|they|everything)( is| are)? still (works?|working|work|runs?|running|fine|up|ok(ay)?|online)( fine| though| now| here)*\W*(why)?\W*$/,
    'loss-shows-later',
  ],
  [
    /^\W*(and |but |so |ok )*(when|how soon) (will|would|do|does) ((the|our|my|all|other) )*(sites?|pools?|apps?|it|they|rest|others) (fail|break|stop|die)( too| then| as well)?\W*$/,
    'loss-shows-later',
  ],
  [
    /^\W*(it |this |that |sorry,? )*(still|did ?n.t|did not|does ?n.t|does not|no)\b.{0,24}\b(work\w*|help\w*|fail\w*|luck|change|broken|same|fixed|better|error|500)\W*$/,
    'new-token',
  ],
  [
    /^\W*(still )?(the )?same( error| problem| result)?( again| as before)?\W*$|^\W*no (luck|change|success|difference)\W*$/,
    'new-token',
  ],
  [
    /^\W*(ok(ay)?|well|done|so|and|but|i|we|already|did (that|it|this)|have)?\b[\w ,]{0,24}\b(did|done|tried|have done)\b( (that|it|this|all( of (it|that))?|so|everything))?[ ,.:;-]*(already )?(but )?(it is |it's )?(still )?(the )?same\b.{0,16}$/,
    'new-token',
  ],
  [
    /^\W*(ok(ay)?|and|so|but|then|how|where)?[ ,]*(and |so )?(how|where) (do|can|could|would|will|to|should) ?(i|we|you)? ?(know|check|verify|see|tell|test|confirm|make sure)( (if|that|whether))? (it|this|that|the (fix|change|right))( has| is| was)? ?(really )?(worked|works|ok|done|active|effective|applied|there|set|back|in place|successful)\W*$/,
    'tool-accesschk',
  ],
  [
    /^\W*(and |or |what about |how about )*(with|via|using|by|in|over|through)?( an?| the)? ?(gpo|group policy|powershell|script|secpol|local policy|locally|dsc|ansible|lgpo|server core|no gpo)\W*$/,
    'fix-impersonate',
  ],
  [
    /^\W*(and |or |what about |how about |what is it |und |et |y )*(on|for|in|auf|für|sur|en)( an?| the| our| einem| einer| un| une)? ?(domaincontroller|memberserver|standalone|dcs?|domain controllers?|clients?|client computers?|workstations?|windows \d+|win ?\d+|member servers?|stand-?alone( servers?)?|web ?servers?|iis servers?|(windows )?server 20\d\d( ?r2)?|20\d\d( ?r2)?|servers? with iis)\W*$/,
    'default-holders',
  ],
  [
    /^\W*(and |what about |how about )+(dcs?|domain controllers?|clients?|workstations?|member servers?|(windows )?server 20\d\d( ?r2)?|20\d\d( ?r2)?)\W*$/,
    'default-holders',
  ],
  [
    /^\W*(and |but |so )*(where|how) (do|can|must|should|to|shall) ?(i|we|you)? ?(click|find|see|change|edit|set|open|configure)( (it|this|that|the (right|setting|list|policy)))?( exactly| now| please)?\W*$/,
    'gpo-path',
  ],
  [
    /^\W*(and |but |so )*(is|was|would) (it|this|that|the (right|privilege)) (be )?(really )?(safe|secure|dangerous|risky|a (security )?risk|harmless)( at all| enough| though)?\W*$/,
    'vulnerability',
  ],
  [
    /^\W*(and |but |so |or )*(why not|why can'?t|why should ?n.?t|can'?t|could ?n.?t|can|could|should|may|just|simply|what if|how about|what about|is it (ok|bad|safe|a good idea)|would it be (ok|better|enough)|what is wrong with|what speaks against|better|instead)\b.{0,40}\b(admins?|administrators?|admin rights|localsystem|local system|system|everyone|everybody|all users|domain users|authenticated users)\b(,? (groups?|roles?|rights?|accounts?|members?|instead|then|here|too|as well|to (it|that|the list)|(on|in|into) (it|the list|there)))*\W*$/,
    'never-do',
  ],
  [
    /^\W*(does|will|is) (it|this|that) (need|require|cost|cause|mean) (a |any )?(downtime|outage|interruption|maintenance( window)?)\W*$/,
    'reboot-needed',
  ],
  [
    /^\W*(how|why) (did|could|can|does) (this|that|it) happen\w*( at all| to us)?\W*$|^\W*what (caused|causes) (this|that|it)\W*$/,
    'baseline-tools',
  ],
  [
    /^\W*(and |but |so |ok )*((can|could|may|should) (i|we) |is it (ok|safe|fine|allowed) to |what (happens|breaks) if (i|we) |why not |just )*(remov|delet|drop|tak|leav)(e|ing) (iis_iusrs|s-1-5-32-568|the group|it)( (out|off|away))?( again| there| then| instead| from (it|there|the list))?\W*$/,
    'keep-iis-iusrs',
  ],
  [
    /^\W*(and |but |so |ok )*((do|does|is|are) )?((i|we|it|iis|that) )?(really |actually )?(need|needs|require|requires) (iis_iusrs|the group)( there| then| at all)?\W*$|^\W*(is|was) (iis_iusrs|the group) (really |actually )?(needed|required|necessary|mandatory)\b.{0,20}$/,
    'keep-iis-iusrs',
  ],
  [
    /^\W*(and |but |so |ok )*who (really|actually|truly) needs? (it|this|that|the right)\W*$|^\W*(and |but |so |ok )*(can|may|could|should) (we|i|it|the list) (just |simply )?(be |leave (it|the list) )(left )?(empty|blank)\W*$/,
    'keep-others',
  ],
  [
    /^\W*(and |so |ok )*how (long|fast|soon|quick\w*) (does|will|would|can) (it|this|that|the (fix|change))( all)? (take|last|need)( then| now| usually| normally)?\W*$/,
    'new-token',
  ],
];

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
  if (topic === undefined || asked.length > 12) return undefined;
  // A number that is named is a question of its own; "still 500" and "for 2012 R2?" name none.
  if (asked.codes.some((c) => c.certain) || asked.statuses.some((s) => s.certain)) return undefined;
  const alone = hits[0]?.score ?? 0;
  const right = aboutTheRight(topic, knowledge);
  if (right && whoDidIt.test(asked.text) && knowledge.topics.has('event-4705')) {
    return { hit: { kind: 'topic', id: 'event-4705', score: 0.8, covered: 1, anchored: true, lead: 0.8 } };
  }
  const forms = [asked.text, canonical(asked.text).replace(/\s+/g, ' ').trim()];
  const plain = right ? inThread.find(([pattern]) => forms.some((form) => pattern.test(form)))?.[1] : undefined;
  if (plain !== undefined && knowledge.topics.has(plain))
    return { hit: { kind: 'topic', id: plain, score: 0.8, covered: 1, anchored: true, lead: 0.8 } };
  if (asked.codes.length + asked.statuses.length > 0) return undefined;
  // "Is a restart necessary at night?": with the subject named it is one of the questions people ask about it.
  const ruled = right ? topicByRule(`${forms[1]} seimpersonateprivilege the right`) : undefined;
  const index = searchIndex(knowledge);
  const elsewhereToo = index.words(asked.text).some((word) => elsewhere.has(word));
  if (ruled !== undefined && alone < 0.6 && goesOn.has(ruled) && !elsewhereToo && knowledge.topics.has(ruled))
    return { hit: { kind: 'topic', id: ruled, score: 0.72, covered: 1, anchored: true, lead: 0.72 } };
  const own = index.words(asked.text);
  if (alone >= 0.8) return undefined;
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
    if (best && best.score >= 0.68 && best.score > alone && (!common || whole)) return { hit: best };
    return undefined;
  }
  const asksOn = own.some((word) => followWords.has(word)) || /^\W*(why|how so|really|meaning)\W*$/.test(asked.text);
  return common && asksOn && asked.length <= 8 ? 'same-subject' : undefined;
}

/** What a thread goes on with; other topics want their own words. */
const goesOn = new Set([
  'reboot-needed',
  'new-token',
  'undo-fix',
  'fix-impersonate',
  'blast-radius',
  'tool-gpresult',
  'event-4705',
  'keep-iis-iusrs',
  'keep-others',
]);

const followWords = new Set(['fix', 'why', 'mean', 'check', 'problem', 'error', 'undo'].map(stem));
