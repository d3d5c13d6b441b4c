import type { Answer, Span, Text } from '../answer/answer.js';

/** What a reply without evidence is made of: a title, and a sentence where one is not enough. */
export function shortAnswer(title: string, text?: string): Answer {
  return {
    title,
    summary: text ? `${title}. ${text}` : `${title}.`,
    parts: text ? [{ kind: 'text', id: 'text', keep: 'always', text }] : [],
    actions: [],
    sources: [],
  };
}

/** A text as the list of its spans, to go on with. */
export function toSpans(text: Text): readonly Span[] {
  return typeof text === 'string' ? [text] : text;
}
