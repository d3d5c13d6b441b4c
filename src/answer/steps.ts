import { fillCommand } from '../knowledge/fill.js';
import type { KnowledgeStep } from '../knowledge/schema.js';
import type { Step } from './answer.js';
import { type FactsOf, spoken } from './words.js';

/** The steps that fit this evidence, in order; all of them when the log ended with nothing that any step is for. */
export function fittingSteps(steps: readonly KnowledgeStep[], facts: FactsOf): KnowledgeStep[] {
  const fitting = steps.filter((step) => fits(step, facts));
  return fitting.length > 0 ? fitting : [...steps];
}

/** A step for certain outcomes is left out where the log shows another; without a log nothing is left out. */
function fits(step: KnowledgeStep, facts: FactsOf): boolean {
  const seen = [facts('outcome.status'), facts('outcome.code')].filter((v) => v !== undefined);
  return step.for === undefined || seen.length === 0 || step.for.some((one) => seen.includes(one));
}

/** Step of a card with its braces filled; undefined when it speaks of something this evidence does not know. */
export function stepOf(step: KnowledgeStep, facts: FactsOf): Step | undefined {
  const text = spoken(step.do, facts);
  if (text === undefined) return undefined;
  const filled: Step = { text };
  const command = step.command && fillCommand(step.command, facts);
  if (command) filled.command = command.trimEnd();
  const note = step.note && spoken(step.note, facts);
  if (note) filled.note = note;
  return filled;
}

/** All that fit and can be said, each with its way back beside it: for answers that have no part of their own for that. */
export function stepsWithUndo(steps: readonly KnowledgeStep[], facts: FactsOf): Step[] {
  return fittingSteps(steps, facts).flatMap((step) => {
    const shown = stepOf(step, facts);
    if (!shown) return [];
    const rollback = step.rollback === undefined ? undefined : spoken(step.rollback, facts);
    return [rollback === undefined ? shown : { ...shown, rollback }];
  });
}

/** What only the Command Prompt understands: PowerShell neither expands %windir% nor takes && or dir /s, and fills in `$_`. */
const promptOnly = /%\w+%| && | & |^dir \/|"[^"]*\$_/m;

/** The words for a heading above steps whose commands need an elevated Command Prompt; empty for all others. */
export function shell(steps: readonly Pick<Step, 'command'>[]): string {
  return steps.some((step) => step.command !== undefined && promptOnly.test(step.command)) ? promptWords : '';
}

export const promptWords = ' (elevated Command Prompt)';

export function checkHeading(check: Step): string {
  return shell([check]) === '' ? 'Check (read-only)' : 'Check (read-only, elevated Command Prompt)';
}
