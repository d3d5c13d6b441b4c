import * as z from 'zod';
import { commandSchema } from './shells.js';

/** Ids of entries and statements. */
export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'an id is lower case words joined by hyphens');

/**
 * One thing an entry says that can be asked for by itself. `says` is the whole answer in at most 60 words and reads well after
 * "Yes." and "No.": those are said only where an example of the question carries the sign (`knowledge/examples/`).
 */
const statementSchema = z.strictObject({
  id: idSchema,
  says: z.string().min(10),
  /** The one command that answers the question, or that is asked for. */
  command: commandSchema.optional(),
  /** The one next step, where it differs from the entry's. */
  next: z.string().optional(),
  /** A way of giving the right back (`recipes/`) or a text for the owner of the policy, which is shown instead. */
  recipe: z.string().optional(),
});

/** The statements of an entry; their ids differ. */
export const statementsSchema = z
  .array(statementSchema)
  .refine((list) => new Set(list.map((one) => one.id)).size === list.length, 'two statements have the same id')
  .default([]);

export type Statement = z.infer<typeof statementSchema>;
