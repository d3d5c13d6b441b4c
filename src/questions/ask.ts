import type { Answer } from '../answer/answer.js';
import { codeAnswer } from '../answer/code-answer.js';
import { hex, knownCode } from '../answer/codes.js';
import { causeAnswer, statusAnswer } from '../answer/topic-answer.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { choiceAnswer, politeAnswer, unknownAnswer } from './desk-answer.js';
import { aboutTheRight, followUp } from './follow-up.js';
import { manners, sentence, topicByIntent, withLocalName } from './intents.js';
import { byMessage, byName, type Named } from './named.js';
import { otherRight } from './other-rights.js';
import { saysOurs } from './ours.js';
import { type Question, readQuestion, webWord } from './read.js';
import { topicByRule } from './rules.js';
import { type Hit, searchIndex } from './search.js';
import { canonical, displayNames, elsewhere, general } from './words.js';

/** What a question is about and what to say. `score` 0..1 says how sure we are that it was this question. */
export interface AskResult {
  /** `explain`, `defaults`, `fix`, `code`, `status`, `cause` …; `unknown` outside of what Frebot knows. */
  intent: string;
  /** Id of the topic or cause, a code, a status, a right's constant; null when unknown. */
  topic: string | null;
  score: number;
  /** The entry of `knowledge/topics/` that spoke, where one did: several of them are about the same right. */
  entry?: string;
  answer: Answer;
}

export interface AskContext {
  /** What the thread is about: a cause, a topic, a code, a status or a right's constant. */
  topic?: string;
}

/** Below this nothing is claimed: the answer says what Frebot knows instead. */
const claimFrom = 0.56;
/** The same for a question without a single word of this field. */
const claimBare = 0.69;
const certain = { score: 1, covered: 1, anchored: true, lead: 1 };
/** From here on a question of three telling words or more is nearly a phrasing an entry lists. */
const nearlyFrom = 0.84;
/** From here on a question is one of the phrasings an entry lists. */
const literalFrom = 0.97;
const byRule = { score: 0.9, covered: 1, anchored: true, lead: 0.9 };
/**
 * How far the best entry must be ahead of the second, by its own score: a weaker hit needs more. Below it both are offered,
 * for a neighbour told with confidence is worse than a question back.
 */
const aheadBy: readonly (readonly [below: number, margin: number])[] = [
  [0.66, 0.052],
  [0.76, 0.021],
];
/** From here on what was nearest is worth a question back. */
const offerFrom = 0.5;
/** The same for a question that names something of ours and nothing of another world: that one is never sent away. */
const offerOursFrom = 0.4;
/** From here on the question is plainly one for us. */
const plainFrom = 0.74;

/** HRESULTs that say only that something failed: E_FAIL, E_UNEXPECTED, and those of a .NET and of a SQL exception. */
const wrappers: ReadonlySet<number> = new Set([0x80004005, 0x8000ffff, 0x80131500, 0x80131501, 0x80131904]);

/** Answers a question in the asker's own words. Any string is a question; never throws, never repeats it. */
export function ask(question: string, knowledge: Knowledge, context: AskContext = {}): AskResult {
  const asked = readQuestion(question);
  const polite = manners(asked.text);
  if (polite) return { intent: 'unknown', topic: null, score: 0, answer: politeAnswer(polite) };
  const index = searchIndex(knowledge);
  const hits = index.find(asked.text);
  const follow = followUp(asked, hits, knowledge, context.topic);
  if (follow === 'same-subject') {
    const same = subject(context.topic!, asked, knowledge);
    if (same) return { ...same, score: 0.75 };
  } else if (follow) {
    return found(follow.hit, asked, knowledge, follow.hit.score);
  }

  const said = sentence(asked.text);
  if (said && knowledge.topics.has(said)) return found({ kind: 'topic', id: said, ...certain }, asked, knowledge, 1);

  const named = byId(asked.text, knowledge);
  if (named) return found(named, asked, knowledge, 1);

  const message = byMessage(asked.text, knowledge);
  if (message && message.only === undefined) {
    // A number on the page says more than its words, unless .NET wraps every failure in that number.
    const wrapped = asked.statuses.length === 0 && asked.codes.every(({ value }) => wrappers.has(value));
    const number = wrapped ? undefined : byNumber(asked, knowledge, undefined);
    return number ?? pasted(message.named, asked, knowledge);
  }
  const best = hits[0];
  // What was asked in an entry's very words is that entry; otherwise the ideas of a question say more than its words.
  const rule = ruled(asked, knowledge);
  const literal = best !== undefined && best.score >= literalFrom;
  if (rule && (!literal || best.id === rule.id)) return found(rule, asked, knowledge, rule.score);
  if (asked.codes.length + asked.statuses.length === 0) {
    const text = byName(asked.text, knowledge);
    if (text?.kind === 'code' && !wantsFix(asked, knowledge)) return codeResult(text.value, knowledge);
    if (text?.kind === 'status') return statusResult(text.code, knowledge);
  }
  const numbers = byNumber(asked, knowledge, best);
  if (numbers) return numbers;
  // "Who is on call?" is made of words that entries hold too; without one of this field only a listed sentence is taken,
  // or one that leans on what its thread is about.
  const ours =
    (context.topic !== undefined && asked.refers && sameSubject(best, context.topic, knowledge)) ||
    best?.listed === true ||
    nearlyListed(best, asked, knowledge) ||
    saysOurs([asked.text, canonicalText(asked, knowledge)]);
  const claimed = ours && best !== undefined && best.score >= (best.anchored ? claimFrom : claimBare);
  if (message) return pasted(message.named, asked, knowledge);
  if (claimed && ahead(hits)) return found(best, asked, knowledge, best.score);

  const doubtful = claimed ? undefined : uncertainNumber(asked, knowledge);
  if (doubtful) return doubtful;
  const near = hits.filter((h) => h.score >= 0.4).slice(0, 3);
  const worth = foreign(asked, knowledge) ? offerFrom : offerOursFrom;
  const offered =
    claimed || (ours && best !== undefined && best.score >= worth && (best.anchored || webWord.test(asked.text)));
  const answer = offered
    ? choiceAnswer(near.map((h) => ({ title: titleOf(h, knowledge), id: h.id })))
    : unknownAnswer(near.map((h) => titleOf(h, knowledge)));
  return { intent: 'unknown', topic: null, score: round(Math.min(best?.score ?? 0, claimFrom)), answer };
}

