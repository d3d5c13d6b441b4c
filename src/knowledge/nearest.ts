/**
 * Returns `; did you mean "…"?` with the name nearest to a mistyped one, or '' when none is near: at most a third of its
 * letters may differ, or one of the two lacks the part before a dot (`app-pool` for `request.app-pool`).
 */
export function didYouMean(typed: string, names: Iterable<string>): string {
  const typedLetters = typed.toLowerCase();
  let best: { name: string; edits: number } | undefined;
  for (const name of names) {
    const edits = isTail(typedLetters, name) ? 0 : countEdits(typedLetters, name);
    if (edits <= name.length / 3 && (!best || edits < best.edits)) best = { name, edits };
  }
  return best ? `; did you mean "${best.name}"?` : '';
}

/** Returns the name that was mistyped: two letters differ at most, or the same letters are in another order. */
export function findMisspelt(typed: string, names: Iterable<string>): string | undefined {
  const letters = (word: string) => [...word].sort().join('');
  for (const name of names) {
    const [one, other] = [typed.toLowerCase(), name.toLowerCase()];
    if (one === other) return undefined;
    if (letters(one) === letters(other) || (other.length >= 6 && countEdits(one, other) <= 2)) return name;
  }
  return undefined;
}

function isTail(typed: string, name: string): boolean {
  return name.endsWith(`.${typed}`) || typed.endsWith(`.${name}`);
}

/** Returns the Levenshtein distance: letters to insert, delete or replace. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaceCost = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaceCost, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
