import type { Knowledge } from '../knowledge/knowledge.js';
import type { ForwardText, Recipe } from '../knowledge/rights-schema.js';
import type { Keep, Part } from './answer.js';
import { dropEmptyParts } from './parts.js';
import { type FactLookup, fillSentence } from './wording.js';

/** A text to forward with the recipe it belongs to. */
export interface OwnerText {
  recipe: Recipe;
  text: ForwardText;
}

/** Finds a text for the owner of the policy by its id or another name of it: `ticket`, `change ticket`. */
export function findOwnerText(knowledge: Knowledge, name: string): OwnerText | undefined {
  for (const recipe of knowledge.recipes.values()) {
    const text = recipe.texts.find(({ id, aliases }) => id === name || aliases.includes(name));
    if (text) return { recipe, text };
  }
  return undefined;
}

/**
 * Returns the texts of a recipe as parts to copy: message, change ticket, exception. A row with a fact that the case does not
 * have, and no words for that, is left out.
 * @param shown id of the text that does not fold
 */
export function ownerTextParts(recipe: Recipe | undefined, facts: FactLookup, shown?: string): Part[] {
  return dropEmptyParts((recipe?.texts ?? []).map((text) => ownerTextPart(text, facts, text.id === shown)));
}

function ownerTextPart({ id, title, text, rows }: ForwardText, facts: FactLookup, isShown: boolean): Part | undefined {
  // The text that leads an answer has its title there.
  const place: { keep: Keep; heading?: string } = isShown ? { keep: 'always' } : { keep: 'fold', heading: title };
  if (text !== undefined) {
    const filled = fillSentence(text, facts);
    return filled === undefined ? undefined : { kind: 'text', id, ...place, copy: true, text: filled };
  }
  const filled = rows.flatMap((row) => {
    const value = fillSentence(row.text, facts);
    return value === undefined ? [] : [{ label: row.label, value }];
  });
  return { kind: 'facts', id, ...place, copy: true, facts: filled };
}
