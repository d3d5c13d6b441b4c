import type { UserRight } from '../knowledge/rights-schema.js';
import { powershellArray } from './powershell.js';

/**
 * The PowerShell script of a recipe for the case at hand. It reads the list on the server and merges; the holders found
 * in the evidence only let it stop when the list has changed since.
 * @param present holders as the evidence lists them; used only when they are written as an export writes them
 */
export function powershellScript(template: string, right: UserRight, present: readonly string[]): string {
  const needed = [...right.holders, ...right.withIis].map((h) => `*${h.sid}`);
  const usable = present.every((h) => /^\*S-1-[\d-]+$/.test(h) || /^[\p{L}\p{N} ._$-]{1,100}$/u.test(h)) ? present : [];
  return template
    .replaceAll('@@needed@@', () => powershellArray(needed))
    .replaceAll('@@present@@', () => powershellArray(usable))
    .trimEnd();
}