/** Almost a sentence an entry lists, and so many words of it agree that this is no accident. */
function nearlyListed(hit: Hit | undefined, asked: Question, knowledge: Knowledge): boolean {
  if (hit === undefined || hit.score < nearlyFrom) return false;
  return (
    searchIndex(knowledge)
      .words(asked.text)
      .filter((word) => !general.has(word)).length >= 3
  );
}

/** True when a hit is about what the thread is about: the right and its kin, tracing, or the very entry. */
function sameSubject(hit: Hit | undefined, topic: string, knowledge: Knowledge): boolean {
  if (hit === undefined || hit.id === topic) return hit !== undefined;
  const entry = knowledge.topics.get(hit.id);
  if (entry === undefined) return false;
  if (aboutTheRight(topic, knowledge)) return entry.related.includes('impersonate-right');
  return entry.kind === 'tracing' && knowledge.topics.get(topic)?.kind === 'tracing';
}

/** True when the best hit is no toss-up with the second. */
function ahead([best, second]: readonly Hit[]): boolean {
  if (best === undefined || second === undefined) return best !== undefined;
  const margin = aheadBy.find(([below]) => best.score < below)?.[1] ?? 0;
  return best.lead - second.lead >= margin;
}

/** True when an overheard question is so plainly ours that answering is no intrusion. */
export function plainlyAnswerable(result: AskResult): boolean {
  return result.intent !== 'unknown' && result.intent !== 'help' && result.score >= plainFrom;
}

/** What a thread is about, said once more: it holds explanation, check and fix. */
function subject(topic: string, asked: Question, knowledge: Knowledge): AskResult | undefined {
  if (knowledge.causes.has(topic)) return found({ kind: 'cause', id: topic, ...certain }, asked, knowledge, 1);
  if (knowledge.topics.has(topic)) return found({ kind: 'topic', id: topic, ...certain }, asked, knowledge, 1);
  if (/^0x[0-9a-f]{8}$/.test(topic)) return codeResult(Number.parseInt(topic.slice(2), 16), knowledge);
  return knowledge.statuses.has(topic) ? statusResult(topic, knowledge) : undefined;
}

