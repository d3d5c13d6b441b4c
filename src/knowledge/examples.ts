import * as z from 'zod';

/**
 * Questions as people write them, by what should answer. They are data to learn from, under `knowledge/examples/`; nothing of
 * them is shown. Each file is a list of entries.
 */

const phrasings = z.array(z.string().min(1)).default([]);

/** The languages, besides English, in which entries are asked about. */
const languages = ['de', 'ja', 'fr', 'es', 'zh'] as const;

const inLanguages = z.partialRecord(z.enum(languages), z.array(z.string().min(1)));

/** Questions one statement answers. Under `yes` and `no` are those that this sign answers; a question with "why" or "or" is none. */
const statementExamplesSchema = z.strictObject({
  asks: phrasings,
  yes: phrasings,
  no: phrasings,
  /** Short questions that ask for it in a thread about this subject ("which one?"). */
  thread: phrasings,
  other: inLanguages.default({}),
});

export const entryExamplesSchema = z.strictObject({
  /** A topic or a cause; `code` and `status` are questions about a number, with `<code>` and `<status>` in its place. */
  entry: z.string().min(2),
  asks: phrasings,
  /** Questions for the entry or for one of its statements, not sorted: they teach the entry alone. */
  unsorted: phrasings,
  thread: phrasings,
  other: inLanguages.default({}),
  statements: z.record(z.string(), statementExamplesSchema).default({}),
});

/** Lines of other worlds, which nothing of ours answers. */
export const offTopicSchema = z.strictObject({
  world: z.string().min(2),
  lines: z.array(z.string().min(1)),
});

export type StatementExamples = z.infer<typeof statementExamplesSchema>;
export type EntryExamples = z.infer<typeof entryExamplesSchema>;
export type OffTopic = z.infer<typeof offTopicSchema>;

/** All questions to learn from. */
export interface Examples {
  entries: EntryExamples[];
  offTopic: OffTopic[];
}
