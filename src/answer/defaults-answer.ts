import type { Knowledge } from '../knowledge/knowledge.js';
import type { UserRight } from '../knowledge/rights-schema.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { errorAnswer } from './errors.js';
import { dropEmptyParts, sourcesOf } from './parts.js';
import { defaultOf, defaultsPart, holdersText, rightOf } from './rights.js';
import { fitScreen } from './screen.js';

/**
 * Who holds the right by default: one row when the question names a server type or policy, else the table. SERVICE is
 * always among them; the schema of the knowledge refuses a list without it.
 */
export function defaultsAnswer(knowledge: Knowledge, where = ''): Answer {
  const right = rightOf(knowledge);
  if (!right) return errorAnswer('unknown-question');
  const row = rowFor(right, where);
  const { title, first, note, source } = row ?? wholeTable(right);
  const parts = dropEmptyParts([
    { kind: 'text', id: 'answer', keep: 'always', text: first },
    row && withIis(right, row),
    note ? { kind: 'text', id: 'note', keep: 'normal', text: note } : undefined,
    row ? defaultsPart(knowledge) : { ...defaultsPart(knowledge, 'normal')!, heading: 'By server type and policy' },
    { kind: 'text', id: 'why', heading: 'Why', keep: 'normal', text: right.why },
    ...alsoParts(right, row !== undefined),
  ]);
  return {
    title,
    summary: `${plainText(title)}: ${plainText(first)}`,
    parts: fitScreen({ title, parts }).parts,
    actions: [],
    sources: sourcesOf([source ? [right.sources[source]!] : Object.values(right.sources)]),
  };
}

interface Row {
  title: Text;
  first: Text;
  note: string | undefined;
  source: string | undefined;
  withIis: boolean;
  added: string[];
}

function wholeTable(right: UserRight): Row {
  return {
    title: `Default holders of ${right.constant} ("${right.title}")`,
    first: holdersText(right),
    note: undefined,
    source: undefined,
    withIis: false,
    added: [],
  };
}

/** Returns the row whose name or nickname the question is, or contains as a word; the longest nickname wins. */
function rowFor(right: UserRight, where: string): Row | undefined {
  const asked = where
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  if (asked === '') return undefined;
  const rows = [...right.defaults, ...right.also];
  const named = rows.flatMap((row) => [row.where, ...row.aliases].map((name) => ({ row, name: fold(name) })));
  const best = named
    .filter(({ name }) => ` ${asked} `.includes(` ${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0]?.row;
  if (!best) return undefined;
  const added = 'adds' in best ? best.adds.map((h) => h.name) : [];
  const list = 'adds' in best ? [...right.holders.map((h) => h.name), ...added].join(', ') : defaultOf(right, best);
  const undefinedHere = 'notDefined' in best && best.notDefined === true;
  return {
    title: `${best.where}: default holders of ${right.constant}`,
    first: undefinedHere
      ? "Not defined: this policy doesn't set the right, so the computer's own list applies."
      : `${list}.`,
    note: best.note,
    source: best.source,
    withIis: 'withIis' in best && best.withIis === true,
    added,
  };
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function withIis(right: UserRight, row: Row): Part | undefined {
  if (row.withIis || right.withIis.length === 0) return undefined;
  const names = [...right.holders.map((h) => h.name), ...row.added, ...right.withIis.map((h) => h.name)];
  return { kind: 'text', id: 'holders', heading: 'On a server with IIS', keep: 'normal', text: `${names.join(', ')}.` };
}

function alsoParts(right: UserRight, forOneRow: boolean): Part[] {
  if (right.also.length === 0) return [];
  const facts = right.also.map((row) => ({
    label: row.where,
    value: [`+ ${row.adds.map((h) => `${h.name} (${h.sid})`).join(', ')}. ${row.note ?? ''}`.trim()] as Text,
  }));
  const notes = right.defaults.filter((d) => d.note).map((d) => ({ label: d.where, value: d.note! as Text }));
  return [
    {
      kind: 'facts',
      id: 'versions',
      heading: 'Where it differs',
      keep: 'fold',
      facts: forOneRow ? facts : [...facts, ...notes],
    },
  ];
}
