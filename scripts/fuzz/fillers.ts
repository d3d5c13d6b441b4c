import { frebEvent } from './carriers.js';

/** Texts by name, each of any length. */
export type Fillers = Map<string, (length: number) => string>;

const repeatUnit = (unit: string) => (length: number) => unit.repeat(Math.ceil(length / unit.length));
const nestUnit = (open: string, close: string) => (length: number) => {
  const times = Math.ceil(length / (open.length + close.length));
  return open.repeat(times) + close.repeat(times);
};

/** Returns each word alone, and as the name of an element or an event. */
export function wordFillers(words: readonly string[]): Fillers {
  const fillers: Fillers = new Map();
  for (const word of words) {
    fillers.set(word, repeatUnit(word));
    if (!/^[A-Za-z][\w.]*$/.test(word)) continue;
    fillers.set(`<${word}>`, repeatUnit(`<${word}>`));
    fillers.set(`<${word}/>`, repeatUnit(`<${word}/>`));
    fillers.set(`<${word}>…</${word}>`, nestUnit(`<${word}>`, `</${word}>`));
    if (/^[A-Z][A-Z0-9]*_|^AspNet/.test(word)) fillers.set(`event ${word}`, repeatUnit(frebEvent(word)));
  }
  return fillers;
}

const pieces: readonly string[] = [
  ...'\0 \n \r \t " \' < > & = ( ) [ ] { } : ; , . / \\ % ? # | * - _ @ ! ~ ` $ 0 9 a A é 語'.split(' '),
  ' ',
  '\r\n',
  '\u00a0',
  'x ',
  'a.',
  'a\\',
  'C:\\',
  '0x',
  '<?',
  '<!',
  '?>',
  '<?a?>',
  '<!-- -->',
  '<?a?><!-- -->',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<![CDATA[ ]]>',
  '</Event>',
  'Event>',
  '<Event ',
  '<Event/>',
  '<Event></Event>',
  '<!-- </Event> -->',
  '<Event><!-- --></Event>',
  '<Event><![CDATA[</Event>]]></Event>',
  '<Event><System>',
  '</System>',
  '<Data Name="',
  '<Data Name="a">',
  '<Data Name="a"/>',
  '<Data>a</Data>',
  '<freb:Description Data="a">',
  '<x a="',
  '<at ',
  '<at>',
  '<at>a</at>',
  '<@U1',
  '<@U1|',
  '<a|',
  '%25',
  '%u0025',
  '%41%',
  '/a%20b',
  '/%2Fa',
  'a%40b.',
  '&#37;41',
  '&#64',
  '\\u0040',
  '\\101',
  '_x0040_',
  'YW5u',
  '61 ',
  'a\\\\',
  '&amp;',
  '&#x',
  '&lt;',
  '"a",',
  '""',
  'a=',
  'a="',
  'a: ',
  'PHP Warning:  a in C:',
  'PHP Warning:  ',
  'at A.B() in C:\\a.cs:',
  '<b> a </b> ',
  '</b>C:\\a &nbsp; ',
  '[A]: b\n',
  '\n[A]: ',
  '<title>',
  '<font>',
  "'ASP 0115'",
  "<font>a 'ASP 0115'</font><p>",
  '<h3>500.1',
  '<td>',
  '<tr><td>',
  'password=',
  'password="',
  'password=a b c ',
  'user "',
  'a@a.',
  '1.2.3.',
  'a:b:',
  'http://',
  'http://a?',
  'S-1-5-',
  '*S-1-5-6,',
  'x S-1-5-6',
  '= ',
  '=== ',
  '[1] a   ',
  '\t',
  '> ',
  '&gt; ',
  '```\n',
  '`a',
  'TITLE_LINE_X ',
];
/** What readers stumble over whatever words they look for: signs, beginnings without an end, long and many things. */
export const signFillers: Fillers = new Map(pieces.map((piece) => [piece, repeatUnit(piece)]));
signFillers.set('one long start tag', (length) => `<Event ${'a'.repeat(length)}`);
signFillers.set('one long attribute', (length) => `<Event a="${'b'.repeat(length)}"/>`);
signFillers.set('one long line of blanks', (length) => `a: b${' '.repeat(length)}c`);
signFillers.set('one long comment', (length) => `<!--${'-'.repeat(length)}`);
signFillers.set(
  'comments, then CDATA',
  (length) => '<!-- -->'.repeat(length / 16) + '<![CDATA[]]>'.repeat(length / 24),
);
signFillers.set('different elements', (length) => Array.from({ length: length / 8 }, (_, i) => `<a${i}>`).join(''));
signFillers.set('different names', (length) => Array.from({ length: length / 9 }, (_, i) => `a${i}=b${i}\n`).join(''));
signFillers.set('different pools', (length) =>
  Array.from({ length: length / 14 }, (_, i) => `<add name="${i}"/>`).join(''),
);
signFillers.set('different pool lines', (length) =>
  Array.from({ length: length / 24 }, (_, i) => `APPPOOL "${i}" (MgdV:4)\n`).join(''),
);
