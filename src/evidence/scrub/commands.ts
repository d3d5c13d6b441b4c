import { isFileName } from './accounts.js';
import { mark, type Rule, type Withholder } from './rule.js';

const option =
  /(?<=^|[\s"'(|&;])((?:--?|\/)(?:p|pw|pwd|pass\w*|rp|ru|u|user(?:name)?|login|token|secret|api-?key|access-?key|client-?secret|account-?key|key|auth|credential|bearer|h\s+["']?authorization)(?:\s{1,4}|\s?[:=]\s?))(?!-|\/\w)(?:(["'])([^"'\r\n]{1,400})(?=["'])|([^\s"'|]{1,400}))/giu;
/** Names of options that end in what they carry: `-PfxPassword x`, `--new-secret x`. */
const longOption =
  /(?<=^|[\s"'(|&;])((?:--?|\/)[A-Za-z-]{1,40}(?:password|passphrase|passwd|pwd|secret|token)(?:\s{1,4}|\s?[:=]\s?))(?!-|\/\w)(["']?)([^\s"'|]{1,400})/gi;
const attachedPassword = /(\b(?:mysql|sqlcmd|osql|isql|bcp)\w*\b[^\n]{0,200}?\s-p)([^\s"']{3,200})/gi;
/** Commands whose last argument is the secret: `setx DB_PASS x`, `net user anna x`, `user-secrets set "Db:Password" "x"`. */
const positional =
  /(\bsetx?\s+["']?\w{0,40}(?:pass|pwd|secret|token|key)\w{0,20}["']?\s+["']?|\bnet\s+user\s+(?:"[^"\r\n]{1,64}"|[^\s"/]{1,64})[ \t]+["']?|\b(?:user-secrets|secret)\s+set\s+(?:[^\n]{0,200}?--value\s+["']?|["']?[^\s"'-][^\s"']{0,99}["']?[ \t]+["']?))([^\s"'/][^\s"']{0,200})/gi;
