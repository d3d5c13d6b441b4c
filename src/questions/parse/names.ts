import type { Knowledge } from '../../knowledge/knowledge.js';
import { buildOnce } from '../../knowledge/per-knowledge.js';
import { fold } from './words.js';

/** Exact names of the knowledge: SIDs, GUIDs, names in camel case or with an underscore, numbers of events. */
const exactName =
  /S-1-\d+(?:-\d+)*|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|\b[A-Za-z]\w*[a-z0-9][A-Z]\w*|\b\w+_\w+|(?<![\w.:])\d{4,5}(?![\w.:]\w)/g;
/** A label before a code or a status (`ErrorCode: (0x80070542)`) is no name that is asked about: its value is. */
const nameInQuestion =
  /s-1-\d+(?:-\d+)*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![a-z0-9_])[a-z0-9_]{3,}(?![a-z0-9_]|\s*[:=]\s*\(?(?:0x|[3-5]\d\d(?!\d)))/g;
const year = /^(?:19|20)\d\d$/;

/** A name that more entries hold tells nothing. */
const mostEntries = 5;

/** What an entry that only speaks of a name counts beside one that is called by it. */
const whenSpoken = 0.3;

/** Where a name stands: by `entry`, and by `entry/statement`. */
interface Owners {
  entries: Set<string>;
  statements: Set<string>;
}

/** Owners by name: what is called by it, and what speaks of it. */
interface Index {
  called: Map<string, Owners>;
  spoken: Map<string, Owners>;
}

const indexOf = buildOnce((knowledge): Index => {
  const index: Index = { called: new Map(), spoken: new Map() };
  const codes = new Set([...knowledge.codes.values()].map(({ win32 }) => String(win32)));
  const add = (table: Map<string, Owners>, text: string, entry: string, statement?: string) => {
    for (const [name] of text.matchAll(exactName)) {
      if (year.test(name) || codes.has(name)) continue;
      const key = fold(name);
      const owners = table.get(key) ?? { entries: new Set(), statements: new Set() };
      table.set(key, owners);
      owners.entries.add(entry);
      if (statement !== undefined) owners.statements.add(`${entry}/${statement}`);
    }
  };
  for (const { id, title, aliases, statements, ...rest } of [
    ...knowledge.topics.values(),
    ...knowledge.causes.values(),
  ]) {
    for (const text of [title, ...aliases]) add(index.called, text, id);
    const facts = 'facts' in rest ? rest.facts.flatMap(({ label, value }) => [label, value]) : [];
    for (const text of 'answer' in rest ? [rest.answer, ...rest.more, ...facts] : [rest.explanation])
      add(index.spoken, text, id);
    for (const { id: statement, says } of statements) add(index.spoken, says, id, statement);
  }
  return index;
});

/** What the exact names of a question speak for. */
export interface NamedOwners {
  /** How many of the names an entry holds, each divided by how many hold it. */
  entries: ReadonlyMap<string, number>;
  /** Statements, as `entry/statement`, that hold one of them. */
  statements: ReadonlySet<string>;
}

/** Finds the entries and statements that hold an exact name of a folded question: the name decides, whatever else is asked. */
export function findNamed(text: string, knowledge: Knowledge): NamedOwners {
  const { called, spoken } = indexOf(knowledge);
  const entries = new Map<string, number>();
  const statements = new Set<string>();
  for (const [name] of text.matchAll(nameInQuestion)) {
    const own = called.get(name)?.entries;
    // In an entry that is called so, each statement speaks of it.
    for (const id of spoken.get(name)?.statements ?? []) if (!own?.has(id.split('/')[0]!)) statements.add(id);
    const owners = own ?? spoken.get(name)?.entries;
    if (!owners || owners.size > mostEntries) continue;
    const weight = (own ? 1 : whenSpoken) / owners.size;
    for (const entry of owners) entries.set(entry, (entries.get(entry) ?? 0) + weight);
  }
  return { entries, statements };
}
