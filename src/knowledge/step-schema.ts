import * as z from 'zod';
import { printsSchema, rightForItsShell, shells } from './shells.js';

export const stepSchema = z
  .strictObject({
    do: z.string().min(3),
    /**
     * What this step is for: statuses (`500.31`), codes (`0x80070005`), modules, or failures an application's log tells
     * (`runtime-missing`). Evidence of another outcome does not show it.
     */
    for: z
      .array(
        z
          .string()
          .regex(
            /^(\d{3}(\.\d+)?|0x[0-9a-f]{8}|[A-Za-z][\w-]{2,40})$/,
            'a status like 500.31, a code like 0x80070005, a module, or a failure like runtime-missing',
          ),
      )
      .min(1)
      .optional(),
    /** What makes this step needless: facts of `told.yaml` (the sender did it already), or an outcome as in `for`. */
    unless: z.array(z.string()).min(1).optional(),
    command: z.string().optional(),
    /** Where the command is typed. */
    shell: z.enum(shells).optional(),
    /** What comes back from it. */
    prints: printsSchema.optional(),
    note: z.string().optional(),
    rollback: z.string().optional(),
  })
  .superRefine(rightForItsShell);

export type KnowledgeStep = z.infer<typeof stepSchema>;
