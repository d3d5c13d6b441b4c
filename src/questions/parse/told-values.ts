/** A named account: `CORP\name`. Authorities of Windows and IIS are not domains. */
const account =
  /(?<![\\\w.-])(?!(?:NT AUTHORITY|NT SERVICE|BUILTIN|IIS APPPOOL|IIS|APPPOOL|AUTHORITY)\\)([A-Za-z][\w.-]{0,40}\\[\p{L}\p{N}_](?:[\p{L}\p{N}._$-]{0,62}[\p{L}\p{N}_$])?)(?![\\\p{L}\p{N}])/iu;

/** The name of a GPO, behind the words that introduce it. */
const policy =
  /\b(?:winning gpo|gpo|group policy(?: object)?|policy)(?: name)?(?: that wins)?(?: is| was| says| shows| named| called|:|=){1,3} {0,2}["“'`]?([A-Za-z0-9][\w -]{0,58}\w)["”'`]?(?=$|[,.;!?)])/i;

/** The name of a pool, behind the words that introduce it: `the pool is Shop`, `pool: Shop`, `app pool called "Shop 2"`. */
const pool =
  /\b(?:app(?:lication)? ?)?pool(?: name)?(?: is| is called| called| named|:|=) {0,2}(?:"([^"\n]{1,64})"|'([^'\n]{1,64})'|([A-Za-z0-9][\w.-]{1,63}))(?=$|[\s,.;!?)])/i;

/** Numbers of events, and codes of Windows. */
const numbers = /(?<![\w.:\\-])(?:0x[0-9a-f]{8}|c0[0-9a-f]{6}|\d{9,10}|\d{4,5})(?![\w:\\-]|\.\d)/gi;
const mostNumbers = 10;

/** What a line tells in its own form. */
export interface ToldValues {
  account?: string;
  gpo?: string;
  pool?: string;
  /** As written, in small letters; codes with `0x`. */
  numbers: string[];
}

/** Reads the names and numbers that a line tells. */
export function readToldValues(line: string): ToldValues {
  const [named, gpo] = [account.exec(line)?.[1], policy.exec(line)?.[1]];
  const found = [...line.matchAll(numbers)].slice(0, mostNumbers).map(([one]) => one.toLowerCase());
  // A name of a GPO has a capital, a digit or a sign; "the gpo is wrong" names none.
  const isName = gpo !== undefined && /[A-Z0-9_-]/.test(gpo);
  const told = pool.exec(line)?.slice(1).find(Boolean);
  // "The pool is stopped" names none, and an identity is not a pool.
  const isPool = told !== undefined && /[A-Z0-9_]/.test(told) && !/identity|service|system/i.test(told);
  return {
    ...(named !== undefined && { account: named }),
    ...(isName && { gpo }),
    ...(isPool && { pool: told }),
    numbers: found.map((one) => (one.startsWith('c0') ? `0x${one}` : one)),
  };
}
