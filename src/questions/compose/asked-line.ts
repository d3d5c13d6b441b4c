import { type Answer, type Part, plainText, type Text } from '../../answer/answer.js';
import { insertAfterAnswer } from '../../answer/parts.js';
import { generalize, joinTexts, splitSentences } from '../../answer/wording.js';
import type { Statement } from '../../knowledge/statement-schema.js';
import { stemsOf } from '../parse/words.js';
import type { WordWeight } from '../rank/sign.js';

/** From this weight on, of words of the question that the first screen leaves out, a folded line is shown. */
const leastWeight = 5.5;
/** And this share of the question, by weight. */
const leastShare = 0.25;
/** Words so common tell nothing about what is asked. */
const commonBelow = 2.6;
/** What to send, other entries and the origin answer no question. */
const aside: ReadonlySet<string> = new Set(['next', 'related', 'source']);
/** A longer line is a paragraph. */
const longestLine = 320;

/**
 * Shows the folded line that holds what the question names and the first screen leaves out: an entry is found by the whole
 * question, and what was asked of it may be in its details.
 * @param shown the answer as it is shown without that line
 * @param others the statements of the entry that are not said
 */
export function raiseAskedLine(
  answer: Answer,
  shown: Answer,
  others: readonly Statement[],
  asked: string,
  weightOf: WordWeight,
): Answer {
  const words = [...stemsOf(asked)].filter((word) => weightOf(word) >= commonBelow);
  const shownTexts = [plainText(shown.title), ...shown.parts.filter(({ keep }) => keep !== 'fold').map(textOf)];
  const seen = stemsOf(shownTexts.join(' '));
  const missing = words.filter((word) => !seen.has(word));
  const all = weigh(words, weightOf);
  if (weigh(missing, weightOf) < leastWeight) return answer;
  const lines = [
    ...others.map(({ says }): Part => ({ id: 'asked', kind: 'text', keep: 'always', text: generalize(says) })),
    ...shown.parts.filter(({ id, keep }) => keep === 'fold' && !aside.has(id)).flatMap(linesOf),
  ];
  let best: { part: Part; weight: number } | undefined;
  for (const part of lines) {
    const held = stemsOf(textOf(part));
    const weight = weigh(
      missing.filter((word) => held.has(word)),
      weightOf,
    );
    if (weight > (best?.weight ?? 0)) best = { part, weight };
  }
  if (!best || best.weight < leastWeight || best.weight < leastShare * all) return answer;
  return insertAfterAnswer(answer, [best.part]);
}

const weigh = (words: readonly string[], weightOf: WordWeight) => words.reduce((sum, word) => sum + weightOf(word), 0);

/** Returns what can be shown by itself: a row, a step, a sentence, a command. */
function linesOf(part: Part): Part[] {
  const base = { id: 'asked', keep: 'always' } as const;
  switch (part.kind) {
    case 'text':
      return sentencesOf(part.text).map((text) => ({ ...base, kind: 'text', text }));
    case 'facts':
      return part.facts.map(({ label, value }) => ({
        ...base,
        kind: 'text',
        text: label === '' ? value : joinTexts([label, value], ': '),
      }));
    case 'command':
      return [{ ...part, ...base }];
    // One step of a procedure is none.
    case 'steps':
    case 'table':
    case 'evidence':
    case 'notice':
      return [];
  }
}

/** A text with spans stays whole, if it is short. */
function sentencesOf(text: Text): Text[] {
  if (typeof text === 'string') return splitSentences(text);
  return plainText(text).length <= longestLine ? [text] : [];
}

function textOf(part: Part): string {
  const texts: (Text | undefined)[] = [part.heading];
  switch (part.kind) {
    case 'text':
    case 'notice':
      texts.push(part.text);
      break;
    case 'facts':
      texts.push(...part.facts.flatMap(({ label, value }) => [label, value]));
      break;
    case 'steps':
      texts.push(...part.steps.flatMap(({ text, command }) => [text, command]));
      break;
    case 'command':
      texts.push(part.command, part.note);
      break;
    case 'table':
    case 'evidence':
  }
  return texts.map((text) => (text === undefined ? '' : plainText(text))).join(' ');
}
