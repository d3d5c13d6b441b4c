import type { Knowledge } from '../../knowledge/knowledge.js';
import { messagePieces, type PageMessage } from '../../knowledge/message-schema.js';
import { buildOnce } from '../../knowledge/per-knowledge.js';
import { fold } from './words.js';

/** What a pasted error text turned out to be. */
export type MessageMeaning =
  | { kind: 'code'; value: number }
  | { kind: 'status'; code: string }
  | { kind: 'cause' | 'topic'; id: string };

interface Sentence {
  text: string;
  named: MessageMeaning;
}

/** A message of `knowledge/messages/`: its fixed words between what changes. */
interface Template {
  pieces: string[];
  words: number;
  named: MessageMeaning;
  message: PageMessage;
}

interface Tables {
  /** Codes by their names. */
  names: Map<string, number>;
  sentences: Sentence[];
  templates: Template[];
}

/** Letters and digits only, so that quotes, dots and line ends of a message box make no difference. */
const bare = (text: string) =>
  fold(text)
    .replace(/\bcan'?t\b|\bcan not\b/g, 'cannot')
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .replace(/\bconfig\b/g, 'configuration')
    .trim();

const tables = buildOnce((knowledge): Tables => {
  const names = new Map<string, number>();
  const sentences: Sentence[] = [];
  const add = (text: string, named: MessageMeaning) => {
    const sentence = bare(text);
    // Shorter ones ("Not found.") are words of everyday.
    if (sentence.split(' ').length >= 5) sentences.push({ text: ` ${sentence} `, named });
  };
  for (const code of knowledge.codes.values()) {
    const value = Number.parseInt(code.hresult.slice(2), 16);
    const name = fold(code.name);
    if (name.includes('_') && !names.has(name)) names.set(name, value);
    // Some messages carry the wording of older versions in quotes.
    const older = code.message.match(/"([^"]+)"/)?.[1];
    for (const text of [code.message.split(/(?<=[.!])\s/)[0]!, ...(older ? [older] : [])]) {
      add(text, { kind: 'code', value });
    }
  }
  for (const status of knowledge.statuses.values()) add(status.name, { kind: 'status', code: status.code });
  sentences.sort((a, b) => b.text.length - a.text.length);
  // What has to be beside a message is seen in evidence only.
  const plain = [...knowledge.messages.values()].filter(({ when }) => when.length === 0);
  const templates = plain.map((message) => {
    const pieces = messagePieces(message.text).pieces.map(bare).filter(Boolean);
    return { pieces, words: pieces.join(' ').split(' ').length, named: meaningOfId(message.means, knowledge), message };
  });
  // The one that says most comes first: a heading above a message is not the message.
  templates.sort((a, b) => b.words - a.words);
  return { names, sentences, templates };
});

/** What a text names, and whether the question is little more than that text. */
export interface RecognisedText {
  named: MessageMeaning;
  whole: boolean;
  /** The message of the knowledge that was pasted, where it says more than what it means. */
  message?: PageMessage;
}

/** Most words beside a name or message that are not a question of their own. */
const fewWords = 3;

/** A code by its Windows name (`ERROR_ACCESS_DENIED`), or a code or status by its message as a box or page shows it. */
export function recogniseText(folded: string, knowledge: Knowledge): RecognisedText | undefined {
  const { names, sentences } = tables(knowledge);
  const asked = ` ${bare(folded)} `;
  const count = asked.trim().split(' ').length;
  for (const word of asked.match(/[a-z][a-z0-9]*_[a-z0-9_]+/g) ?? []) {
    const value = names.get(word);
    if (value !== undefined) return { named: { kind: 'code', value }, whole: count <= 1 + fewWords };
  }
  const found = sentences.find((sentence) => asked.includes(sentence.text));
  return found && { named: found.named, whole: count <= found.text.trim().split(' ').length + fewWords };
}

/** What a message names: `means` was checked when the knowledge was loaded. */
function meaningOfId(id: string, knowledge: Knowledge): MessageMeaning {
  if (knowledge.causes.has(id)) return { kind: 'cause', id };
  if (knowledge.topics.has(id)) return { kind: 'topic', id };
  if (knowledge.statuses.has(id)) return { kind: 'status', code: id };
  return { kind: 'code', value: Number.parseInt(id.slice(2), 16) };
}

/** From this many words on a message is recognised, even when its end was not copied. */
const copied = 6;
/** A heading such as "Server Error in '/' Application" has fewer words than this; what is below it says more. */
const heading = 5;

/** What a pasted message is about: all of its fixed words in order, or a piece of one that was copied word by word. */
export function recogniseMessage(folded: string, knowledge: Knowledge): RecognisedText | undefined {
  const { templates } = tables(knowledge);
  const asked = ` ${bare(folded)} `;
  const count = asked.trim().split(' ').length;
  const found = templates.find(({ pieces }) => {
    let at = 0;
    return pieces.every((piece) => {
      const start = asked.indexOf(` ${piece} `, at);
      // The space behind a piece may be the one before the next.
      at = start + piece.length + 1;
      return start >= 0;
    });
  });
  if (found) return { named: found.named, whole: found.words >= heading || count <= 12, message: found.message };
  if (count < copied) return undefined;
  // The shortest that holds it: the rest of a longer one would have been copied too.
  const part = templates.findLast(({ pieces }) => pieces.some((piece) => ` ${piece} `.includes(asked)));
  return part && { named: part.named, whole: true };
}
