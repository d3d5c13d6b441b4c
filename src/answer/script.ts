import type { UserRight } from '../knowledge/rights-schema.js';

/**
 * The PowerShell script of a recipe for the case at hand. It reads the list on the server and merges; the holders found
 * in the evidence only let it stop when the list has changed since.
 * @param present holders as the evidence lists them; used only when they are written as an export writes them
 */
export function powershellScript(template: string, right: UserRight, present: readonly string[]): string {
  const needed = [...right.holders, ...right.withIis].map((h) => `*${h.sid}`);
  const usable = present.every((h) => /^\*S-1-[\d-]+$/.test(h) || /^[\p{L}\p{N} ._$-]{1,100}$/u.test(h)) ? present : [];
  return template
    .replaceAll('@@needed@@', () => array(needed))
    .replaceAll('@@present@@', () => array(usable))
    .trimEnd();
}

/** A PowerShell array of literal strings. Curly quotes end a string there as well, so they are doubled too. */
function array(values: readonly string[]): string {
  return `@(${values.map((v) => `'${v.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`).join(', ')})`;
}