const oracleLogin = /(\b(?:connect|sqlplus|sqlldr|expdp|impdp)\s{1,4}[\w$]{1,30}\/)([^\s@"']{1,100})(?=@)/gi;
const netUse = /(\bnet\s+use\b[^\n]{0,200}?\s)(\S{1,200})(?=\s+\/user:)/gi;
const secureString =
  /(ConvertTo-SecureString\s+(?:-(?:String|AsPlainText|Force)\s+){0,3}["']?)([^\s"'-][^\s"']{0,200})/gi;

/** Options of commands that carry an account or a secret: `-P x`, `--password x`, `curl -u u:p`. */
export const commandSecrets: Rule = (text, withhold) => {
  let shown = text;
  if (/[-/]\w/.test(shown)) {
    shown = shown.replace(option, (all, before: string, quote?: string, quotedValue?: string, bare?: string) => {
      const value = quotedValue ?? bare ?? '';
      return value === mark ? all : `${before}${quote ?? ''}${withhold(value)}`;
    });
    shown = shown.replace(longOption, (all, before: string, quote: string, value: string) =>
      value === mark ? all : `${before}${quote}${withhold(value)}`,
    );
  }
  if (/\bset|\bnet\s+user/i.test(shown))
    shown = shown.replace(positional, (all, before: string, value: string) =>
      value === mark ? all : before + withhold(value),
    );
  if (/mysql|sqlcmd|[oi]sql|\bbcp/i.test(shown))
    shown = shown.replace(attachedPassword, (_all, before: string, value: string) => before + withhold(value));
  if (/\bnet\s/i.test(shown))
    shown = shown.replace(netUse, (_all, before: string, value: string) => before + withhold(value));
  if (/connect|sqlplus|sqlldr|[ei]..?dp/i.test(shown))
    shown = shown.replace(oracleLogin, (_all, before: string, value: string) => before + withhold(value));
  if (/SecureString/i.test(shown))
    shown = shown.replace(secureString, (_all, before: string, value: string) => before + withhold(value));
  return shown;
};

const quotedValue = /(\\?["'])((?:(?!\1)[^\r\n\\]|\\(?!["'])[^\r\n]?|(?!\1)\\["']){1,400})(?=\1\s{0,4}(?:[,)]|$))/g;
const callStart = /[\p{L}\p{N}_\]]\(\s{0,4}$|,\s{0,4}$/u;
/** Calls whose argument names a thing of the program: an entry of the request, a class to make, a file to read. */
const namingCall =
  /(?:Request|Session|Application|Cookies|Form|QueryString|ServerVariables|Headers|AppSettings|ConnectionStrings|CreateObject|MapPath|Include|require|import|Eval|GetSection|Contents|Fields|Server)\s?\(\s{0,4}$/i;
/** Arguments without quotes, of a call that signs someone in: `Login(sa, hunter2)`. */
const signIn =
  /((?:log[io]n|log[io]nuser\w{0,4}|sign_?in|authenticate|connect|validateuser|(?:set|change|reset)_?password)\s?\()([^()"'\r\n]{1,200})(?=\))/giu;
/** A parameter in a stack trace: `String user`, `System.String`. */
const parameter = /^(?:(?:ref|out|in)\s)?[A-Z][\w.`[\]]*(?:\s\w+)?$/;
const typeOfParameter = /^(?:System\.)?(?:String|Int\d\d|Boolean|Object|Byte\[\]|Char|SecureString|IntPtr|Uri)\b|\s/;

const className = /^\p{Lu}\p{L}*(?:\.\p{Lu}\p{L}*)+(?:\.\d{1,2})*$/u;
const callWithoutBrackets =
  /((?:[\p{L}\p{N}_)]\.\p{L}{1,40}|\bopen|\bexecute)\s)((?:"[^"\r\n]{0,400}"|'[^'\r\n]{0,400}')(?:\s{0,4},\s{0,4}(?:"[^"\r\n]{0,400}"|'[^'\r\n]{0,400}'|[\w.]{1,40})){0,12})/giu;

/** Quoted arguments of a call, as stack traces and source lines have them. Names of classes and files stay. */
export const callArguments: Rule = (text, withhold) => {
  let shown = text.includes('(') ? scrubSignIns(text, withhold) : text;
  if (!/["']/.test(shown)) return shown;
  if (shown.includes('('))
    shown = shown.replace(quotedValue, (all, quote: string, value: string, offset: number, whole: string) => {
      const before = whole.slice(Math.max(0, offset - 60), offset);
      if (!callStart.test(before) || (before.trimEnd().endsWith(',') && !insideCall(whole, offset))) return all;
      return value === mark || namingCall.test(before) || className.test(value) || isFileName(value)
        ? all
        : quote + withhold(value);
    });
  return shown.replace(
    callWithoutBrackets,
    (_all, before: string, list: string) =>
      before +
      list.replace(/(["'])([^"']{1,400})\1/g, (all, quote: string, value: string) =>
        value === mark || className.test(value) || isFileName(value) ? all : `${quote}${withhold(value)}${quote}`,
      ),
  );
};

function scrubSignIns(text: string, withhold: Withholder): string {
  return text.replace(signIn, (_all, before: string, list: string) => {
    const shown = list.split(',').map((one) => {
      const value = one.trim();
      if (value === '' || value === mark || (parameter.test(value) && typeOfParameter.test(value))) return one;
      return one.replace(value, () => withhold(value));
    });
    return before + shown.join(',');
  });
}

/** True when the nearest open bracket in front belongs to a call. Looks back 400 characters at most. */
function insideCall(text: string, offset: number): boolean {
  let depth = 0;
  for (let i = offset - 1, end = Math.max(0, offset - 400); i >= end; i--) {
    if (text[i] === ')') depth++;
    else if (text[i] === '(' && --depth < 0) return /[\p{L}\p{N}_\]]/u.test(text[i - 1] ?? '');
  }
  return false;
}
