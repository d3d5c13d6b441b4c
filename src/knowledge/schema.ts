import * as z from 'zod';
import { vocabulary } from '../evidence/vocabulary/index.js';
import { evidenceKinds, origins } from '../evidence/vocabulary/kinds.js';
import { didYouMean } from './nearest.js';
import { commandSchema, printsSchema, rightForItsShell, shells } from './shells.js';

/** Shapes of the YAML files under `knowledge/`. Authors read these rules only as error messages. */

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'an id is lower case words joined by hyphens');

/** Where a fact comes from: a public address, or `experience: true` when an expert says so and no document does. */
export const sourceSchema = z
  .strictObject({
    title: z.string().min(3),
    url: z.url({ protocol: /^https$/ }).optional(),
    date: z
      .string()
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is YYYY, YYYY-MM or YYYY-MM-DD')
      .optional(),
    experience: z.literal(true).optional(),
  })
  .refine((s) => s.url !== undefined || s.experience === true, 'a source has a url, or is marked experience: true');

/** Returns the message for a name that no observation has. */
export function notAnObservation(name: string): string {
  return `"${name}" names no observation (listed in knowledge/OBSERVATIONS.md)${didYouMean(name, Object.keys(vocabulary))}`;
}

/** One item, or a list of them; always a list when read. */
export const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[]);

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

/**
 * One thing an entry says that can be asked for by itself. `says` is the whole answer in at most 60 words and reads well after
 * "Yes." and "No.": those are said only where an example of the question carries the sign (`knowledge/examples/`).
 */
const statementSchema = z.strictObject({
  id,
  says: z.string().min(10),
  /** The one command that answers the question, or that is asked for. */
  command: commandSchema.optional(),
  /** The one next step, where it differs from the entry's. */
  next: z.string().optional(),
  /** A way of giving the right back (`recipes/`) or a text for the owner of the policy, which is shown instead. */
  recipe: z.string().optional(),
});

/** The statements of an entry; their ids differ. */
const statements = z
  .array(statementSchema)
  .refine((list) => new Set(list.map((one) => one.id)).size === list.length, 'two statements have the same id')
  .default([]);

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
 * How evidence that is no trace is judged when it stands alone. Rows are tried in order, the first that fits wins.
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

/** Remarks of the reasoning about a user right. A card with `reasoning: user-right` has a sentence for each. */
export const userRightRemarks = [
  'identity-keeps-right',
  'identity-fits',
  'identity-open',
  'own-pool-sid',
  'list-in-order',
  'manual-group-membership',
  'interactive-token',
  'token-has-right',
  'other-computer',
  'other-has-group',
  'other-pool',
  'other-process',
  'old-token',
  'one-of-several',
  'removed-after',
  'removed-long-before',
  'given-back',
  'same-process',
  'template-only',
  'export-without-name',
  'no-gpo',
  'others-running',
  'several-policies',
  'iis-express',
  'no-holders',
  'page-and-parts',
] as const;

export type UserRightRemark = (typeof userRightRemarks)[number];

export const causeSchema = z.strictObject({
  id,
  title: z.string().min(5),
  /** What a file is when this cause is found in it. */
  verdict: z.enum(['failure', 'challenge', 'slow', 'aborted', 'no-fault']),
  /** Other words people use for it; found by `explain` and `ask`. */
  aliases: z.array(z.string()).default([]),
  /** What can be asked about this failure by itself, where the card's own parts do not answer it. */
  statements,
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

/** What to capture and how: the texts behind `next`. */
export const evidenceRequestSchema = z.strictObject({
  id,
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

export const codeSchema = z.strictObject({
  /** HRESULT or NTSTATUS, `0x` and eight lower-case hexadecimal digits. */
  hresult: z.string().regex(/^0x[0-9a-f]{8}$/),
  win32: z.number().int().optional(),
  name: z.string(),
  message: z.string(),
  /** The meaning when IIS shows it, by context. */
  contexts: z
    .array(
      z.strictObject({
        status: z.string(),
        meaning: z.string(),
        fix: z.string().optional(),
        source: z.string().optional(),
      }),
    )
    .default([]),
  cause: z.string().optional(),
  source: z.string(),
});

export const statusSchema = z.strictObject({
  /** `500` or `500.19`. */
  code: z.string().regex(/^\d{3}(\.\d{1,4})?$/),
  name: z.string(),
  cause: z.string().optional(),
  fix: z.string().optional(),
  causes: z.array(z.string()).default([]),
  source: z.string(),
});

/** A topic `explain` and `ask` can answer: a concept, a group or SID, an API function, an event, a tool. */
export const topicSchema = z.strictObject({
  id,
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
  statements,
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

export type Condition = z.infer<typeof conditionSchema>;
export type Signature = z.infer<typeof signatureSchema>;
export type SingleFileRow = z.infer<typeof aloneSchema>;
export type Witness = z.infer<typeof witnessSchema>;
export type KnowledgeStep = z.infer<typeof stepSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type EvidenceRequest = z.infer<typeof evidenceRequestSchema>;
export type Code = z.infer<typeof codeSchema>;
export type StatusEntry = z.infer<typeof statusSchema>;
export type Topic = z.infer<typeof topicSchema>;
export type Statement = z.infer<typeof statementSchema>;
