import * as z from 'zod';
import { stepSchema } from './step-schema.js';

/** The row of lines that tell nothing that a row is about. */
export const toldNothing = 'nothing';

/** What a fact that a person tells says about the causes named by `of`; about any cause without it. */
const meaningSchema = z.strictObject({
  of: z.array(z.string()).min(1).optional(),
  says: z.string().min(10),
  /** Steps that come before those of the card. */
  do: z.array(stepSchema).default([]),
});

/**
 * What people tell beside evidence: what they tried, since when, where it works. `lines` are data to learn from; none is shown.
 * Steps of the cards name these facts in `for` and `unless`, messages in `when`.
 */
export const toldSchema = z.strictObject({
  fact: z.string().regex(/^[a-z][a-z-]*$/, 'a fact is lower case words joined by hyphens'),
  lines: z.array(z.string().min(3)).min(1),
  /** What a thread knows of its failure once this was told, by the names of facts. */
  learns: z.record(z.string(), z.string()).default({}),
  /** The first that fits the cause is said. */
  means: z.array(meaningSchema).default([]),
});

export type ToldRow = z.output<typeof toldSchema>;
