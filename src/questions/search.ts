import MiniSearch from 'minisearch';
import type { Knowledge } from '../knowledge/knowledge.js';
import { displayNames, elsewhere, field, general, words } from './words.js';

/** A topic or cause that answers a question, 0..1: how much of the question and of one known phrasing agree. */
export interface Hit {
  kind: 'topic' | 'cause';
  id: string;
  score: number;
  /** Share of the question that one phrasing covers, 0..1. */
  covered: number;
  /** The question holds a word of this field, so an unknown word beside it says little. */
  anchored: boolean;
  /** The score with what its second best phrasing adds: how far one hit is ahead of another. */
  lead: number;
  /** The question is, letter by letter, a name of the entry or a question it lists. */
  listed?: boolean;
}

interface Phrase {
  id: number;
  text: string;
}

interface Owner {
  kind: Hit['kind'];
  id: string;
  size: number;
}

/** Search over everything Frebot can say. Built once for each loaded knowledge. */
export interface KnowledgeIndex {
  /** Best first, at most ten. An empty list when nothing shares a word with the question. */
  find(question: string): Hit[];
  /** Words of a text as the index compares them. */
  words(text: string): string[];
  /** True when the index has the word or a near spelling of it. */
  knows(word: string): boolean;
}

const built = new WeakMap<Knowledge, KnowledgeIndex>();

/** The index of a knowledge, built at the first call. */
export function searchIndex(knowledge: Knowledge): KnowledgeIndex {
  let index = built.get(knowledge);
  if (!index) {
    index = build(knowledge);
    built.set(knowledge, index);
  }
  return index;
}

/** True when a matched word may be what was meant: a slip of the pen, or an ending of up to three letters more. */
function nearTo(word: string, match: string): boolean {
  return Math.abs(match.length - word.length) <= 3;
}

/** Names with a shape of their own: SIDs and privileges. */
function looksAnchored(word: string): boolean {
  return /^se[a-z]{4,}(privilege|right)$|^s-1-/.test(word);
}

/** Letters and digits alone: two spellings of one sentence. */
const letters = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();

/** A user right, but for the one this is all about. */
function otherName(word: string): boolean {
  return /^se[a-z]{3,}(privilege|right)$/.test(word) && word !== 'seimpersonateprivilege';
}

/** A spelling may differ by one letter in five; shorter words must agree. */
const fuzzyFrom = 5;
const prefixFrom = 4;
/** From this length on a near spelling is taken for the name itself. */
const longName = 9;
/** The most a hit may score that shares no name of this field with the question, however well the sentence fits. */
const withoutName = 0.7;
/** What the second best phrasing adds: of two entries alike by their best one, the one with another that fits is likelier. */
const support = 0.15;

