import * as z from 'zod';
import { commandSchema } from './shells.js';
import { idSchema } from './statement-schema.js';

/** What to capture and how: the texts behind `next`. */
export const evidenceRequestSchema = z.strictObject({
  id: idSchema,
  title: z.string(),
  why: z.string(),
  /** Kinds of evidence, or names of facts, that answer the request: where a thread has them, it is not asked for again. */
  shownBy: z.array(z.string()).default([]),
  /** All are typed into one console, because they are shown together. */
  commands: z
    .array(commandSchema)
    .refine((list) => !['cmd', 'powershell'].every((shell) => list.some((c) => c.shell === shell)), {
      error: 'the commands of one request are typed into one console: not cmd and powershell',
    })
    .default([]),
  note: z.string().optional(),
});

export type EvidenceRequest = z.infer<typeof evidenceRequestSchema>;
