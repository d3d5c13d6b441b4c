import type { Span } from './answer.js';

const scheme = 'person:';

/**
 * Returns a user of a chat, by the platform's own id, as a piece of text. A door that can shows the name; elsewhere it reads as
 * a member of the chat, because an id says nothing to people and a name is not kept.
 */
export function toPersonSpan(id: string): Span {
  return { link: 'a member of this chat', href: `${scheme}${id}` };
}

/** Returns the id behind such a piece of text; undefined for a link. */
export function personOf(href: string): string | undefined {
  return href.startsWith(scheme) ? href.slice(scheme.length) : undefined;
}
