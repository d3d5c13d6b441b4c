import * as z from 'zod';
import { commandSchema } from './shells.js';
import { sourceSchema } from './source-schema.js';
import { idSchema, statementsSchema } from './statement-schema.js';
import { stepSchema } from './step-schema.js';

/** A topic `explain` and `ask` can answer: a concept, a group or SID, an API function, an event, a tool. */
export const topicSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['right', 'concept', 'group', 'function', 'event', 'tool', 'tracing', 'policy']),
  title: z.string(),
  aliases: z.array(z.string()).default([]),
  /** The intent that `ask` reports; `about` is the topic it reports where that is not the id (a right's constant). */
  intent: z
    .string()
    .regex(/^[a-z][a-z-]*$/)
    .default('explain'),
  about: z.string().optional(),
  /** One sentence that is the answer. */
  answer: z.string().min(10),
  /** What can be asked for by itself; said first when it is. */
  statements: statementsSchema,
  /** Two or three more. */
  more: z.array(z.string()).default([]),
  /** What to do, in order, where the answer is a procedure. */
  steps: z.array(stepSchema).default([]),
  facts: z.array(z.strictObject({ label: z.string(), value: z.string() })).default([]),
  details: z.array(z.strictObject({ heading: z.string(), lines: z.array(z.string()).min(1) })).default([]),
  commands: z.array(commandSchema).default([]),
  next: z.string().optional(),
  related: z.array(z.string()).default([]),
  sources: z.array(sourceSchema).min(1),
});

export type Topic = z.infer<typeof topicSchema>;
