import type { Knowledge } from '../knowledge/knowledge.js';
import type { Recipe } from '../knowledge/rights-schema.js';
import type { Answer, Part, Step, Text } from './answer.js';
import { type FixFacts, fixFactLookup } from './fix-facts.js';
import { scriptPart } from './handover-parts.js';
import { findOwnerText, ownerTextParts } from './owner-texts.js';
import { actionsFor, dropEmptyParts, sourcesOf } from './parts.js';
import { holdersPart } from './rights.js';
import { fitScreen } from './screen.js';
import { checkHeading, stepOf, stepsPart } from './steps.js';
import { fillSentence } from './wording.js';

/**
 * A recipe: when it is right, the steps, a check, what it does to others, the danger, how to undo it.
 * @param id `gpo`, `local`, `powershell`, `stopgap`, `gpo-owner`, `tools`, `capture`, or a text for the owner (`ticket`,
 * `exception`), which then comes first; without it the answer says which way is for which case
 */
export function fixAnswer(knowledge: Knowledge, id?: string, facts: FixFacts = {}): Answer {
  const asked = id === undefined ? undefined : findOwnerText(knowledge, id);
  const recipe = asked?.recipe ?? (id === undefined ? undefined : knowledge.recipes.get(id));
  if (!recipe) return waysAnswer(knowledge);
  const known = fixFactLookup(facts);
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
