import * as z from 'zod';
import { vocabulary } from '../evidence/vocabulary/index.js';
import { didYouMean } from './nearest.js';

/** Returns the message for a name that no observation has. */
export function notAnObservation(name: string): string {
  return `"${name}" names no observation (listed in knowledge/OBSERVATIONS.md)${didYouMean(name, Object.keys(vocabulary))}`;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One test on the observations, with exactly one verb. An observation that occurs several times passes when any of its values
 * does; `includes` and `lacks` test the members of a list. A test that needs more than this becomes an observation, in code.
 */
export const conditionSchema = z
  .strictObject({
    observation: z.string().refine((n) => n in vocabulary, { error: ({ input }) => notAnObservation(String(input)) }),
    present: z.literal(true).optional(),
    absent: z.literal(true).optional(),
    equals: scalar.optional(),
    oneOf: z.array(scalar).min(1).optional(),
    includes: z.string().optional(),
    lacks: z.string().optional(),
    atLeast: z.number().optional(),
  })
  .refine(
    (c) =>
      [c.present, c.absent, c.equals, c.oneOf, c.includes, c.lacks, c.atLeast].filter((v) => v !== undefined).length ===
      1,
    'a condition has exactly one of present, absent, equals, oneOf, includes, lacks, atLeast',
  );

export type Condition = z.infer<typeof conditionSchema>;
