/** Quoted-printable: a byte as `=5C`, and `=` at the end of a line that goes on. */
const quotedByte = /=([2-9A-F][0-9A-F])/g;
const softBreak = /=[ \t]{0,8}\r?\n/g;
/** What tells quoted-printable from a value of digits: `=20` alone may be the twenty of a query. */
const quotedText =
  /=(?:[2-7][A-F]|25[0-9A-F]{2}|[C-F][0-9A-F]=[89AB][0-9A-F]|[ \t]{0,8}\r?\n|[2-7]\d[^=&;\s]{1,64}=[2-7]\d)|[A-Za-z0-9]=[24]0[A-Za-z]/;

/** UTF-7: signs in UTF-16 as Base64, between `+` and `-`. */
const shifted = /\+([A-Za-z0-9+/]{3,200})-/g;
/** Base64 by chance reads as Chinese or Korean. */
const likelySigns = /^[ -\u06ff\u0e00-\u0e7f\u2010-\u201f\u3000-\u30ff\uff00-\uffef]+$/;

/** True for a text that mail programs may have encoded. */
export function mayBeMailEncoded(text: string): boolean {
  return quotedText.test(text);
}

/** Resolves quoted-printable and UTF-7. A byte becomes percent encoding, because several may be one character. */
export function unescapeMail(text: string): string {
  const unquoted = quotedText.test(text)
    ? text.replace(softBreak, '').replace(quotedByte, (_all, byte: string) => `%${byte}`)
    : text;
  return unquoted.includes('+') ? unquoted.replace(shifted, readShifted).replaceAll('+-', '+') : unquoted;
}

function readShifted(all: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const signs = bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le');
  return likelySigns.test(signs) ? signs : all;
}
