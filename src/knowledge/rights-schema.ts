import * as z from 'zod';
import { sourceSchema } from './source-schema.js';
import { stepSchema } from './step-schema.js';

/** Shapes of `knowledge/rights/` (who holds a user right by default) and `knowledge/recipes/` (how to give it back). */

const holder = z.strictObject({
  name: z.string().min(2),
  sid: z.string().regex(/^S-1-\d+(-\d+)+$/, 'a SID is S-1-… without the asterisk'),
});

const place = {
  where: z.string().min(3),
  /** Other names that people use, in lower case. */
  aliases: z.array(z.string()).default([]),
  note: z.string().optional(),
  /** Key of `sources`. */
  source: z.string(),
};

export const rightSchema = z
  .strictObject({
    constant: z.string().regex(/^Se[A-Za-z]+(Privilege|Right)$/),
    title: z.string(),
    aliases: z.array(z.string()).default([]),
    /** The holders on every Windows server. */
    holders: z.array(holder).min(1),
    /** Who is added where IIS is installed. */
    withIis: z.array(holder).default([]),
    why: z.string(),
    /** One row for each server type or policy. It has `holders` unless the row says that the right is not defined there. */
    defaults: z
      .array(z.strictObject({ ...place, notDefined: z.literal(true).optional(), withIis: z.literal(true).optional() }))
      .min(1),
    /** Holders that newer versions add. */
    also: z.array(z.strictObject({ ...place, adds: z.array(holder).min(1) })).default([]),
    sources: z.record(z.string(), sourceSchema),
  })
  .refine((r) => r.holders.some((h) => h.sid === 'S-1-5-6'), {
    error: 'the holders must contain SERVICE (S-1-5-6): a list without it is the damaged copy of the page',
    path: ['holders'],
  })
  .refine((r) => [...r.defaults, ...r.also].every((d) => d.source in r.sources), {
    error: 'every row names a key of sources',
    path: ['sources'],
  });

const sidText = z.string().regex(/^S-1-\d+(-\d+)+$/, 'a SID is S-1-… without the asterisk');

/** A row of `knowledge/iis-rights.yaml`: a right that IIS needs, and what its list breaks. */
export const iisRightSchema = z.strictObject({
  right: z.string().regex(/^Se[A-Za-z]+(Privilege|Right)$/),
  /** Its name in the policy editor. */
  title: z.string(),
  /** What fails, in one sentence. */
  breaks: z.string().min(10),
  /** How that looks: status, event, code. */
  looks: z.string().min(10),
  /** The evidence that would show it, an id of `evidence-requests.yaml`. */
  shows: z.string(),
  /** A policy breaks it when its list holds none of these. */
  lacks: z.array(sidText).optional(),
  /** A policy breaks it when its list holds one of these. */
  holds: z.array(sidText).optional(),
  source: sourceSchema,
});

export type IisRight = z.infer<typeof iisRightSchema>;

/** A text to forward, with braces: one paragraph, or rows with labels as the form of a change ticket has them. */
const forwardTextSchema = z
  .strictObject({
    /** Names its part in an answer, and its command: `fix ticket`. */
    id: z.string().regex(/^[a-z][a-z-]*$/),
    title: z.string().min(5),
    /** Other words for it after `fix`. */
    aliases: z.array(z.string()).default([]),
    text: z.string().optional(),
    rows: z.array(z.strictObject({ label: z.string(), text: z.string() })).default([]),
  })
  .refine((t) => (t.text === undefined) !== (t.rows.length === 0), { error: 'a text has either `text` or `rows`' });

/** One way to give the right back: GPO, local policy, PowerShell, a stopgap, texts for the GPO owner. */
export const recipeSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  title: z.string().min(5),
  aliases: z.array(z.string()).default([]),
  /** When this is the right way, in one sentence. */
  when: z.string().min(10),
  steps: z.array(stepSchema).min(1),
  /** A read-only check of the result. */
  check: stepSchema,
  /** The effect on other sites and servers. */
  effect: z.string().min(10),
  undo: z.string().min(10),
  danger: z.string().min(10),
  /** A script with `@@present@@` and `@@needed@@` where lists of holders go. Shown, never run. */
  script: z.string().optional(),
  /** Texts to forward. */
  texts: z.array(forwardTextSchema).default([]),
  /** Other tools: does the entry add to the list or replace it? */
  tools: z.array(z.strictObject({ tool: z.string(), entry: z.string(), does: z.string() })).default([]),
  sources: z.array(sourceSchema).min(1),
});

export type UserRight = z.infer<typeof rightSchema>;
export type Recipe = z.infer<typeof recipeSchema>;
export type ForwardText = z.infer<typeof forwardTextSchema>;
