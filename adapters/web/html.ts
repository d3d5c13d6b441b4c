/** Markup that is already safe. Only `html` makes it, so a plain string can never pass for it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Escapes text for element content and quoted attributes. Control characters that HTML forbids, and those that hide text
 * or turn its direction, become U+FFFD: a log could make a line say something else with them.
 */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => named[c] as string)
    .replace(
      /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g,
      '\uFFFD',
    );
}

type Value = string | number | Html | undefined | false | readonly Value[];

function put(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(put).join('');
  return escapeHtml(String(value));
}

/** Template tag: every value is escaped unless it is `Html` itself. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((out, part, i) => out + put(values[i - 1]) + part));
}
