import { boundField } from '../bounded.js';
import { isSid, sidOfName } from '../sids.js';
import { dscRights } from './dsc-rows.js';
import { isRightName } from './export.js';

/** A right and its list in a line of a script, a template or the output of a search. */
const row =
  /^(?:.{0,260}?:)?\s{0,40}(?:[$\w.[]{0,40})?(['"]?)(Se[A-Za-z]{3,60}(?:Privilege|Right))\1\]?\s{0,20}([=:])\s{0,20}(.*)$/;

/** Scripts are short, in characters. */
const longestScript = 200_000;

/**
 * Returns the rows that set user rights, as a template writes them: `SeXyz = a,b`. Rows are bare, quoted, as a key with a
 * quoted list, as an array of PowerShell, or as a resource of DSC; a file name may be in front of them.
 */
export function rightRows(text: string): string[] {
  const rows: string[] = [];
  for (const raw of text.split('\n')) {
    const line = withoutQuotes(boundField(raw).trim());
    const found = row.exec(line);
    if (!found || !isRightName(found[2]!)) continue;
    const list = plainList(found[4]!);
    // Behind a colon nothing means that the accounts follow below, not that the list is empty.
    const isSaid = list !== '' || found[3] === '=';
    if (isSaid && isHolderList(list)) rows.push(`${found[2]} = ${list}`);
  }
  return [...rows, ...dscRows(text).map(({ right, list }) => `${right} = ${list}`)];
}

/** Returns the rights that resources of DSC set, each with the line of its resource and its plain list. */
export function dscRows(text: string): ReturnType<typeof dscRights> {
  return dscRights(text.slice(0, longestScript))
    .map((row) => ({ ...row, list: plainList(row.list) }))
    .filter(({ list }) => isHolderList(list));
}

/** A whole row in quotes, as an element of an array: `'SeXyz = a,b',`. */
function withoutQuotes(line: string): string {
  const bare = line.replace(/[,;]\s*$/, '');
  return /^'[^']*'$|^"[^"]*"$/.test(bare) ? bare.slice(1, -1) : line;
}

/** `@('*S-1-5-6', "SERVICE")`, `['a', 'b']` and `"a,b"` as the list within. */
function plainList(value: string): string {
  const quoted = /^(?:@?\(|\[)?\s*['"]/.test(value);
  if (!quoted) return value.trim();
  return value
    .replace(/[,;]\s*$/, '')
    .replace(/^(?:@?\(|\[)|[)\]]$/g, '')
    .replace(/['"]/g, '')
    .trim();
}

/** Empty, or a list in which every part is a SID or could be an account; `= missing?` in a sentence is none. */
function isHolderList(list: string): boolean {
  const parts = list.split(',').map((part) => part.trim());
  if (list === '') return true;
  if (parts.some((part) => isSid(part) || sidOfName(part) !== undefined)) return true;
  return parts.every((part) => /^[\w.$@\\-]{1,64}$/.test(part)) && parts.length > 1;
}
