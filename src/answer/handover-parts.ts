import type { Knowledge } from '../knowledge/knowledge.js';
import type { Recipe } from '../knowledge/rights-schema.js';
import type { Part } from './answer.js';
import { type FixFacts, fixFactLookup } from './fix-facts.js';
import { ownerTextParts } from './owner-texts.js';
import { dropEmptyParts } from './parts.js';
import { rightOf } from './rights.js';
import { powershellScript } from './script.js';

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
  return ownerTextParts(knowledge.recipes.get('gpo-owner'), fixFactLookup(facts));
}

/** Returns the script of a recipe, filled for this list. */
export function scriptPart(recipe: Recipe, knowledge: Knowledge, facts: FixFacts): Part | undefined {
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
