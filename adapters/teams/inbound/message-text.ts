import type { Activity, Mention } from 'botbuilder';

type Heard = Pick<Partial<Activity>, 'text' | 'entities' | 'recipient'>;

/** Whether the message mentions Frebot: by id, since names are the users' to choose. */
export function mentionsUs(activity: Heard): boolean {
  return ourMentions(activity).length > 0;
}

/**
 * What the person wrote, without the mention of Frebot. Other people's mentions keep their name and lose their tags.
 * Teams escapes `<`, `>` and `&` of what is typed; they are decoded once. Text with a raw `<` left in it was not
 * escaped (a paste that Teams handed through), and decoding it would change it.
 */
export function messageText(activity: Heard): string {
  let text = activity.text ?? '';
  for (const mention of new Set(ourMentions(activity).map((m) => m.text))) {
    if (mention) text = text.split(mention).join(' ');
  }
  // A tag ends at the next `<` at the latest: a search for its `>` behind that would look through the whole text for each.
  text = text
    .replace(/<\/?at\b[^<>]*>/gi, '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/\r\n?/g, '\n');
  if (!text.includes('<')) text = decodeOnce(text);
  return text.replace(/\u00a0/g, ' ').trim();
}

/** The text of an HTML message: blocks and breaks become line ends, tags go, entities are decoded once. */
export function decodeHtml(html: string): string {
  const text = html.replace(/<(br|\/p|\/div|\/li|\/tr|\/pre)\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '');
  return decodeOnce(text)
    .replace(/\u00a0/g, ' ')
    .trim();
}

function ourMentions(activity: Heard): Mention[] {
  const us = activity.recipient?.id;
  const entities = Array.isArray(activity.entities) ? activity.entities : [];
  return entities.filter(
    (entity): entity is Mention => entity?.type === 'mention' && us !== undefined && entity.mentioned?.id === us,
  );
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

function decodeOnce(text: string): string {
  return text.replace(/&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (entity, name, dec, hex) => {
    if (name) return named[name.toLowerCase()] ?? entity;
    const code = dec ? Number.parseInt(dec, 10) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
