import { neutralize } from '../../src/answer/text.js';

/** A control sequence of Slack's message text, `<…>`: a typed `<` arrives as `&lt;`. */
const sequence = /<([^<>]*)>/g;
/** An entity of Slack's escaping; it knows these three and no other. */
const entity = /&(lt|gt|amp);/g;
const characters: Record<string, string> = { lt: '<', gt: '>', amp: '&' };

/**
 * Returns what a person typed, from what Slack sends: mentions of us removed, links and references turned into their text, and
 * Slack's escaping undone exactly once (a typed `&lt;` arrives as `&amp;lt;` and stays `&lt;`).
 */
export function typed(text: string, us: string): string {
  return text
    .replace(sequence, (_whole, inner: string) => plainSequence(inner, us))
    .replace(entity, (_whole, name: string) => characters[name] as string)
    .trim();
}

function plainSequence(inner: string, us: string): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : inner.slice(bar + 1);
  if (target === `@${us}`) return '';
  if (target.startsWith('@')) return `@${label ?? target.slice(1)}`;
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  return label ?? target.replace(/^mailto:/, '');
}

/** Whether a message mentions the user. Read from the text itself, since both twins of a mention carry it. */
export function mentionsUser(text: string, user: string): boolean {
  return new RegExp(`<@${user}(\\|[^<>]*)?>`).test(text);
}

/** Text for a place where Slack reads mrkdwn: no `<!channel>`, no `<http://…|…>`, no entity survives. */
export function escapeMrkdwn(text: string): string {
  return neutralize(text).replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
}
