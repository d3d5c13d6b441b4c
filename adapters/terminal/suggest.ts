import { didYouMean, findMisspelt } from '../../src/knowledge/nearest.js';

/** Returns `; did you mean "…"?` with the name nearest to a mistyped one, or '' when none is near. */
export function suggestName(typed: string, names: readonly string[]): string {
  const misspelt = findMisspelt(typed, names);
  return misspelt === undefined ? didYouMean(typed, names) : `; did you mean "${misspelt}"?`;
}
