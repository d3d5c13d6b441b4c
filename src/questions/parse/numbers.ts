import { parseCode } from '../../answer/codes.js';

/** The numbers of a question that can mean something to IIS or Windows, in the order written. */
export interface Numbers {
  /** Unsigned 32-bit codes. `certain` by their form (`0x80070542`, `500 0 1346`); else a word beside them says so ("error 1346"). */
  codes: { value: number; certain: boolean }[];
  /** `500.19`, or `500` where only the status was written. `certain` by form or by a word beside it. */
  statuses: { code: string; certain: boolean }[];
  /** The text with each of them replaced by what it is, and without the numbers that are something else. */
  rest: string;
}

/** Words that say a number is a code. CJK has no blanks, so nothing is asked of what stands around them. */
const codeWord =
  '(?:sc-win32-status|win32|hresult|ntstatus|errorcode|error ?code|errors?|code|status|fehler|fehlercode|erreur|código|エラー|错误|錯誤)';

/** Status, substatus and Windows code with the names that W3C logs and FREB events give them. */
const namedFields =
  /(?:sc-|http)?-?status["']?[ =:]*["']?([1-5]\d\d)["']?[ ,;]+(?:sc-|http)?-?sub-?status["']?[ =:]*["']?(\d{1,4})["']?(?:[ ,;]+(?:sc-win32-status|win32-?status|errorcode)["']?[ =:]*["']?(0x[0-9a-f]{1,8}|\d{1,10})["']?)?/g;

