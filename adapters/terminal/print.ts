import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Answer } from '../../src/answer/answer.js';
import { neutralize, renderText } from '../../src/answer/text.js';
import { UsageError } from './command.js';
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

/** Writes the HTML report of an answer to a file. Throws UsageError when the file cannot be written. */
export async function writeReport(file: string, answer: Answer, deps: TerminalDeps): Promise<void> {
  const report = await deps.report(answer);
  try {
    writeFileSync(resolve(deps.cwd, file), report);
  } catch (error) {
    throw new UsageError(
      `the report cannot be written to ${neutralize(file)} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}
