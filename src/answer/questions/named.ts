import type { Knowledge } from '../../knowledge/knowledge.js';
import { fold } from '../../knowledge/words.js';

/** What a pasted error text turned out to be. */
export type Named = { kind: 'code'; value: number } | { kind: 'status'; code: string };

interface Sentence {
  text: string;
  named: Named;
}

const built = new WeakMap<Knowledge, { names: Map<string, number>; sentences: Sentence[] }>();

/** Letters and digits only, so that quotes, dots and line ends of a message box make no difference. */
const bare = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim();

function tables(knowledge: Knowledge) {
  let found = built.get(knowledge);
  if (!found) {
    const names = new Map<string, number>();
    const sentences: Sentence[] = [];
    const add = (text: string, named: Named) => {
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
    found = { names, sentences };
    built.set(knowledge, found);
  }
  return found;
}

/** A code by its Windows name (`ERROR_ACCESS_DENIED`), or a code or status by its message as a box or page shows it. */
export function byName(text: string, knowledge: Knowledge): Named | undefined {
  const { names, sentences } = tables(knowledge);
  const asked = ` ${bare(text)} `;
  for (const word of asked.match(/[a-z][a-z0-9]*_[a-z0-9_]+/g) ?? []) {
    const value = names.get(word);
    if (value !== undefined) return { kind: 'code', value };
  }
  return sentences.find((s) => asked.includes(s.text))?.named;
}
