/**
 * The one place that decides what part of a text may be shown. Everything textual that becomes an observation goes
 * through it; what it takes out is replaced by `…` and counted, each distinct value once.
 */

const mark = '…';

/** Accounts that belong to Windows or IIS, in the spellings of several languages: they name nobody. */
const builtInDomain =
  /^(?:NT[ -]?(?:AUTHORITY|AUTORIT(?:Ä|Y|E)T?|SERVICE|VIRTUAL MACHINE)|NT-AUTORITÄT|AUTORIT[EÉ] NT|NT INSTANS|BUILTIN|VORDEFINIERT|PREDEFINITO|INTEGRADO|IIS[ ]?APPPOOL|Font Driver Host|Window Manager|WORKGROUP\$?)$/i;
const builtInUser =
  /^(?:IUSR(?:_[\w-]+)?|SYSTEM|LOCAL ?SERVICE|NETWORK ?SERVICE|LocalSystem|ANONYMOUS LOGON|ANONYMOUS|NOT_AVAILABLE|DefaultAppPool|IIS_IUSRS|NETZWERKDIENST|LOKALER DIENST|ANONYMOUS-ANMELDUNG|SERVICE R[EÉ]SEAU|SERVICE LOCAL)$/i;

/** True for an account that is part of Windows or an application pool: `NT AUTHORITY\IUSR`, `IIS APPPOOL\Portal`. */
export function isBuiltInAccount(name: string): boolean {
  const trimmed = name.trim();
  const slash = trimmed.indexOf('\\');
  return slash < 0 ? builtInUser.test(trimmed) : builtInDomain.test(trimmed.slice(0, slash));
}

const secretKey =
  /\b(pwd|pass(?:word|wd|phrase)?|kennwort|contrase(?:ñ|n)a|mot de passe|user ?id|uid|user ?name|user|login|secret|client[_-]?secret|api[_-]?key|access[_-]?key|account[_-]?key|shared[_-]?access[_-]?(?:key|signature)|(?:access|refresh|id|auth|csrf|session)?[_-]?token|sig|signature|authorization|cookie|session[_-]?id|connection ?string)(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s;"'<>]+(?: [^\s;"'<>=]+)*(?=;)|[^\s;"',<>)]+)/gi;
