import type { Answer, Span, Text } from '../answer/answer.js';
import { endSentence } from '../answer/end-sentence.js';

/** Returns a reply of a title and, where that is not enough, a sentence. */
export function shortAnswer(title: string, text?: string): Answer {
  return {
    title,
    summary: text ? `${endSentence(title)} ${text}` : endSentence(title),
    parts: text ? [{ kind: 'text', id: 'text', keep: 'always', text }] : [],
    actions: [],
    sources: [],
  };
}

/** Returns a text as a list of spans. */
export function toSpans(text: Text): readonly Span[] {
  return typeof text === 'string' ? [text] : text;
}
