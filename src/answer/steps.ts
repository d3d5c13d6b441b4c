import { fillCommand } from '../knowledge/fill.js';
import { needsElevation, type Shell } from '../knowledge/shells.js';
import type { KnowledgeStep } from '../knowledge/step-schema.js';
import type { Step, StepsPart } from './answer.js';
import { type FactLookup, fillSentence, joinTexts } from './wording.js';

/** Returns the steps that fit this evidence, in order: all where none is for it, but never those that are needless. */
export function fittingSteps(steps: readonly KnowledgeStep[], facts: FactLookup): KnowledgeStep[] {
  const seen = outcomeFacts.flatMap((name) => facts(name)?.split(', ') ?? []);
  const fitting = steps.filter((step) => step.for === undefined || step.for.some((one) => seen.includes(one)));
  const chosen = fitting.length > 0 ? fitting : steps;
  return chosen.filter((step) => !step.unless?.some((one) => seen.includes(one)));
}

/** What {@link KnowledgeStep.for} and {@link KnowledgeStep.unless} may name. */
const outcomeFacts = [
  'outcome.status',
  'outcome.code',
  'decisive.module',
  'application.failure',
  'handler.bad-module',
  'page.locked-section',
  'page.config-pointer',
  'config.added-section',
  'access.client',
  'application.platform',
  'right.short-list',
  'told.fact',
] as const;

/** Returns a step of a card with its braces filled; undefined when it needs a fact that this evidence does not have. */
export function stepOf(
  step: Pick<KnowledgeStep, 'do' | 'command' | 'shell' | 'note'>,
  facts: FactLookup,
): Step | undefined {
  const text = fillSentence(step.do, facts);
  if (text === undefined) return undefined;
  const filled: Step = { text };
  const command = step.command && fillCommand(step.command, facts);
  if (command) {
    filled.command = command.trimEnd();
    if (step.shell) filled.shell = step.shell;
  }
  const note = step.note && fillSentence(step.note, facts);
  if (note) filled.note = note;
  return filled;
}

/** Returns the fitting steps, each with its undo. For folded parts only, because of their length. */
export function stepsWithUndo(steps: readonly KnowledgeStep[], facts: FactLookup): Step[] {
  return fittingSteps(steps, facts).flatMap((step) => {
    const shown = stepOf(step, facts);
    if (!shown) return [];
    const rollback = step.rollback === undefined ? undefined : fillSentence(step.rollback, facts);
    return [rollback === undefined ? shown : { ...shown, rollback }];
  });
}

type TypedCommand = Pick<Step, 'command' | 'shell'>;

const consoles: Record<Shell, string> = { cmd: 'Command Prompt', powershell: 'Windows PowerShell', both: 'prompt' };

/** Returns the shell that takes all these commands; undefined when they need different ones. */
export function commonShell(commands: readonly TypedCommand[]): Shell | undefined {
  const wanted = new Set(commands.flatMap((c) => (c.command === undefined ? [] : [c.shell ?? 'cmd'])));
  wanted.delete('both');
  return wanted.size === 0 ? 'both' : wanted.size === 1 ? [...wanted][0] : undefined;
}

/** Returns `elevated Command Prompt`; empty when any console will do, or when the commands need different ones. */
export function promptFor(commands: readonly TypedCommand[]): string {
  const shell = commonShell(commands);
  const elevated = commands.some((c) => c.command !== undefined && needsElevation(c.command));
  if (shell === undefined || (shell === 'both' && !elevated)) return '';
  return elevated ? `elevated ${consoles[shell]}` : consoles[shell];
}

/** Returns steps under a heading that names their console; where they need different consoles, each step names its own. */
export function stepsPart(part: Omit<StepsPart, 'kind'>): StepsPart {
  const heading = headingWithPrompt(part.heading ?? '', part.steps);
  if (commonShell(part.steps) !== undefined) return { kind: 'steps', ...part, heading };
  const steps = part.steps.map((step): Step => {
    const prompt = promptFor([step]);
    if (prompt === '') return step;
    const place = `In ${prompt.startsWith('elevated') ? 'an' : 'a'} ${prompt}.`;
    return { ...step, note: step.note === undefined ? place : joinTexts([place, step.note]) };
  });
  return { kind: 'steps', ...part, heading, steps };
}

/** Returns the heading followed by the console in parentheses, if one console takes all commands. */
export function headingWithPrompt(heading: string, commands: readonly TypedCommand[]): string {
  const prompt = promptFor(commands);
  if (prompt === '') return heading;
  return heading.endsWith(')') ? `${heading.slice(0, -1)}, ${prompt})` : `${heading} (${prompt})`;
}

/** Returns a heading of {@link headingWithPrompt} without its console. */
export function withoutPrompt(heading: string): string {
  const prompt = '(elevated )?(Command Prompt|Windows PowerShell|prompt)\\)$';
  return heading.replace(new RegExp(` \\(${prompt}`), '').replace(new RegExp(`, ${prompt}`), ')');
}

/** Returns the heading of a read-only check, with its console. */
export function checkHeading(check: Step): string {
  const prompt = promptFor([check]);
  return prompt === '' ? 'Check (read-only)' : `Check (read-only, ${prompt})`;
}
