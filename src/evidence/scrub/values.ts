import { foldAccents } from './readable.js';
import { mark, type Withholder } from './rule.js';

/**
 * Withholds the last group of every match, which is at the end of the match. Accents do not count in the search.
 * A value for which `stays` returns true stays, and the search goes on at its beginning, because it may be the next key.
 */
export function withholdValues(
  text: string,
  pattern: RegExp,
  withhold: Withholder,
  stays: (value: string) => boolean = () => false,
): string {
  const folded = foldAccents(text);
  let out = '';
  let done = 0;
  pattern.lastIndex = 0;
  for (let hit = pattern.exec(folded); hit !== null; hit = pattern.exec(folded)) {
    const end = hit.index + hit[0].length;
    const start = end - (hit.at(-1) ?? '').length;
    const value = text.slice(start, end);
    if (value.trim() === '' || value === mark || stays(value)) {
      pattern.lastIndex = Math.max(start, hit.index + 1);
      continue;
    }
    out += text.slice(done, start) + withholdBeforeStop(value, withhold);
    done = end;
  }
  return out + text.slice(done);
}

/** Withholds a value without the full stop behind it, which ends the sentence. */
function withholdBeforeStop(value: string, withhold: Withholder): string {
  const end = /[.:!?]+$/.exec(value)?.[0] ?? '';
  return withhold(value.slice(0, value.length - end.length)) + end;
}
