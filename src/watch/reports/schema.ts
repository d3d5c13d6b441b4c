import * as z from 'zod';
import type { Answer, Part } from '../../answer/answer.js';
import { postKinds } from '../ports.js';

const line = z.string().max(4000);
const name = z.string().regex(/^[\w.-]{1,60}$/);
const span = z.union([
  line,
  z.strictObject({ code: line }),
  z.strictObject({ strong: line }),
  z.strictObject({
    link: line,
    href: z
      .string()
      .max(1000)
      .regex(/^https:\/\/[^\s]+$/),
  }),
]);
const text = z.union([line, z.array(span).max(200)]);
const base = {
  id: name,
  heading: line.optional(),
  keep: z.enum(['always', 'normal', 'fold']),
  copy: z.literal(true).optional(),
};
const shell = z.enum(['cmd', 'powershell', 'both']);
const step = z.strictObject({
  text,
  command: line.optional(),
  shell: shell.optional(),
  note: text.optional(),
  rollback: text.optional(),
});

/** The parts that a post of a watcher is made of. */
const part: z.ZodType<Part> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...base, text }),
  z.strictObject({
    kind: z.literal('facts'),
    ...base,
    facts: z.array(z.strictObject({ label: line, value: text })).max(100),
  }),
  z.strictObject({
    kind: z.literal('table'),
    ...base,
    columns: z.array(line).max(12),
    rows: z.array(z.array(text).max(12)).max(100),
  }),
  z.strictObject({ kind: z.literal('steps'), ...base, steps: z.array(step).max(30) }),
  z.strictObject({
    kind: z.literal('command'),
    ...base,
    command: line,
    language: z.enum(['cmd', 'powershell']).optional(),
    note: text.optional(),
  }),
  z.strictObject({ kind: z.literal('notice'), ...base, level: z.enum(['info', 'warning']), text }),
]);

const answer: z.ZodType<Answer> = z.strictObject({
  title: text,
  summary: line,
  parts: z.array(part).max(30),
  actions: z.array(z.never()).max(0),
  sources: z.array(z.never()).max(0),
});

const word = z.string().max(300).nullable();
const group = z.strictObject({
  verdict: name,
  cause: name.nullable(),
  pool: word,
  site: word,
  server: word,
  page: z.string().max(2100).nullable(),
  count: z.number().int().min(0),
});

const schema = z.literal('frebot.report/1');

/** What a watcher may send. Anything else is refused whole. */
export const reportSchema = z.union([
  z.strictObject({ schema, kind: z.literal('heartbeat') }),
  z.strictObject({
    schema,
    id: z.uuid(),
    kind: z.enum(postKinds),
    at: z.iso.datetime(),
    answer,
    group: group.optional(),
    causes: z.array(name).max(10).optional(),
    of: z.uuid().optional(),
  }),
]);
