import * as z from 'zod';

/**
 * Names of products and tools that tell which world a question comes from. `ours` is IIS and what belongs to it, `beside` what
 * often is beside it, `other` what has nothing of it. They are features to learn from; no name decides alone.
 */
export const worldSchema = z.strictObject({
  world: z.string().min(2),
  place: z.enum(['ours', 'beside', 'other']),
  names: z.array(z.string().min(2)).min(1),
});

export type World = z.output<typeof worldSchema>;
