import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A question, and a pattern that its answer must match. */
interface Statement {
  ask: string;
  holds: string;
  flags?: string;
}

interface Statements {
  sources: Statement[];
  right: Statement[];
  confusable: { ask: string; answers: string }[];
}

/** Questions that are not examples: what the sources state, and pairs that are easily confused. */
export const statements = parse(
  readFileSync(join(import.meta.dirname, 'tables', 'statements.yaml'), 'utf8'),
) as Statements;

/** Returns statements as rows of question and pattern. */
export function patternsOf(rows: readonly Statement[]): [question: string, holds: RegExp][] {
  return rows.map(({ ask, holds, flags }) => [ask, new RegExp(holds, flags)]);
}
