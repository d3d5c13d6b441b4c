import { parseCode } from '../answer/codes.js';
import { fold } from './words.js';

/** A question is at most this long; what is longer is pasted text and belongs to the reader. */
const questionLimit = 4096;

/** What can be told from a question before anything is looked up. */
export interface Question {
  /** Lower case, bounded, without control characters. Never shown. */
  text: string;
  /** 32-bit codes in the order written. `beside` a word like "error" a small number counts if Windows knows it. */
  codes: { value: number; certain: boolean; beside: boolean }[];
  /** `500.19`, or `500` where only the status was written. */
  statuses: { code: string; certain: boolean }[];
  /** Holds status, substatus and code as an access log writes them: `500 0 1346`. */
  logLine: boolean;
  /** Refers to what was talked about before: "that", "it", "and on a DC?". */
  refers: boolean;
  /** How many words; short questions lean on their context. */
  length: number;
}

const refersTo =
  /\b(it|that|this|these|those|there|same|das|dies|dort|ça|cela|eso|esto)\b|^\W*(and|what about|how about|und|et|y)\b|それ|これ|那个|这个/;

/** Event ids, ports and years are numbers too: four digits alone are a code only beside a word that says so. */
const codeWord =
  '(?:win32|hresult|ntstatus|errorcode|error ?code|error|code|status|sc-win32-status|fehler|fehlercode|erreur|エラー|错误|錯誤)';

/** Status, substatus and Windows code with the names that W3C logs and FREB events give them. */
const namedFields =
  /(?:sc-|http)?-?status["']?[ =:]*["']?([1-5]\d\d)["']?[ ,;]+(?:sc-|http)?-?sub-?status["']?[ =:]*["']?(\d{1,4})["']?(?:[ ,;]+(?:sc-win32-status|win32-?status|errorcode)["']?[ =:]*["']?(0x[0-9a-f]{1,8}|\d{1,10})["']?)?/g;

/** A word of the web: beside it a number such as 404 is a status, not a room. */
export const webWord =
  /\b(iis|https?|status|errors?|freb|codes?|sites?|pages?|web\w*|fehler|erreur|substatus|pools?|servers?|urls?|api|cors|preflight|requests?|uploads?|uploading|downloads?|static|css|json|mvc|routes?|aspx?|fiddler|browser|iisreset|logs?|verb|update[sd]?|patch(ed|ing)?|deploy\w*|migrat\w*|upgrade[sd]?|gateway|arr|proxy|iisnode|php|asp|fastcgi|ntlm|kerberos|handlers?|options|head|put|delete)\b/;

const please =
  'pls|plz|pl[sz]s?|please|thx|thanks( in advance)?|tia|asap|urgent(ly)?|cheers|bitte|danke|merci|svp|por favor';
const greeting =
  /^(?:(?:hi|hello|hey|hallo|moin|servus|bonjour|hola|good morning|morning)\b[\s,!.:-]*)+(?:(?:there|all|team|everyone|folks|guys|frebot|bot)\b[\s,!.:-]*)*(?=\S)/;
const pleaseBefore = new RegExp(`^(?:(?:${please})[\\s,!.:-]+)+(?=\\S)`);
const pleaseAfter = new RegExp(`(?<=\\S)(?:[\\s,!.-]+(?:${please}))+[\\s!.]*(\\?*)$`);

/** "undo pls", "urgent: …": how it was said, not what. */
function withoutManners(text: string): string {
  const bare = text.replace(pleaseBefore, '').replace(pleaseAfter, '$1').trim() || text;
  const greeted = bare.replace(greeting, '');
  return greeted.split(' ').length >= 3 ? greeted : bare;
}

