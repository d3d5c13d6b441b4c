/** Safe markup. It has its own class, so that a plain string is never taken for it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Escapes text for element content and quoted attributes. Control characters that HTML forbids, and those that hide text
 * or change its direction, become U+FFFD, because a log could change the meaning of a line with them.
 */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => entities[c] as string)
    .replace(
      /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g,
      '\uFFFD',
    );
}

type Value = string | number | Html | undefined | false | readonly Value[];

function renderValue(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(renderValue).join('');
  return escapeHtml(String(value));
}

/** Template tag that escapes every value except `Html`. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((out, part, i) => out + renderValue(values[i - 1]) + part));
}
