import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Part, Step, Text } from './answer.js';
import { describeCase } from './case-line.js';
import { type FindingView, findingFactLookup } from './finding-view.js';
import { handoverParts } from './handover-parts.js';
import { fittingSteps, stepOf, stepsPart } from './steps.js';
import { type FactLookup, fillSentence } from './wording.js';

/**
 * Returns the steps in a few words where the card has them, with the full ones folded. Steps that need unknown facts are left out.
 * @param doubted whether other evidence speaks against the cause
 */
export function fixParts(cause: Cause, doubted: boolean, facts: FactLookup): Part[] {
  const steps = shownSteps(cause, facts).map(({ shown }) => shown);
  if (steps.length === 0) return [];
  const fault = cause.verdict === 'failure' || cause.verdict === 'slow';
  const heading = doubted ? 'Fix (if confirmed)' : fault ? 'Fix' : "If this isn't the behavior you want";
  // A list that lacks none of its holders needs no more of them.
  const isComplete = cause.reasoning === 'user-right' && facts('missing') === '';
  const keep = doubted || !fault || isComplete ? 'fold' : 'normal';
  const brief = cause.brief.map((line) => briefStep(line, facts)).filter((s): s is Step => s !== undefined);
  if (brief.length === 0) return [stepsPart({ id: 'fix', heading, keep, steps })];
  return [
    { kind: 'steps', id: 'fix', heading, keep, steps: brief },
    stepsPart({ id: 'fix-steps', heading: 'Fix, step by step', keep: 'fold', steps }),
  ];
}

/** Returns the steps that fit the evidence and whose facts are known, each with its rollback. */
function shownSteps(cause: Cause, facts: FactLookup): { shown: Step; rollback: Text | undefined }[] {
  return fittingSteps(cause.fix, facts).flatMap((step) => {
    const shown = stepOf(step, facts);
    return shown
      ? [{ shown, rollback: step.rollback === undefined ? undefined : fillSentence(step.rollback, facts) }]
      : [];
  });
}

/** Returns a step in a few words. The line of a template is for copying, so it gets its own line. */
function briefStep(line: string, facts: FactLookup): Step | undefined {
  const text = fillSentence(line, facts);
  if (text === undefined) return undefined;
  const copied = / \{line\}$/.test(line) ? facts('line') : undefined;
  const head = line.replace(/ \{line\}$/, ':');
  return copied === undefined ? { text } : { text: fillSentence(head, facts) ?? head, command: copied };
}

/** Returns the texts for the owner of the GPO and the script, once the list is known and the cause confirmed. */
export function findingHandover({ cause, finding, main }: FindingView, knowledge: Knowledge): Part[] {
  const { facts } = finding;
  if (cause.reasoning !== 'user-right' || finding.confidence !== 'confirmed' || !facts.line) return [];
  const known = findingFactLookup({ finding, main });
  const line = known('line');
  const holders = (facts.holders ?? '').split(', ').filter((h) => h !== '');
  const state = facts['gpo.state'];
  const gpo = state === 'winning' || state === 'none' || state === 'template' ? state : undefined;
  const seen = describeCase((name) => known(seenNames[name] ?? name)) || undefined;
  const { pool, server } = facts;
  return handoverParts(knowledge, { pool, server, gpo: facts.gpo, line, holders, seen }, gpo);
}

/** What a text to pass on tells of the failure, by the names of the diagnosis. */
const seenNames: Readonly<Record<string, string>> = {
  url: 'request.url',
  server: 'request.server',
  status: 'outcome.status',
  code: 'decisive.code',
  time: 'request.time',
};

/** Returns the folded part that says how to undo each step. */
export function undoPart(cause: Cause, facts: FactLookup): Part | undefined {
  const steps = shownSteps(cause, facts);
  const rows = steps.flatMap(({ rollback }, i) =>
    rollback === undefined ? [] : [{ label: `Step ${i + 1}`, value: rollback }],
  );
  const [only] = rows;
  if (only === undefined) return undefined;
  // The short steps have other numbers, and the undo of a single step needs none.
  if (rows.length === 1 && (steps.length === 1 || cause.brief.length > 0)) {
    return { kind: 'text', id: 'undo', heading: 'Undo', keep: 'fold', text: only.value };
  }
  return { kind: 'facts', id: 'undo', heading: 'Undo', keep: 'fold', facts: rows };
}