/** "explain slow-client": an id of the knowledge, as answers and JSON name it. */
function byId(text: string, knowledge: Knowledge): Hit | undefined {
  const single = /^explain ([a-z]+)$/.exec(text)?.[1];
  const id =
    single ??
    /^(?:(?:what is|what's|explain|describe|tell me about)\s+)?([a-z][a-z0-9]*(?:[-.][a-z0-9]+)+)\W*$/.exec(text)?.[1];
  if (id === undefined) return undefined;
  if (knowledge.causes.has(id)) return { kind: 'cause', id, ...certain };
  return knowledge.topics.has(id) ? { kind: 'topic', id, ...certain } : undefined;
}

/** A message of a page or log was pasted: what it is about. */
function pasted(named: Named, asked: Question, knowledge: Knowledge): AskResult {
  if (named.kind === 'code') return codeResult(named.value, knowledge);
  if (named.kind === 'status') return statusResult(named.code, knowledge);
  return found({ kind: named.kind, id: named.id, ...certain }, asked, knowledge, 1);
}

/** The entry whose ideas the question joins, unless it names something of another world. */
function ruled(asked: Question, knowledge: Knowledge): Hit | undefined {
  const id = otherRight(asked.text, knowledge) ?? topicByRule(canonicalText(asked, knowledge));
  if (id === undefined || foreign(asked, knowledge)) return undefined;
  if (knowledge.topics.has(id)) return { kind: 'topic', id, ...byRule };
  return knowledge.causes.has(id) ? { kind: 'cause', id, ...byRule } : undefined;
}

const canonicalText = (asked: Question, knowledge: Knowledge) =>
  canonical(asked.text, displayNames(knowledge)).replace(/\s+/g, ' ');

/** Names a product of another world, which answers 500 for reasons of its own. */
const foreign = (asked: Question, knowledge: Knowledge) =>
  searchIndex(knowledge)
    .words(asked.text)
    .some((word) => elsewhere.has(word));

/** A question that names a code or status is about it, unless a topic fits it better (two codes compared, a symptom). */
function byNumber(asked: Question, knowledge: Knowledge, best: Hit | undefined): AskResult | undefined {
  const codes = asked.codes.filter((c) => c.certain || (c.beside && knownCode(c.value, knowledge) !== undefined));
  const statuses = asked.statuses.filter((s) => s.certain);
  const many = codes.length + statuses.length > 1;
  const topicWins =
    best?.kind === 'topic' && best.score >= (many ? 0.6 : asked.length > 5 ? 0.8 : 0.9) && (many || asked.length > 3);
  if ((topicWins && !asked.logLine) || codes.length + statuses.length === 0) return undefined;
  const status = statuses[0];
  if (codes[0]) {
    const cause = knownCode(codes[0].value, knowledge)?.cause;
    if (wantsFix(asked, knowledge) && cause !== undefined && knowledge.causes.has(cause)) {
      const own = knowledge.causes.get(cause)?.reasoning === 'user-right' && knowledge.topics.has('fix-impersonate');
      return found(
        own ? { kind: 'topic', id: 'fix-impersonate', ...certain } : { kind: 'cause', id: cause, ...certain },
        asked,
        knowledge,
        1,
      );
    }
    return codeResult(codes[0].value, knowledge, status?.code);
  }
  const vague = !status!.code.includes('.');
  if (vague && foreign(asked, knowledge)) return undefined;
  if (vague && best && best.score >= claimFrom && asked.length > 4) return undefined;
  return statusResult(status!.code, knowledge);
}

const wantsFix = (asked: Question, knowledge: Knowledge) => searchIndex(knowledge).words(asked.text).includes('fix');

function uncertainNumber(asked: Question, knowledge: Knowledge): AskResult | undefined {
  if (foreign(asked, knowledge)) return undefined;
  const code = asked.codes.find((c) => !c.certain && knownCode(c.value, knowledge) !== undefined);
  // Beside a number "room", "year" and "extension" are words of everyday; what is left must be empty or ours.
  const rest = asked.text.replace(/\b\d+\b/g, ' ');
  const plain = searchIndex(knowledge)
    .words(rest)
    .every((word) => general.has(word));
  const short = asked.length <= 6 && (plain || saysOurs([rest]));
  const hinted = webWord.test(asked.text);
  if (code && (short || hinted)) return { ...codeResult(code.value, knowledge), score: 0.7 };
  const status = asked.statuses.find((s) => s.certain || hinted);
  if (status && (short || hinted)) {
    const result = statusResult(status.code, knowledge);
    return { ...result, score: Math.min(result.score, 0.65) };
  }
  return undefined;
}

/** `status` is the one named beside the code: its meaning comes first. */
function codeResult(value: number, knowledge: Knowledge, status?: string): AskResult {
  const entry = knownCode(value, knowledge);
  return {
    intent: 'code',
    topic: entry?.hresult ?? hex(value),
    // Decoded by its parts only: an answer for who asked, no reason to speak up in a channel.
    score: entry ? 1 : 0.7,
    answer: codeAnswer(value, knowledge, status),
  };
}

function statusResult(code: string, knowledge: Knowledge): AskResult {
  // Some statuses are listed with their zero (404.0), some without (500): both spellings are the same question.
  const names = [code, `${code}.0`, code.replace(/\.0$/, '')];
  const known = names.find((name) => knowledge.statuses.has(name));
  const card = known ? undefined : [...knowledge.causes.values()].find((cause) => cause.aliases.includes(code));
  if (card) return { intent: 'cause', topic: card.id, score: 1, answer: causeAnswer(card, knowledge) };
  const topic = known ?? code.split('.')[0]!;
  const answer = statusAnswer(known ?? code, knowledge);
  if (!answer) return { intent: 'unknown', topic: null, score: 0.5, answer: unknownAnswer() };
  return { intent: 'status', topic, score: known ? 1 : 0.6, answer };
}

function found(hit: Hit, asked: Question, knowledge: Knowledge, score: number): AskResult {
  if (hit.kind === 'cause') {
    const cause = knowledge.causes.get(hit.id)!;
    return { intent: 'cause', topic: cause.id, score: round(score), answer: causeAnswer(cause, knowledge) };
  }
  const topic = knowledge.topics.get(hit.id)!;
  return {
    intent: topic.intent,
    topic: topic.about ?? topic.id,
    score: round(score),
    entry: topic.id,
    answer: withLocalName(topicByIntent(topic, asked, knowledge), asked.text, knowledge),
  };
}

function titleOf(hit: Hit, knowledge: Knowledge): string {
  return hit.kind === 'cause' ? knowledge.causes.get(hit.id)!.title : knowledge.topics.get(hit.id)!.title;
}

const round = (score: number) => Math.round(Math.min(1, Math.max(0, score)) * 100) / 100;