/** Reads a question: bounded, no echo, no exception on any input. */
export function readQuestion(raw: string): Question {
  const text = withoutManners(fold(raw.slice(0, questionLimit)).replace(/\s+/g, ' ').trim());
  const codes: Question['codes'] = [];
  const statuses: Question['statuses'] = [];
  const seen = new Set<number>();
  let logLine = false;
  const addCode = (token: string, certain: boolean, beside = false) => {
    const value = parseCode(token);
    if (value === undefined || seen.has(value)) return;
    seen.add(value);
    codes.push({ value, certain, beside });
  };
  const addStatus = (code: string, certain: boolean) => {
    if (!statuses.some((s) => s.code === code)) statuses.push({ code, certain });
  };

  // SIDs and GUIDs are full of numbers that are no codes.
  let rest = text.replace(/s-1(-\d+)+/g, ' ').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ' ');
  const take = (pattern: RegExp, use: (...groups: string[]) => void) => {
    rest = rest.replace(pattern, (...all) => {
      use(...(all.slice(1, -2) as string[]));
      return ' ';
    });
  };
  // The fields of a log by their names: "sc-status 500 sc-substatus 0 sc-win32-status 1346", HttpStatus="500" HttpSubStatus="19".
  rest = rest.replace(namedFields, (_, status, sub, win32) => ` ${status} ${sub} ${win32 ?? 0} `);
  // "500 substatus 21", "substatus 21 of 500".
  take(
    /(?<![\d.])([1-5]\d\d)\W{0,3}(?:with |and |has |,)*(?:http ?)?sub[- ]?(?:status|code)*(?: ?code)?[\W_]{0,3}(?:is |of )?(\d{1,3})(?!\d)/g,
    (status, sub) => addStatus(sub === '0' ? status! : `${status}.${sub}`, true),
  );
  take(
    /\bsub[- ]?(?:status|code)(?: ?code)?\W{0,3}(\d{1,3}) (?:of|for|on|in|with|to) (?:an? )?(?:http |status )?([1-5]\d\d)(?!\d)/g,
    (sub, status) => addStatus(sub === '0' ? status! : `${status}.${sub}`, true),
  );
  // 500 0 1346 or 500.0.1346 as W3C logs write it. A zero at the end means that Windows has nothing to add.
  take(/(?<![\d.])([1-5]\d\d)[ .,/]+(\d{1,4})[ .,/]+(\d{1,10})(?![\d.a-z])/g, (status, sub, win32) => {
    logLine = true;
    addStatus(sub === '0' ? status! : `${status}.${sub}`, true);
    if (win32 !== '0') addCode(win32!, true);
  });
  take(/(?<![0-9a-z])(0x[0-9a-f]{1,8})(?![0-9a-z])/g, (code) => addCode(code!, true));
  take(/(?<![0-9a-z.{-])([89a-f][0-9a-f]{7})(?![0-9a-z-])/g, (code) => /\d/.test(code!) && addCode(code!, true));
  take(/(?<![\d.])(-?\d{9,10})(?![\d.])/g, (code) => addCode(code!, true));
  rest = rest.replace(/(?<![\d.])([45]\d\d) ?\. ?(?=\d{1,3}(?![\d.]))/g, '$1.');
  take(/(?<![\d.])([1-5]\d\d)\.(\d{1,4})(?![\d.])/g, (status, sub) => addStatus(`${status}.${sub}`, true));
  // 500/19, 404,13, 403;14, 500-19: another sign where the dot belongs. Two whole statuses ("401/403") stay two, and
  // without a word of the web around it "404-12" is a room.
  if (text.length <= 24 || webWord.test(text)) {
    take(/(?<![\d.,:/-])([45]\d\d)[,;/:_-](\d{1,2})(?![\d.,:/-]*\d)(?![%a-z])/g, (status, sub) =>
      addStatus(`${status}.${sub}`, true),
    );
  }
  // "HTTP 500 19": the dot is often lost on the way.
  take(/(?<=(?:http|iis|error|status) )([45]\d\d) (\d{1,2})(?![\d.])/g, (status, sub) =>
    addStatus(`${status}.${sub}`, true),
  );
  // "error 809" may be anybody's error, "win32 809" is a code, "http error 404" a status.
  const beside = new RegExp(
    `(${codeWord})[ :=#-]*(?:is |was |of )?(\\d{1,5})(?!\\d)|(?<![\\d.a-z])(\\d{1,5})[ -]*(${codeWord})`,
    'g',
  );
  take(beside, (before, after, ahead, behind) => {
    const number = after ?? ahead ?? '';
    const plainly = /win32|hresult|ntstatus|errorcode/.test(before ?? behind ?? '') || /win32/.test(rest);
    if (/^[1-5]\d\d$/.test(number) && !plainly) addStatus(number, true);
    else addCode(number, plainly, true);
  });
  take(/https?[ /]*(?:1\.1|2)?[ :=]*([1-5]\d\d)(?!\d)/g, (status) => addStatus(status!, true));
  const alone = /^\W*(\d{1,5})\W*$/.exec(rest);
  if (alone) {
    if (/^[1-5]\d\d$/.test(alone[1]!)) addStatus(alone[1]!, true);
    else addCode(alone[1]!, true);
  } else {
    const bare =
      /^\W*(?:what(?:'s| is| does| means)?|explain|meaning of|about|why(?: do i get)?)(?: an?)? ([1-5]\d\d)(?: mean)?\W*$/.exec(
        rest,
      );
    if (bare) addStatus(bare[1]!, true);
    for (const [, number] of rest.matchAll(/(?<![\d.:/])([1-5]\d\d)s?(?![\d.:/])/g)) addStatus(number!, false);
    for (const [, number] of rest.matchAll(/(?<![\d.:/-])(\d{4,5})(?![\d.:/-])/g)) addCode(number!, false);
  }
  return {
    text,
    codes,
    statuses,
    logLine,
    refers: refersTo.test(text),
    length: text === '' ? 0 : text.split(' ').length,
  };
}