function build(knowledge: Knowledge): KnowledgeIndex {
  const names = displayNames(knowledge);
  const split = (text: string) => words(text, names);
  const phrases: Phrase[] = [];
  const owners: Owner[] = [];
  const phraseWords: string[][] = [];
  /** All words of an entry, split when first needed: most entries never are. */
  const bodies = new Map<string, Set<string>>();
  const bodyTexts = new Map<string, string>();
  const bodyOf = (key: string): Set<string> => {
    let body = bodies.get(key);
    if (!body) {
      body = new Set(split(bodyTexts.get(key) ?? ''));
      bodies.set(key, body);
    }
    return body;
  };

  /** Words of titles and names: they belong to this field. */
  const ours = new Set<string>();
  /** Which entries list a sentence, by its letters. */
  const listed = new Map<string, Set<string>>();
  const add = (kind: Hit['kind'], id: string, text: string, name: boolean) => {
    const list = split(text);
    if (list.length === 0) return;
    if (name) for (const word of list) ours.add(word);
    phrases.push({ id: phrases.length, text: list.join(' ') });
    phraseWords.push(list);
    owners.push({ kind, id, size: list.length });
    listed.set(letters(text), (listed.get(letters(text)) ?? new Set()).add(`${kind} ${id}`));
  };
  for (const topic of knowledge.topics.values()) {
    for (const text of [topic.id.replaceAll('-', ' '), topic.title, ...topic.aliases])
      add('topic', topic.id, text, true);
    for (const text of topic.asks) add('topic', topic.id, text, false);
    const body = [
      topic.title,
      ...topic.aliases,
      ...topic.asks,
      topic.answer,
      ...topic.more,
      ...topic.facts.flatMap((f) => [f.label, f.value]),
    ];
    bodyTexts.set(`topic ${topic.id}`, body.join(' '));
  }
  for (const cause of knowledge.causes.values()) {
    for (const text of [cause.id.replaceAll('-', ' '), cause.title, ...cause.aliases])
      add('cause', cause.id, text, true);
    for (const text of cause.asks) add('cause', cause.id, text, false);
    bodyTexts.set(`cause ${cause.id}`, [cause.title, ...cause.aliases, ...cause.asks, cause.explanation].join(' '));
  }

  // A message typed from memory is near the one that is printed.
  for (const { text, means } of knowledge.messages.values()) {
    const kind = knowledge.causes.has(means) ? 'cause' : knowledge.topics.has(means) ? 'topic' : undefined;
    if (kind) add(kind, means, text, false);
  }

  const mini = new MiniSearch<Phrase>({
    fields: ['text'],
    tokenize: (text) => text.split(' ').filter(Boolean),
    processTerm: (term) => term,
  });
  mini.addAll(phrases);

  const frequency = new Map<string, number>();
  for (const list of phraseWords) for (const word of list) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  /**
   * What a word is worth. Names of this field at least 4, so that one of them carries a question; other words by how rare
   * they are, 4 at most. A word nobody ever used here weighs 5, or 2 beside a word of the field.
   */
  const weight = (word: string, anchored = false): number => {
    const fixed = general.get(word);
    if (fixed !== undefined) return fixed;
    const count = frequency.get(word);
    if (count === undefined) return elsewhere.has(word) ? 12 : anchored ? 2 : 5;
    const rare = Math.log(1 + phrases.length / (1 + count));
    return ours.has(word) ? Math.min(6, Math.max(4, rare)) : Math.min(anchored ? 2.4 : 4, Math.max(2.4, rare));
  };
  const sum = (list: Iterable<string>) => {
    let total = 0;
    for (const word of list) total += weight(word);
    return total;
  };

  const options = {
    prefix: (term: string) => term.length >= prefixFrom && !/\d/.test(term) && !general.has(term),
    fuzzy: (term: string) => (term.length >= fuzzyFrom && !/\d/.test(term) && !general.has(term) ? 0.2 : false),
    maxFuzzy: 2,
  };

  return {
    words: split,
    knows: (word) =>
      frequency.has(word) || (word.length >= longName && mini.search(word, { ...options, prefix: false }).length > 0),
    find(question) {
      const asked = split(question).slice(0, 60);
      if (asked.length === 0) return [];
      // An unknown word is worth the weight of the nearest spelling it matched, so look matches up before weighing.
      const results = mini.search(asked.join(' '), options).slice(0, 80);
      const best = new Map<string, Hit>();
      /** The second best phrasing of each entry. */
      const seconds = new Map<string, number>();
      const anchored = asked.some(
        (word) => field.has(word) || looksAnchored(word) || (word.includes('_') && frequency.has(word)),
      );
      const total = asked.reduce((n, word) => n + weight(word, anchored), 0);
      for (const result of results) {
        const owner = owners[result.id as number]!;
        const own = phraseWords[result.id as number]!;
        // "file" is no abbreviation of "file_cache_access_end": a beginning may lack an ending, not half of the word.
        const pairs = result.queryTerms.flatMap((word): [string, string][] => {
          const kept = result.terms.find((m) => m === word) ?? result.terms.find((m) => nearTo(word, m));
          return kept === undefined ? [] : [[word, kept]];
        });
        if (pairs.length === 0) continue;
        const spelled = new Set(pairs.map(([word]) => word));
        const matched = new Set(pairs.map(([, match]) => match));
        // Exact words count whole. A near spelling of a long name is a slip of the pen; of a short word it may be another word.
        let covered = 0;
        let asIs = total;
        for (const [word, near] of pairs) {
          if (near === word) {
            covered += weight(word, anchored);
            continue;
          }
          const slip = word.length >= longName;
          if (slip) asIs += weight(near, anchored) - weight(word, anchored);
          covered += weight(near, anchored) * (slip ? 0.95 : 0.6);
        }
        const body = bodyOf(`${owner.kind} ${owner.id}`);
        const around = asked.reduce((n, w) => n + (body.has(w) || spelled.has(w) ? weight(w, anchored) : 0), 0);
        const ofQuestion = Math.min(1, covered / Math.max(asIs, 0.01));
        const ofTopic = Math.min(1, around / total);
        const ofPhrase = sum(matched) / sum(own);
        let score = 0.5 * ofQuestion + 0.2 * ofTopic + 0.3 * Math.min(1, ofPhrase);
        // Only words such as "who", "default", "fix" agree: that is the shape of a question, not its subject.
        const named = [...matched].some((w) => !general.has(w) && ours.has(w));
        const subject = named || [...matched].some((w) => !general.has(w));
        if (!subject && (ofQuestion < 0.99 || ofPhrase < 0.99)) score *= 0.6;
        if (!named) score = Math.min(score, withoutName);
        // A sentence about another user right is no answer where that right was not named.
        if (own.some((word) => otherName(word) && !matched.has(word))) score = Math.min(score, 0.5);
        const key = `${owner.kind} ${owner.id}`;
        const before = best.get(key);
        seconds.set(key, Math.max(seconds.get(key) ?? 0, before ? Math.min(before.score, score) : 0));
        if (!before || before.score < score)
          best.set(key, {
            kind: owner.kind,
            id: owner.id,
            score,
            covered: ofQuestion,
            anchored,
            lead: score,
          });
      }
      const hits = [...best.values()];
      const entries = listed.get(letters(question));
      for (const hit of hits) if (entries?.has(`${hit.kind} ${hit.id}`)) hit.listed = true;
      for (const hit of hits) hit.lead = hit.score + support * (seconds.get(`${hit.kind} ${hit.id}`) ?? 0);
      return hits.sort((a, b) => b.lead - a.lead).slice(0, 10);
    },
  };
}
