import { neutralize } from '../../src/answer/text.js';

/**
 * A control sequence in Slack's message text: a mention, a channel, a date, a link. In a message a typed `<` arrives as `&lt;`,
 * but in a slash command as it is: XML pasted there, even `<httpErrors>` and `<!-- … -->`, is not markup.
 */
const sequence = /<((?:@[UWB]|#[CG]|!(?:here|channel|everyone|subteam\^|date\^)|https?:\/\/|mailto:)[^<>]*)>/g;
/** The three entities of Slack's escaping. */
const entity = /&(lt|gt|amp);/g;
const characters: Record<string, string> = { lt: '<', gt: '>', amp: '&' };

/**
 * Returns the text that a person typed. Removes mentions of Frebot, replaces links and references by their text, and undoes
 * Slack's escaping exactly once: a typed `&lt;` arrives as `&amp;lt;` and stays `&lt;`.
 */
export function readTypedText(text: string, us: string): string {
  return text
    .replace(sequence, (_whole, inner: string) => readSequence(inner, us))
    .replace(entity, (_whole, name: string) => characters[name] as string)
    .trim();
}

function readSequence(inner: string, us: string): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : inner.slice(bar + 1);
  if (target === `@${us}`) return '';
  if (target.startsWith('@')) return `@${label ?? target.slice(1)}`;
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  return label ?? target.replace(/^mailto:/, '');
}

/** True when the text of a message mentions the user. */
export function mentionsUser(text: string, user: string): boolean {
  return new RegExp(`<@${user}(\\|[^<>]*)?>`).test(text);
}

/** Escapes text for a place where Slack reads mrkdwn, so that it holds no `<!channel>`, no `<http://…|…>` and no entity. */
export function escapeMrkdwn(text: string): string {
  return neutralize(text).replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
}
