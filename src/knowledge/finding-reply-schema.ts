import * as z from 'zod';
import { type Term, vocabulary } from '../evidence/vocabulary/index.js';
import type { Cause } from './cause-schema.js';
import { findingFacts, placeholders } from './fill.js';
import { aspects, resolveAnswer } from './follow-up-schema.js';
import { didYouMean } from './nearest.js';
import { oneOrMore } from './one-or-more.js';
import type { Topic } from './topic-schema.js';
import type { Entry } from './yaml.js';

/** What a thread knows of its failure besides what a card may name. */
const threadFacts = [
  'title',
  'verdict',
  'confidence',
  'status',
  'code',
  'time',
  'url',
  'list',
  'token',
  'told.account',
  'told.gpo',
  'told.number',
  'case',
  'noted',
  'reason',
  'works',
  'outcome',
  'checked',
  'process',
  'editor',
  'manager',
] as const;

/** One thing to say about a finding, with the facts of the thread in braces. The first whose facts are so is said. */
const replySchema = z.strictObject({
  /** Facts that the thread must know, or must not know. */
  known: z.array(z.string()).default([]),
  unknown: z.array(z.string()).default([]),
  /** Facts that must have this value. */
  is: z.record(z.string(), z.string()).default({}),
  /** Numbers of events or codes; the line must name one of them. */
  numbers: z.array(z.string()).default([]),
  /** Said first to a question for yes or no. */
  sign: z.enum(['yes', 'no']).optional(),
  says: z.string().min(10),
  /** What follows it: `fix`, `check`, an evidence request, an entry, or a statement (`entry/statement`). */
  next: z.string().optional(),
  /** What the thread knows once a person has told it. */
  learns: z.record(z.string(), z.string()).default({}),
});

export const findingReplySchema = z.strictObject({
  /** Causes that share these replies, `cause` or `open`. */
  of: oneOrMore(z.string()),
  replies: z.partialRecord(z.enum(aspects), oneOrMore(replySchema)),
});

export type FindingReply = z.output<typeof replySchema>;
export type FindingReplies = z.output<typeof findingReplySchema>;

/** Rows of `cause` stand for every cause, those of `open` for a failure whose cause is not known yet. */
const ofNoCause: ReadonlySet<string> = new Set(['cause', 'open']);

/** Returns what tells two rows apart. */
export function findingRepliesKey({ of }: FindingReplies): string {
  return of.join(' ');
}

/** Checks that a row speaks of causes, facts and things to follow that exist. */
export function checkFindingReplies(
  { value, yaml, path }: Entry<FindingReplies>,
  causes: ReadonlyMap<string, unknown>,
  entries: ReadonlyMap<string, Pick<Topic | Cause, 'statements'>>,
  requests: ReadonlyMap<string, unknown>,
): void {
  for (const of of value.of)
    if (!ofNoCause.has(of) && !causes.has(of))
      yaml.fail([...path, 'of'], `"${of}" is no cause${didYouMean(of, [...causes.keys()])}`);
  for (const [aspect, replies] of Object.entries(value.replies))
    for (const reply of replies ?? []) {
      const at = [...path, 'replies', aspect];
      const { next } = reply;
      const follows =
        next === undefined ||
        ['fix', 'check'].includes(next) ||
        requests.has(next) ||
        resolveAnswer(next, '', (id) => entries.get(id)) !== undefined;
      if (!follows) yaml.fail(at, `"${next}" is no entry, no statement and no evidence request`);
      for (const name of namesIn(reply)) if (!isFact(name)) yaml.fail(at, `"${name}" is no fact of a finding`);
    }
}

function namesIn({ known, unknown, is, says, learns }: FindingReply): string[] {
  const inBraces = placeholders(says, isFact).flatMap(({ names }) => names);
  return [...known, ...unknown, ...Object.keys(is), ...Object.keys(learns), ...inBraces];
}

function isFact(name: string): boolean {
  const facts: readonly string[] = [...findingFacts, ...threadFacts];
  return facts.includes(name) || (vocabulary as Readonly<Record<string, Term>>)[name] !== undefined;
}
