import * as z from 'zod';
import { outputCommands } from '../evidence/vocabulary/outputs.js';
import { conditionSchema } from './condition-schema.js';
import { oneOrMore } from './one-or-more.js';
import { sourceSchema } from './source-schema.js';

/** A row of `knowledge/outputs.yaml`: what the output of a command shows when it comes alone. */
export const outputSchema = z.strictObject({
  /** The commands it is about. */
  output: oneOrMore(z.enum(outputCommands)),
  /** Rows of one command are tried in order; a row without conditions fits every output of it and comes last. */
  when: z.array(conditionSchema).default([]),
  verdict: z.enum(['failure', 'no-fault', 'inconclusive']),
  /** One or two sentences; braces hold observations. */
  says: z.string().min(10),
  /** The card that explains it and says how to fix it. */
  cause: z.string().optional(),
  certainty: z.enum(['confirmed', 'likely', 'possible']).default('likely'),
  /** What to send next, ids of `evidence-requests.yaml`. */
  next: z.array(z.string()).default([]),
  source: sourceSchema,
});

export type OutputRow = z.infer<typeof outputSchema>;

/** Returns the key of a row in the table: what makes it different from all others. */
export function outputKey(row: OutputRow): string {
  return `${row.output.join(', ')} ${JSON.stringify(row.when)}`;
}
