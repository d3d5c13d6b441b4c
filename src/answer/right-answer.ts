import type { Knowledge } from '../knowledge/knowledge.js';
import type { Recipe, UserRight } from '../knowledge/rights-schema.js';
import { type Answer, type Part, plainText, type Step, type Text } from './answer.js';
import { errorAnswer } from './errors.js';
import { findOwnerText, ownerTextParts } from './owner-texts.js';
import { actionsFor, dropEmptyParts, sourcesOf } from './parts.js';
import { defaultOf, defaultsPart, holdersPart, holdersText, rightOf } from './rights.js';
import { fitScreen } from './screen.js';
import { powershellScript } from './script.js';
import { checkHeading, stepOf, stepsPart } from './steps.js';
import { type FactLookup, fillSentence } from './wording.js';

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

/** The row whose name or nickname the question is, or contains as a word; the longest nickname wins. */
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

/** The facts of a case, for commands, the texts to forward and the script. */
export interface FixFacts {
  pool?: string | undefined;
  server?: string | undefined;
  gpo?: string | undefined;
  /** The list as it should become: every present holder and the missing ones. */
  line?: string | undefined;
  /** What was seen of the failure, in sentences. */
  seen?: string | undefined;
  /** Present holders as the evidence lists them. */
  holders?: readonly string[];
}

/**
 * A recipe: when it is right, the steps, a check, what it does to others, the danger, how to undo it.
 * @param id `gpo`, `local`, `powershell`, `stopgap`, `gpo-owner`, `tools`, `capture`, or a text for the owner (`ticket`,
 * `exception`), which then comes first; without it the answer says which way is for which case
 */
export function fixAnswer(knowledge: Knowledge, id?: string, facts: FixFacts = {}): Answer {
  const asked = id === undefined ? undefined : findOwnerText(knowledge, id);
  const recipe = asked?.recipe ?? (id === undefined ? undefined : knowledge.recipes.get(id));
  if (!recipe) return waysAnswer(knowledge);
  const known = factsOf(facts);
  const texts = ownerTextParts(recipe, known, asked?.text.id ?? recipe.texts[0]?.id);
  const title = asked?.text.title ?? recipe.title;
  const steps = recipe.steps.map((s) => stepOf(s, known)).filter((s): s is Step => s !== undefined);
  const check = stepOf(recipe.check, known);
  const parts = dropEmptyParts([
    ...texts.filter(({ keep }) => keep !== 'fold'),
    { kind: 'text', id: 'when', heading: 'When', keep: texts.length > 0 ? 'normal' : 'always', text: recipe.when },
    stepsPart({ id: 'fix', heading: 'Steps', keep: texts.length > 0 ? 'normal' : 'always', steps }),
    scriptPart(recipe, knowledge, facts),
    toolsPart(recipe),
    { kind: 'notice', id: 'danger', heading: 'Warning', level: 'warning', keep: 'always', text: recipe.danger },
    { kind: 'text', id: 'effect', heading: 'What else it touches', keep: 'normal', text: recipe.effect },
    check && { kind: 'steps', id: 'check', heading: checkHeading(check), keep: 'normal', steps: [check] },
    { kind: 'text', id: 'undo', heading: 'Undo', keep: 'fold', text: fillSentence(recipe.undo) ?? recipe.undo },
    ...texts.filter(({ keep }) => keep === 'fold'),
  ]);
  return {
    title,
    summary: `${title}. ${recipe.when}`,
    parts,
    actions: actionsFor(
      parts.filter(({ copy }) => copy),
      false,
    ),
    sources: sourcesOf([recipe.sources]),
  };
}

/** Answers how to record a FREB log. */
export function captureAnswer(knowledge: Knowledge): Answer {
  return fixAnswer(knowledge, 'capture');
}

function waysAnswer(knowledge: Knowledge): Answer {
  const ways = ['gpo', 'local', 'powershell', 'gpo-owner', 'tools'].flatMap((id) => knowledge.recipes.get(id) ?? []);
  const first = knowledge.evidenceRequests.get('policy-report');
  const parts = dropEmptyParts([
    {
      kind: 'text',
      id: 'answer',
      keep: 'always',
      text: 'The fix depends on where the right is set, so look that up first.',
    },
    first?.commands[0]
      ? {
          kind: 'command',
          id: 'check',
          heading: 'First (read-only, elevated prompt)',
          keep: 'always',
          command: first.commands[0].command,
          language: 'cmd',
        }
      : undefined,
    {
      kind: 'table',
      id: 'ways',
      heading: 'Then',
      keep: 'always',
      columns: ['Ask for', 'When'],
      rows: ways.slice(0, 3).map((r): Text[] => [[{ code: `fix ${r.id}` }], r.when]),
    },
    {
      kind: 'table',
      id: 'more-ways',
      heading: 'Also',
      keep: 'fold',
      columns: ['Ask for', 'When'],
      rows: ways.slice(3).map((r): Text[] => [[{ code: `fix ${r.id}` }], r.when]),
    },
    holdersPart(knowledge),
  ]);
  return {
    title: 'Giving IIS the right to impersonate back',
    summary: 'Find out where the right is set, then correct it there: GPO, local policy, or a script.',
    parts: fitScreen({ title: '', parts }).parts,
    actions: [],
    sources: sourcesOf([ways[0]?.sources ?? []]),
  };
}

function factsOf(facts: FixFacts): FactLookup {
  const known: Record<string, string | undefined> = {
    pool: facts.pool,
    server: facts.server,
    gpo: facts.gpo,
    line: facts.line,
    seen: facts.seen,
  };
  return (name) => (known[name] === '' ? undefined : known[name]);
}

/**
 * Returns, for a confirmed case, the texts for the owner of the GPO and the script for this list, all folded. Where the right
 * is set decides which of them are useful; the script stops when a GPO defines the right.
 */
export function handoverParts(
  knowledge: Knowledge,
  facts: FixFacts,
  gpo: 'winning' | 'template' | 'none' | undefined,
): Part[] {
  const script = knowledge.recipes.get('powershell');
  const ready = script && gpo !== 'winning' ? scriptPart(script, knowledge, facts) : undefined;
  return dropEmptyParts([
    ...(gpo === 'none' ? [] : textsForOwner(knowledge, facts)),
    ready && { ...ready, id: 'powershell', heading: 'PowerShell for the local policy (not run by me)', keep: 'fold' },
  ]);
}

/** Returns message, change ticket and exception for the owner of the policy, filled with the facts of a case and folded. */
export function textsForOwner(knowledge: Knowledge, facts: FixFacts): Part[] {
  return ownerTextParts(knowledge.recipes.get('gpo-owner'), factsOf(facts));
}

function scriptPart(recipe: Recipe, knowledge: Knowledge, facts: FixFacts): Part | undefined {
  const right = rightOf(knowledge);
  if (!recipe.script || !right) return undefined;
  return {
    kind: 'command',
    id: 'script',
    heading: 'Script (not run by me)',
    keep: 'normal',
    command: powershellScript(recipe.script, right, facts.holders ?? []),
    language: 'powershell',
  };
}

function toolsPart(recipe: Recipe): Part | undefined {
  if (recipe.tools.length === 0) return undefined;
  return {
    kind: 'table',
    id: 'tools',
    heading: 'Adds or replaces?',
    keep: 'normal',
    columns: ['Tool', 'What it does', 'Entry'],
    rows: recipe.tools.map((t): Text[] => [t.tool, t.does, [{ code: t.entry }]]),
  };
}