const schemeSecret = /\b(Bearer|Basic|Negotiate|NTLM|Digest)\s+[A-Za-z0-9+/=._~-]{8,}/g;
const webToken = /\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+){0,2}/g;
const longSecret = /(?<![\w\\/.])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w\\])/g;
// The look behind lets a match begin only where a word does; without it a long word without @ takes quadratic time.
const email = /(?<![A-Za-z0-9.!#$%&*+=?^_`{|}~-])[A-Za-z0-9.!#$%&*+=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;
const address = /(?<![\w.=])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]|\.\d)/g;
const address6 =
  /(?<![\w:.])(?:(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?:%\d+)?(?![\w:])/gi;
const urlInText = /\b(?:https?|ftp|wss?):\/\/[^\s"'<>]+/gi;
const pathWithQuery = /(?<=(?:^|[\s"'(]))\/[^\s"'<>?]*\?[^\s"'<>]+/g;
const profile = /(\b[A-Z]:\\(?:Users|Benutzer|Documents and Settings)\\)([^\\\s"'<>]+)/gi;
const account =
  /(?<![\w\\/:.%-])((?:NT AUTHORITY|IIS APPPOOL|NT SERVICE|NT-AUTORITÄT|AUTORITE NT|[A-Za-z][\w.-]{0,30}))\\([\w$.@-]+)(?![\w\\])/g;
const quotedUser =
  /\b(user|users?|login|account|identity|benutzer|utilisateur|usuario)(\s+(?:name\s+|id\s+)?|\s*[=:]\s*)(['"«„‘“])([^'"»“’”]{1,80})(['"»“’”])/gi;
const fileEnding =
  /\.(?:dll|exe|config|aspx?|asax|ascx|ashx|asmx|axd|svc|cs|vb|cshtml|vbhtml|php\d?|inc|js|mjs|ts|json|html?|xml|xsl|css|log|txt|mdb|mdf|ldf|accdb|csv|dat|tmp|pdb|png|jpe?g|gif|ico|bmp|zip|bak|ini|inf|cmd|bat|ps1|vbs|cer|pfx|key|resx?|master|browser|sitemap|compiled|resources|xaml|sql|db|woff2?|svg|map|py|pl|cgi|sys)$/i;

/** Without any of these, none of the patterns above can match: module and stage names need no closer look. */
const suspicious =
  /[^ -~]|[=:@\\'"/?%&;~+]|[0-9][A-Za-z0-9_-]*[0-9]|[A-Za-z0-9_-]{32}|\d\.\d|Bearer|Basic|Negotiate|NTLM|Digest|eyJ/;

/** Scrubs the texts of one file and counts the distinct values it kept back. */
export class Scrubber {
  readonly #kept = new Set<string>();

  /** Distinct values kept back so far. */
  get count(): number {
    return this.#kept.size;
  }

  /** Notes a value that stays behind without being part of a text; empty ones and `-` are no values. */
  keepBack(value: string | undefined): void {
    const trimmed = value?.trim();
    if (trimmed && trimmed !== '-') this.#kept.add(trimmed);
  }

  /** A user name: stays when it is part of Windows or a pool, else becomes `…`. */
  user(name: string): string {
    if (isBuiltInAccount(name)) return name;
    this.keepBack(name);
    return mark;
  }

  /** A URL or path: query values and credentials are taken out, the names of the query stay. */
  url(url: string): string {
    let text = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#@\s]*)@/i, (_all, scheme: string, who: string) => {
      this.keepBack(who);
      return `${scheme}${mark}@`;
    });
    const hash = text.indexOf('#');
    if (hash >= 0) {
      this.keepBack(text.slice(hash + 1));
      text = `${text.slice(0, hash)}#${mark}`;
    }
    const question = text.indexOf('?');
    if (question < 0) return this.#path(text);
    const query = text.slice(question + 1);
    return `${this.#path(text.slice(0, question))}?${this.query(query)}`;
  }

  /** The part behind `?`: names stay, values become `…`. A query without `=` is one value. */
  query(query: string): string {
    if (query === '') return '';
    return query
      .split(/(&amp;|[&;])/)
      .map((part, i) => {
        if (i % 2 === 1 || part === '' || part === mark) return part;
        const equals = part.indexOf('=');
        const value = equals < 0 ? part : part.slice(equals + 1);
        if (value === '' || value === mark) return part;
        this.keepBack(value);
        return equals < 0 ? mark : `${part.slice(0, equals + 1)}${mark}`;
      })
      .join('');
  }

  /** Free text: an exception message, a description, a statement. Control characters are dropped. */
  text(input: string): string {
    if (input.length < 120 && !suspicious.test(input)) return input;
    let text = input.replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      '',
    );
    text = text.replace(urlInText, (url) => this.url(url));
    text = text.replace(pathWithQuery, (url) => this.url(url));
    text = text.replace(schemeSecret, (all, scheme: string) => this.#drop(all, `${scheme} ${mark}`));
    text = text.replace(secretKey, (_all, key: string, sign: string, value: string) => {
      const bare = value.replace(/^["']|["']$/g, '');
      if (bare === mark || bare === '') return `${key}${sign}${value}`;
      if (isBuiltInAccount(bare)) return `${key}${sign}${value}`;
      this.keepBack(bare);
      return `${key}${sign}${mark}`;
    });
    text = text.replace(webToken, (all) => this.#drop(all));
    text = text.replace(email, (all) => this.#drop(all));
    text = text.replace(quotedUser, (all, word: string, sign: string, open: string, name: string, close: string) => {
      if (name === mark || isBuiltInAccount(name)) return all;
      return this.#drop(name, `${word}${sign}${open}${mark}${close}`);
    });
    text = text.replace(profile, (_all, before: string, name: string) => {
      if (/^(?:Public|Default|All Users|DefaultAppPool|\.NET.*)$/i.test(name)) return `${before}${name}`;
      return this.#drop(name, `${before}${mark}`);
    });
    text = text.replace(account, (all, domain: string, name: string) => {
      if (builtInDomain.test(domain) || fileEnding.test(name) || /^HK[A-Z_]+$/.test(domain)) return all;
      return this.#drop(all);
    });
    text = text.replace(address6, (all) => (/^(?:0*:)*:?0*1$/.test(all) ? all : this.#drop(all)));
    text = text.replace(address, (all, offset: number, whole: string) => this.#address(all, offset, whole));
    return text.replace(longSecret, (all) => this.#long(all));
  }

  #path(path: string): string {
    return path.replace(webToken, (all) => this.#drop(all)).replace(email, (all) => this.#drop(all));
  }

  #address(all: string, offset: number, whole: string): string {
    if (all.split('.').some((n) => Number(n) > 255) || all.startsWith('127.') || all === '0.0.0.0') return all;
    if (/(?:version|v)[\s:=]*$/i.test(whole.slice(Math.max(0, offset - 12), offset))) return all;
    return this.#drop(all);
  }

  /** A run of 32 or more characters of an encoding is a secret only when letters and digits are mixed in it. */
  #long(all: string): string {
    const digits = all.replace(/[^0-9]/g, '').length;
    const mixed = digits >= 4 && /[A-Za-z]/.test(all) && !/^[A-Za-z]+(?:[_-][A-Za-z0-9]+)*$/.test(all);
    return mixed ? this.#drop(all) : all;
  }

  #drop(value: string, shown = mark): string {
    if (value === mark) return value;
    this.keepBack(value);
    return shown;
  }
}
