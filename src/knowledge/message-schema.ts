import * as z from 'zod';
import { conditionSchema } from './condition-schema.js';
import { stepSchema } from './step-schema.js';

/**
 * A message as a page, an event log, a trace or an application prints it, and what it is about. With `says` it also judges
 * evidence: the message of an exception says more than its type.
 */
export const messageSchema = z
  .strictObject({
    /** The fixed words, in order; `…` is for the parts that vary, `{name}` for one that the sentences repeat. */
    text: z.string().min(12),
    /** A cause, a topic, a status or a code of this knowledge. */
    means: z.string(),
    /** What it means here, in a sentence that is the title of the answer; braces hold parts of the text and observations. */
    says: z.string().min(10).max(240).optional(),
    /** What the evidence has to hold besides. */
    when: z.array(conditionSchema).default([]),
    /** Steps for just this message; those of the card follow behind them. */
    do: z.array(stepSchema).default([]),
    /** What to send next, ids of `evidence-requests.yaml`. */
    next: z.array(z.string()).default([]),
    certainty: z.enum(['confirmed', 'likely', 'possible']).default('likely'),
    /** On the scale of the cards: a message of one meaning comes before the card of a type of exception. */
    priority: z.number().int().min(0).max(100).default(74),
    /** A public address, or `experience` where no page prints the text. */
    source: z.union([z.literal('experience'), z.url({ protocol: /^https$/ })]),
  })
  .refine(
    (row) => row.says !== undefined || row.do.length + row.next.length + row.when.length === 0,
    'a message with steps says what it means',
  );

export type PageMessage = z.infer<typeof messageSchema>;

/** Returns the key of a message: its text, with what has to be beside it. */
export function pageMessageKey({ text, when }: PageMessage): string {
  return when.length === 0 ? text : `${text} ${JSON.stringify(when)}`;
}

const hole = /…|\{([a-z][a-z-]*)\}/g;

/** The fixed words of a message in order, and the names of the parts between and behind them. */
export interface MessagePieces {
  pieces: string[];
  /** The name of the part behind each piece; undefined where it has none. */
  names: (string | undefined)[];
}

/** Splits the text of a message into its fixed words and the parts that vary. */
export function messagePieces(text: string): MessagePieces {
  const pieces: string[] = [];
  const names: (string | undefined)[] = [];
  let from = 0;
  for (const found of text.matchAll(hole)) {
    pieces.push(text.slice(from, found.index));
    names.push(found[1]);
    from = found.index + found[0].length;
  }
  return { pieces: [...pieces, text.slice(from)], names };
}
