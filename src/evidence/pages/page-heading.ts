import { elementText, htmlText } from './html-text.js';

/** The heading of an error page: status, substatus and the words behind them. */
export interface PageHeading {
  status: number;
  substatus: number;
  /** The heading as the page shows it, on one line. */
  text: string;
}

/** `HTTP Error 500.19 - Internal Server Error`; the words around HTTP are translated, the rest is not. */
const inLine =
  /(?:^|\n)[^\S\n]{0,20}(?:[#*>-]{1,4} )?([^\n\d?]{0,40}\bHTTP\b[^\n\d?]{0,24}([45]\d\d)\.(\d{1,4})\s?[-–—:]\s?[^\n?]{3,120})(?=\n|$)/;
/** The same within a sentence, where quotes hold it together: `it gives me 'HTTP Error 500.19 - Internal Server Error'`. */
const quoted = /["'`]([^\n"'`\d]{0,24}\bHTTP\b[^\n\d?"'`]{0,24}([45]\d\d)\.(\d{1,4})\s?[-–—:]\s?[^\n?"'`]{3,120})["'`]/;
/** `IIS 10.0 Detailed Error - 500.19 - Internal Server Error` */
const inTitle = /([45]\d\d)\.(\d{1,4}) - \S/;
/** The heading is at the top; a saved page has its styles before it. */
const top = 24_000;

/** The heading of IIS's own error pages and those of its modules; null when the text has none. */
export function pageHeading(text: string): PageHeading | null {
  const head = text.slice(0, top);
  if (/<(?:title|h[1-4])>/i.test(head)) {
    for (const name of ['h1', 'h2', 'h3', 'title'] as const) {
      const element = htmlText(elementText(head, name, 500) ?? '');
      const found = inTitle.exec(element);
      if (found) return heading(found[1]!, found[2]!, element);
    }
  }
  const line = inLine.exec(head) ?? quoted.exec(head);
  return line ? heading(line[2]!, line[3]!, line[1]!) : null;
}

/** Returns the status that people write above or among the rows of a page without its words: `HTTP Error 500.19, Error Code …`. */
export function retoldHeading(text: string): PageHeading | null {
  const found = /\b(?:HTTP Error|Error|Fehler) ([45]\d\d)\.(\d{1,3})(?![\d.]*\d)/i.exec(text.slice(0, top));
  return found && heading(found[1]!, found[2]!, found[0]);
}

function heading(status: string, substatus: string, text: string): PageHeading {
  return { status: Number(status), substatus: Number(substatus), text: text.trim() };
}
