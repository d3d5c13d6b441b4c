import type { Activity, Mention } from '../platform/activity.js';

/** The fields that hold a message's text. */
type TextActivity = Pick<Partial<Activity>, 'text' | 'entities' | 'recipient'>;

/** True when the message mentions Frebot. Compares ids, because users choose names. */
export function mentionsUs(activity: TextActivity): boolean {
  return findOwnMentions(activity).length > 0;
}

/** True when the message mentions another person. */
export function mentionsOthers({ entities, recipient }: TextActivity): boolean {
  const all = Array.isArray(entities) ? entities : [];
  return all.some(
    (entity) => entity?.type === 'mention' && (entity as Partial<Mention>).mentioned?.id !== recipient?.id,
  );
}

/**
 * Returns the text that the person wrote, without the mention of Frebot. Mentions of others keep their name and lose their
 * tags. Teams escapes a typed `<`, `>` and `&`, which are decoded once. Pasted text with a raw `<` was not escaped, and
 * decoding would change it.
 */
export function messageText(activity: TextActivity): string {
  let text = activity.text ?? '';
  for (const mention of new Set(findOwnMentions(activity).map((m) => m.text))) {
    if (mention) text = text.split(mention).join(' ');
  }
  // A tag ends before the next `<`. A search for `>` beyond that would read the whole text for each tag.
  text = text
    .replace(/<quoted\b[^<>]*>/gi, '')
    .replace(/<\/?at\b[^<>]*>/gi, '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/\r\n?/g, '\n');
  if (!text.includes('<')) text = decodeOnce(text);
  return text.replace(/\u00a0/g, ' ').trim();
}

/** Returns the text of an HTML message. Blocks and breaks become line ends, tags are removed, entities are decoded once. */
export function decodeHtml(html: string): string {
  const text = html.replace(/<(br|\/p|\/div|\/li|\/tr|\/pre)\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '');
  return decodeOnce(text)
    .replace(/\u00a0/g, ' ')
    .trim();
}

function findOwnMentions(activity: TextActivity): Mention[] {
  const ownId = activity.recipient?.id;
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  return entities.filter(
    (entity): entity is Mention =>
      entity?.type === 'mention' && ownId !== undefined && (entity as Partial<Mention>).mentioned?.id === ownId,
  );
}

const entityCharacters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

function decodeOnce(text: string): string {
  return text.replace(/&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (entity, name, dec, hex) => {
    if (name) return entityCharacters[name.toLowerCase()] ?? entity;
    const code = dec ? Number.parseInt(dec, 10) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
