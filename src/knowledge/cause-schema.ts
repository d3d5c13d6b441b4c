import * as z from 'zod';
import { evidenceKinds, origins } from '../evidence/vocabulary/kinds.js';
import { conditionSchema } from './condition-schema.js';
import { sourceSchema } from './source-schema.js';
import { idSchema, statementsSchema } from './statement-schema.js';
import { stepSchema } from './step-schema.js';

const signatureSchema = z.strictObject({
  /** Higher wins when several causes match one file. */
  priority: z.number().int().min(0).max(100),
  /** How sure the cause is when this signature matches, where it differs from the card's `certainty`. */
  certainty: z.enum(['confirmed', 'likely', 'possible']).optional(),
  all: z.array(conditionSchema).min(1),
  none: z.array(conditionSchema).default([]),
  /** Sentences that fit this signature only, tried before the card's own. */
  detail: z.array(z.string()).default([]),
});

const kind = z.enum(evidenceKinds);

/** Whose list a rights export holds: rows without it fit any. */
const origin = z.enum(origins);

/** A second file that confirms or contradicts a cause: its kind, what it must say, and the sentence for it. */
const witnessSchema = z.strictObject({
  kind,
  origin: origin.optional(),
  all: z.array(conditionSchema).min(1),
  none: z.array(conditionSchema).default([]),
  says: z.string().min(3),
});

/**
 * How evidence that is not a trace is judged when it stands alone. Rows are tried in order, the first that fits wins.
 * `says` becomes the file's detail; the cause is claimed only by a row whose verdict is `failure`.
 */
const aloneSchema = z.strictObject({
  kind,
  origin: origin.optional(),
  verdict: z.enum(['failure', 'no-fault', 'inconclusive']),
  certainty: z.enum(['confirmed', 'likely', 'possible']).optional(),
  all: z.array(conditionSchema).default([]),
  none: z.array(conditionSchema).default([]),
  says: z.string().min(3),
  next: z.array(z.string()).default([]),
});

export const causeSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(5),
  /** What a file is when this cause is found in it. */
  verdict: z.enum(['failure', 'challenge', 'slow', 'aborted', 'no-fault']),
  /** Other words people use for it; found by `explain` and `ask`. */
  aliases: z.array(z.string()).default([]),
  /** What can be asked about this failure by itself, where the card's own parts do not answer it. */
  statements: statementsSchema,
  /** How sure the cause is by the signature alone. One file never confirms a cause unless this says `confirmed`. */
  certainty: z.enum(['confirmed', 'likely', 'possible']),
  /** Several signatures are alternatives. */
  signatures: z.array(signatureSchema).min(1),
  /** Two or three sentences: why this happens. Names in braces are observations: {request.app-pool}. */
  explanation: z.string().min(20),
  /** Observations that make the one-line detail, first present wins for each entry; braces may be used in a template. */
  detail: z.array(z.string()).default([]),
  fix: z.array(stepSchema).min(1),
  /** The same steps in a few words each, where a phone screen has no room for all of `fix`. */
  brief: z.array(z.string()).default([]),
  /** One read-only check. */
  check: stepSchema.optional(),
  /** What to drop next. */
  next: z.array(z.string()).default([]),
  /** What else the same fault affects: decides what to fix first, and whether different URLs mean different faults. */
  affects: z.enum(['server', 'application', 'page', 'client']).default('page'),
  /** Of a failure that only shows that something ended or stopped: the causes that can be its reason. */
  reasons: z.array(z.string()).default([]),
  /** Switches on reasoning that needs code: the cause is a user right that a worker process lacks. */
  reasoning: z.enum(['user-right']).optional(),
  /** Sentences for the remarks of that reasoning, by name. */
  remarks: z.record(z.string(), z.string().min(3)).default({}),
  alone: z.array(aloneSchema).default([]),
  confirmedBy: z.array(witnessSchema).default([]),
  contradictedBy: z.array(witnessSchema).default([]),
  /** Similar failures that an answer should name, and the difference. */
  notThis: z.array(z.string()).default([]),
  sources: z.array(sourceSchema).min(1),
});

export type Signature = z.infer<typeof signatureSchema>;
export type SingleFileRow = z.infer<typeof aloneSchema>;
export type Witness = z.infer<typeof witnessSchema>;
export type Cause = z.infer<typeof causeSchema>;
