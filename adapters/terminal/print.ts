import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import type { TerminalDeps } from './deps.js';
import { paintText } from './paint.js';

/**
 * Prints an answer as text: verdict, title, parts.
 * @param form `brief` leaves out the folded parts and lists their headings
 */
export function printAnswer(answer: Answer, deps: TerminalDeps, form: { brief?: boolean } = {}): void {
  const paint = deps.colours ? paintText : undefined;
  deps.out(renderText(answer, { columns: deps.columns, verdict: true, folded: !form.brief, paint }));
}
