import { fillCommand } from '../knowledge/fill.js';
import type { KnowledgeStep } from '../knowledge/schema.js';
import type { Step } from './answer.js';
import { type FactsOf, spoken } from './words.js';

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
