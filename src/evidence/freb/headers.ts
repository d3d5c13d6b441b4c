/** One header line. Names are lower case; values stay as they are and must not be shown unless a rule says so. */
export interface Header {
  name: string;
  value: string;
}

/** Splits the one text in which logs hold all headers. A line that begins with a blank continues the one before. */
export function headersOf(text: string): Header[] {
  const headers: Header[] = [];
  for (const line of text.split(/\r?\n|\r/)) {
    const colon = line.indexOf(':');
    const last = headers.at(-1);
    if (last && /^[ \t]/.test(line)) last.value += ` ${line.trim()}`;
    else if (colon > 0)
      headers.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return headers;
}

/** Headers of everyday traffic whose values identify no person. Every other header counts as a secret. */
const harmless = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'accept-ranges',
  'age',
  'allow',
  'aspfiltersessionid',
  'cache-control',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'dnt',
  'etag',
  'expect',
  'expires',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'last-modified',
  'max-forwards',
  'mime-version',
  'ms-author-via',
  'p3p',
  'persistent-auth',
  'pragma',
  'priority',
  'proxy-connection',
  'public',
  'range',
  'retry-after',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-user',
  'sec-gpc',
  'server',
  'strict-transport-security',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'upgrade-insecure-requests',
  'user-agent',
  'vary',
  'via',
  'www-authenticate',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
  'x-requested-with',
  'x-ua-compatible',
  'x-xss-protection',
]);

/** True when the value of a header may identify or authenticate a person: cookies, tokens, addresses, unknown names. */
export function isSecretHeader(name: string): boolean {
  return name !== '' && !harmless.has(name);
}

/** The schemes there are (IANA, and Microsoft's own). What a server offers beside them is free text, and is withheld. */
const scheme =
  /^(Negotiate|NTLM|Kerberos|Basic|Digest|Bearer|DPoP|Passport[\d.]{0,4}|PRIVATE|PrivateToken|OAuth|HOBA|Mutual|Concealed|GNAP|vapid|SCRAM-SHA-(?:1|256)|AWS4-HMAC-SHA256|PoP|Pku2u|X-MobileMe-AuthToken)(?![\w.-])/i;

/** No server offers more schemes. */
const mostSchemes = 20;

/** Returns the schemes that WWW-Authenticate headers offer, in order, each once; an unknown one is "another scheme". */
export function offeredSchemes(headers: readonly Header[]): string[] {
  const offered: string[] = [];
  for (const header of headers) {
    if (header.name !== 'www-authenticate') continue;
    header.value.split(',').forEach((part, i) => {
      const known = scheme.exec(part.trim())?.[1];
      const name = known ?? (i === 0 && part.trim() !== '' ? 'another scheme' : undefined);
      if (name && offered.length < mostSchemes && !offered.some((o) => o.toLowerCase() === name.toLowerCase()))
        offered.push(name);
    });
  }
  return offered;
}
