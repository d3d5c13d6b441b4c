import * as z from 'zod';
import type { Cause } from './cause-schema.js';
import { didYouMean } from './nearest.js';
import type { Topic } from './topic-schema.js';
import type { Entry } from './yaml.js';

/** What is asked or told of the finding of a thread, and of nothing else. */
export const findingAspects = [
  // Who sets its list and what if nothing does, how it must read, whom it hits, how long it takes and holds.
  'setter',
  'absent',
  'line',
  'affected',
  'soon',
  'lasting',
  'recycle',
  'refused',
  'this-right',
  'nothing',
  'culprit',
  'who-holds',
  'shortcut',
  // What a person tells of it.
  'told-account',
  'told-default',
  'told-gpo',
  'told-no-gpo',
  'told-list',
  'told-back',
  'told-recycled',
  'told-token',
  'told-console',
  'told-enabled',
  'told-number',
  'told-checked',
  'told-fixed',
  'told-works',
  'visitor',
  'which-account',
  'which-reason',
  'after',
  'locally',
  'switch-identity',
] as const;

/** What a follow-up can ask of anything that was said: why, how to see it, how to undo it … */
export const aspects = [
  'why',
  'fix',
  'command',
  'check',
  'verify',
  'get',
  'sure',
  'other',
  'send',
  'still',
  'restart',
  'undo',
  'scope',
  'compare',
  'also',
  'more',
  'who',
  'tell',
  'until',
  'risk',
  'began',
  'prevent',
  ...findingAspects,
] as const;

export type Aspect = (typeof aspects)[number];

/** The kinds of threads, by what they are about. */
const threadKinds = ['right', 'tracing', 'entry', 'cause', 'number'] as const;

export type ThreadKind = (typeof threadKinds)[number];

/** A statement of the entry itself, another entry, or a statement of that (`entry/statement`); the first that was not said yet. */
const answers = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((one) => (Array.isArray(one) ? one : [one]));

export const followUpSchema = z.strictObject({
  /** A topic, a cause, or a kind of thread whose entries share these answers. */
  of: z.string(),
  answers: z.partialRecord(z.enum(aspects), answers),
  /** The cause that is meant where something is asked of a finding and none was shown. */
  fault: z.string().optional(),
  /** The evidence that the entry asks for, by ids of `evidence-requests.yaml`. */
  wants: z.array(z.string()).default([]),
});

export type FollowUp = z.output<typeof followUpSchema>;

/** Names the statement or entry that a follow-up's answer refers to; undefined when there is none. */
export function resolveAnswer(
  name: string,
  of: string,
  entryOf: (id: string) => Pick<Topic | Cause, 'statements'> | undefined,
): { entry: string; statement?: string } | undefined {
  const has = (entry: string, statement: string) => entryOf(entry)?.statements.some(({ id }) => id === statement);
  if (has(of, name)) return { entry: of, statement: name };
  const [entry, statement] = name.split('/') as [string, string?];
  if (statement === undefined) return entryOf(entry) && { entry };
  return has(entry, statement) ? { entry, statement } : undefined;
}

/** Checks that a row speaks of entries and statements that exist. */
export function checkFollowUp(
  { value, yaml, path }: Entry<FollowUp>,
  entries: ReadonlyMap<string, Pick<Topic | Cause, 'statements'>>,
): void {
  const kinds: readonly string[] = threadKinds;
  if (!entries.has(value.of) && !kinds.includes(value.of))
    yaml.fail([...path, 'of'], `"${value.of}" is no entry${didYouMean(value.of, [...entries.keys(), ...kinds])}`);
  if (value.fault !== undefined && !entries.has(value.fault))
    yaml.fail([...path, 'fault'], `"${value.fault}" is no cause`);
  for (const [aspect, names] of Object.entries(value.answers))
    for (const name of names ?? [])
      if (!resolveAnswer(name, value.of, (id) => entries.get(id)))
        yaml.fail(
          [...path, 'answers', aspect],
          `"${name}" is no entry and no statement${didYouMean(name, [...entries.keys()])}`,
        );
}