/** Numbers that only look like codes: SIDs, GUIDs, addresses, dates, times, ports, events, updates, versions, amounts. */
const otherNumbers: readonly RegExp[] = [
  /\bs-1(-\d+)+/g,
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
  /\bkb ?\d{5,8}\b/g,
  /\b\d{1,3}(\.\d{1,3}){3}(?!\d)(:\d+)?/g,
  /\b(19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(t|\b)/g,
  /\b\d{1,2}[-/.]\d{1,2}[-/.](19|20)\d\d\b/g,
  /\b\d{1,2}:\d\d(:\d\d)?(\.\d+)?/g,
  /(?<=\bport[ :=]{1,2})\d{1,5}\b|(?<=[a-z\d]:)\d{2,5}(?=[/\s]|$)/g,
  /[€$£] ?\d[\d.,]*|\b\d[\d.,]* ?(?:€|eur(?:os?)?\b|usd\b|dollars?\b|bucks\b|%|percent\b|kb\b|mb\b|gb\b|kib\b|mib\b|ms\b|msec\b|sec(?:onds?)?\b|min(?:utes?)?\b|hours?\b|days?\b|km\b|meters?\b|people\b|users\b|servers\b|requests\b)/g,
];

/** Numbers that name something else: events, and versions of Windows. They stay, as words. */
const namedNumbers: readonly RegExp[] = [
  /(?<=\bevent(?:s| ?ids?)?[ :=#]{1,3}(?:\d{1,5}(?:,| and| or|\/) ?)?)\d{1,5}\b/g,
  /(?<=\b(?:server|windows) )20\d\d\b|\b20[0-3]\d(?= r2\b)/g,
];

/**
 * Reads the numbers of a folded question. A full stop, comma, bracket or CJK letter beside a number hides nothing.
 * @param text folded, at most a few thousand characters
 */
export function readNumbers(text: string): Numbers {
  const codes: Numbers['codes'] = [];
  const statuses: Numbers['statuses'] = [];
  const addCode = (token: string, certain: boolean): string => {
    const value = parseCode(token);
    // "detail code: 0" tells that there is none.
    if (value === undefined || (value === 0 && !token.startsWith('0x'))) return ' ';
    if (!codes.some((known) => known.value === value)) codes.push({ value, certain });
    return ' codenumber ';
  };
  const addStatus = (code: string, certain = true): string => {
    if (!statuses.some((known) => known.code === code)) statuses.push({ code, certain });
    return ' statusnumber ';
  };
  const withSub = (status: string, sub: string, certain = true) =>
    addStatus(Number(sub) === 0 ? status : `${status}.${Number(sub)}`, certain);

  let rest = text;
  const take = (pattern: RegExp, use: (...groups: string[]) => string) => {
    rest = rest.replace(pattern, (...all) => use(...(all.slice(1, -2) as string[])));
  };
  for (const pattern of otherNumbers) rest = rest.replace(pattern, ' ');
  for (const pattern of namedNumbers) rest = rest.replace(pattern, 'n$&');
  rest = rest.replace(namedFields, (_, status, sub, win32) => ` ${status} ${sub} ${win32 ?? 0} `);
  // "500 substatus 21", "substatus 21 of 500".
  take(
    /(?<![\d.])([1-5]\d\d)\W{0,3}(?:with |and |has |,)*(?:http ?)?sub[- ]?(?:status|code)*(?: ?code)?[\W_]{0,3}(?:is |of )?(\d{1,3})(?!\d)/g,
    (status, sub) => withSub(status!, sub!),
  );
  take(
    /\bsub[- ]?(?:status|code)(?: ?code)?\W{0,3}(\d{1,3}) (?:of|for|on|in|with|to) (?:an? )?(?:http |status )?([1-5]\d\d)(?!\d)/g,
    (sub, status) => withSub(status!, sub!),
  );
  // 500 0 1346 or 500.0.1346 as W3C logs write it. A zero at the end means that Windows has nothing to add.
  take(
    /(?<![\d.])([1-5]\d\d)[ .,/]+(\d{1,4})[ .,/]+(\d{1,10})(?!\d|\.\d|[a-z])/g,
    (status, sub, win32) => withSub(status!, sub!) + addCode(win32!, true),
  );
  take(/(?<![0-9a-z])(0x[0-9a-f]{1,8})(?![0-9a-z])/g, (code) => addCode(code!, true));
  take(/(?<![0-9a-z.{-])((?=[a-f]*\d)[89a-f][0-9a-f]{7})(?![0-9a-z-])/g, (code) => addCode(code!, true));
  take(/(?<!\d|\d\.)(-?\d{9,10})(?!\d|\.\d)/g, (code) => addCode(code!, true));
  rest = rest.replace(/(?<!\d|\d\.)([45]\d\d) ?\. ?(?=\d{1,3}(?!\d|\.\d))/g, '$1.');
  take(/(?<!\d|\d\.)([1-5]\d\d)\.(\d{1,4})(?!\d|\.\d)/g, (status, sub) => addStatus(`${status}.${sub}`));
  // 500/19, 404,13, 403;14, 500-19: another sign where the dot belongs, or a room. Two whole statuses ("401/403") stay two.
  take(/(?<![\d.,:/-])([45]\d\d)[,;/:_-](\d{1,2})(?!\d|[.,:/-]\d|[%a-z])/g, (status, sub) =>
    withSub(status!, sub!, false),
  );
  // "HTTP 500 19": the dot is often lost on the way.
  take(/(?<=(?:http|iis|error|status) )([45]\d\d) (\d{1,2})(?!\d|\.\d)/g, (status, sub) => withSub(status!, sub!));
  // "error 1346" and "1346 error": a word beside the number says that it is a code; of three digits it is a status.
  const beside = new RegExp(
    `(${codeWord})([ :=#(-]{0,3}(?:is |was |of |no\\.? ?)?)(\\d{1,5})(?!\\d|\\.\\d)|(?<!\\d|\\d[.,]|[a-z_])(\\d{1,5})([ -]{0,2})(${codeWord})`,
    'g',
  );
  take(beside, (before, between, after, ahead, gap, behind) => {
    const number = after ?? ahead!;
    const word = before ?? behind!;
    const plainly = /win32|hresult|ntstatus|errorcode/.test(word) || /\bwin32\b/.test(rest);
    const said = /^[1-5]\d\d$/.test(number) && !plainly ? addStatus(number) : addCode(number, plainly);
    return after === undefined ? `${said}${gap}${word}` : `${word}${between}${said}`;
  });
  take(/\bhttps?[ /]*(?:1\.1|2)?[ :=]*([1-5]\d\d)(?!\d)/g, (status) => ` http ${addStatus(status!)}`);
  // "+1" is applause.
  const alone = /^[^\p{L}\p{N}_+]*(\d{1,5})[^\p{L}\p{N}_]*$/u.exec(rest)?.[1];
  if (alone !== undefined) rest = /^[1-5]\d\d$/.test(alone) ? addStatus(alone) : addCode(alone, alone.length > 2);
  take(/(?<!\d|\d[.:/]|[a-z_])([1-5]\d\d)(?!\d|[.:/]\d|[a-z_]{2})/g, (status) => addStatus(status!, false));
  take(/(?<!\d|\d[.:/-]|[a-z_])(\d{4,5})(?!\d|[.:/-]\d|[a-z_])/g, (code) => addCode(code!, false));
  return { codes, statuses, rest: rest.replace(/\s+/g, ' ').trim() };
}
