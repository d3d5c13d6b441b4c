import { join } from 'node:path';
import { mentionsUser, readTypedText } from '../../adapters/slack/text.js';
import { decodeHtml, messageText } from '../../adapters/teams/inbound/message-text.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { parseQuestion } from '../../src/questions/parse/question.js';
import { type Carrier, carriers, frebEvent } from './carriers.js';
import { wordsOf } from './words.js';

/**
 * `npm run fuzz:growth [-- part of a name]`: how the time of reading grows with the size of a file. Every kind of
 * evidence is filled with every word that a reader looks for, again and again. Fails when twice the size takes more
 * than twice the CPU time (2.5 times, because of noise), and prints the slowest shape.
 */

const only = process.argv[2];
/** Size of the first look, in characters. A shape that takes longer than `quietUs` is measured at `small` and twice that. */
const first = 32 * 1024;
/** CPU time below which growth cannot be measured, because clock and compiler make more noise. */
const quietUs = 2500;
const small = 96 * 1024;
const most = 2.5;

type Fillers = Map<string, (length: number) => string>;
const repeated = (unit: string) => (length: number) => unit.repeat(Math.ceil(length / unit.length));
const nested = (open: string, close: string) => (length: number) => {
  const times = Math.ceil(length / (open.length + close.length));
  return open.repeat(times) + close.repeat(times);
};

/** Each word alone, and as the name of an element or an event. */
function fillersOf(words: readonly string[]): Fillers {
  const fillers: Fillers = new Map();
  for (const word of words) {
    fillers.set(word, repeated(word));
    if (!/^[A-Za-z][\w.]*$/.test(word)) continue;
    fillers.set(`<${word}>`, repeated(`<${word}>`));
    fillers.set(`<${word}/>`, repeated(`<${word}/>`));
    fillers.set(`<${word}>…</${word}>`, nested(`<${word}>`, `</${word}>`));
    if (/^[A-Z][A-Z0-9]*_|^AspNet/.test(word)) fillers.set(`event ${word}`, repeated(frebEvent(word)));
  }
  return fillers;
}

const fillers: Fillers = new Map();
const ofRooms = new Map<string, Fillers>();
function fillersFor(room: string): Fillers {
  let found = ofRooms.get(room);
  if (!found) {
    const folders = room.includes('/')
      ? [room]
      : room
        ? [`src/evidence/${room}`, 'src/evidence/markup.ts']
        : ['src/evidence'];
    found = new Map([...fillers, ...fillersOf(wordsOf(folders))]);
    ofRooms.set(room, found);
  }
  return found;
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
for (const piece of pieces) fillers.set(piece, repeated(piece));
fillers.set('one long start tag', (length) => `<Event ${'a'.repeat(length)}`);
fillers.set('one long attribute', (length) => `<Event a="${'b'.repeat(length)}"/>`);
fillers.set('one long line of blanks', (length) => `a: b${' '.repeat(length)}c`);
fillers.set('one long comment', (length) => `<!--${'-'.repeat(length)}`);
fillers.set('comments, then CDATA', (length) => '<!-- -->'.repeat(length / 16) + '<![CDATA[]]>'.repeat(length / 24));
fillers.set('different elements', (length) => Array.from({ length: length / 8 }, (_, i) => `<a${i}>`).join(''));
fillers.set('different names', (length) => Array.from({ length: length / 9 }, (_, i) => `a${i}=b${i}\n`).join(''));
fillers.set('different pools', (length) =>
  Array.from({ length: length / 14 }, (_, i) => `<add name="${i}"/>`).join(''),
);
fillers.set('different pool lines', (length) =>
  Array.from({ length: length / 24 }, (_, i) => `APPPOOL "${i}" (MgdV:4)\n`).join(''),
);

interface Reader {
  name: string;
  room: string;
  run(text: string): void;
}

const asFile = (carrier: Carrier): Reader => ({
  name: `file: ${carrier.name}`,
  room: carrier.room,
  run: (filler) => {
    const text = carrier.wrap(filler);
    const bytes = carrier.encoding ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text, 'utf8');
    readEvidence('a', bytes, { timeline: true });
  },
});
const asPaste = (carrier: Carrier): Reader => ({
  name: `paste: ${carrier.name}`,
  room: carrier.room,
  run: (filler) => void readPasted(carrier.wrap(filler)),
});
const knowledge = loadKnowledge(join(import.meta.dirname, '..', '..', 'knowledge'));
const us = { id: 'us' } as never;
const chats: readonly Reader[] = [
  {
    name: 'Teams: text',
    room: 'adapters/teams/inbound/message-text.ts',
    run: (text) => void messageText({ text, recipient: us }),
  },
  { name: 'Teams: HTML', room: 'adapters/teams/inbound/message-text.ts', run: (text) => void decodeHtml(text) },
  { name: 'Slack: text', room: 'adapters/slack/text.ts', run: (text) => void readTypedText(text, 'U1') },
  { name: 'Slack: mention', room: 'adapters/slack/text.ts', run: (text) => void mentionsUser(text, 'U1') },
  { name: 'question', room: 'src/questions/parse/question.ts', run: (text) => void parseQuestion(text, knowledge) },
];
const readers = [...carriers.map(asFile), ...carriers.map(asPaste), ...chats].filter(
  (reader) => !only || reader.name.includes(only),
);

/** CPU time of one run in microseconds. */
function cost(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const used = process.cpuUsage(before);
  return used.user + used.system;
}

function median(run: () => void): number {
  return Array.from({ length: 5 }, () => cost(run)).sort((a, b) => a - b)[2]!;
}

const shapes: { name: string; perKb: number; growth?: number }[] = [];
for (const reader of readers) {
  for (const [name, filler] of fillersFor(reader.room)) {
    const probe = filler(first);
    const probeCost = cost(() => reader.run(probe));
    const shape: (typeof shapes)[number] = {
      name: `${reader.name} × ${JSON.stringify(name.slice(0, 60))}`,
      perKb: probeCost / (first / 1024),
    };
    shapes.push(shape);
    if (probeCost <= quietUs) continue;
    const single = filler(small);
    const double = filler(2 * small);
    const cheap = Math.min(
      cost(() => reader.run(single)),
      cost(() => reader.run(single)),
    );
    shape.perKb = cheap / (small / 1024);
    if (cheap <= quietUs) continue;
    shape.growth = cost(() => reader.run(double)) / cheap;
    if (shape.growth > 2.2) shape.growth = median(() => reader.run(double)) / median(() => reader.run(single));
  }
  const own = shapes.filter((s) => s.name.startsWith(`${reader.name} × `)).sort((a, b) => b.perKb - a.perKb)[0];
  if (own) console.log(`${(own.perKb / 1000).toFixed(3).padStart(9)} ms/KB  ${own.name}`);
}

const steep = shapes.filter((s) => (s.growth ?? 0) > most);
for (const s of steep) console.log(`twice the size takes ${s.growth!.toFixed(1)} times the time: ${s.name}`);
const worst = shapes.sort((a, b) => b.perKb - a.perKb)[0]!;
console.log(
  `${shapes.length} shapes of ${small / 1024} KB, ${steep.length} grow faster than their size; the dearest takes ${(worst.perKb / 1000).toFixed(3)} ms of CPU per KB: ${worst.name}`,
);
process.exit(steep.length > 0 ? 1 : 0);
