import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../src/evidence/evidence.js';
import { collectBytes, TooLargeError } from '../../src/intake/collect-bytes.js';
import { createIntake } from '../../src/intake/intake.js';
import { shareEntries } from '../../src/intake/zip-share.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { craftZip, zipOf } from './zips.js';

const intake = createIntake({ workers: 2 });
const folder = mkdtempSync(join(tmpdir(), 'frebot-intake-'));
afterAll(async () => {
  await intake.close();
  rmSync(folder, { recursive: true });
});

const log = frebLog();
const large = frebLog({ filler: 3 * 1024 * 1024 });
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const kinds = ({ readings }: { readings: Reading[] }) =>
  readings.map(({ file, kind, refusal }) => [file, refusal ?? kind]);
const readZip = async (zip: Uint8Array) => kinds(await intake.read([{ name: 'a.zip', bytes: zip }]));

describe('single inputs', () => {
  it('hands an error of the caller back to it, and reads on', async () => {
    const fail = () => {
      throw new Error('of the caller');
    };
    await expect(intake.read([{ name: 'a.xml', bytes: large }], fail)).rejects.toThrow('of the caller');
    expect(kinds(await intake.read([{ name: 'a.xml', bytes: large }]))).toEqual([['a.xml', 'freb-log']]);
  });

  it('reads the same without any thread', async () => {
    const here = createIntake({ workers: 0 });
    const zip = await zipOf({ 'a/fr1.xml': log, 'a/ur.inf': rightsExport() });
    const path = join(folder, 'without.zip');
    writeFileSync(path, zip);
    const inputs = [
      { name: 'large.xml', bytes: large },
      { name: 'a.zip', bytes: zip },
      { name: 'b.zip', path },
    ];
    expect(kinds(await here.read(inputs))).toEqual(kinds(await intake.read(inputs)));
    const pair = [inputs[0] as never, { name: 'small.xml', bytes: log }] as const;
    expect(await here.compare(...pair)).toEqual(await intake.compare(...pair));
    await here.close();
  });

  it('reads small and large files, streams and text, in their order', async () => {
    async function* stream() {
      for (let at = 0; at < large.length; at += 65_536) yield large.subarray(at, at + 65_536);
    }
    const { readings } = await intake.read([
      { name: 'large.xml', bytes: stream() },
      { name: 'small.xml', bytes: log },
      { name: 'ur.inf', bytes: rightsExport() },
      { text: new TextDecoder().decode(log) },
      { name: 'x.png', bytes: png },
      { name: 'none.xml', bytes: new Uint8Array() },
    ]);
    expect(kinds({ readings })).toEqual([
      ['large.xml', 'freb-log'],
      ['small.xml', 'freb-log'],
      ['ur.inf', 'rights-export'],
      ['pasted text', expect.stringMatching(/^(freb-log|fragment)$/)],
      ['x.png', 'picture'],
      ['none.xml', 'empty-file'],
    ]);
  });

  it('does not change the bytes of the caller', async () => {
    const own = Uint8Array.from(large);
    await intake.read([{ name: 'a.xml', bytes: own }]);
    expect(own.length).toBe(large.length);
  });

  it('passes on what a stream throws', async () => {
    // biome-ignore lint/correctness/useYield: it fails before the first chunk
    async function* broken(): AsyncGenerator<Uint8Array> {
      throw new RangeError('connection lost');
    }
    await expect(intake.read([{ name: 'a.xml', bytes: broken() }])).rejects.toThrow('connection lost');
  });

  it('does not block other work while a large log is read', async () => {
    const vast = frebLog({ filler: 40 * 1024 * 1024 });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await intake.read([{ name: 'a.xml', bytes: vast }]);
    clearInterval(timer);
    // Read at once, on this thread, it would leave room for a handful.
    expect(turns).toBeGreaterThan(20);
  });
});

describe('collect', () => {
  it('stops one byte after the limit', async () => {
    await expect(collectBytes(new Uint8Array(11), 10)).rejects.toBeInstanceOf(TooLargeError);
    expect((await collectBytes(new Uint8Array(10), 10)).length).toBe(10);
  });
  it('copies views, because a sender may reuse its buffer', async () => {
    const shared = Buffer.from('aaaabbbb');
    async function* views() {
      yield shared.subarray(0, 4);
      shared.fill('x');
      yield shared.subarray(4);
    }
    const { chunks } = await collectBytes(views(), 100);
    expect(Buffer.concat(chunks).toString()).toBe('aaaaxxxx');
  });
});

describe('paths', () => {
  const put = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };

  it('reads a folder as IIS leaves it, with a zip in it, and counts the rest', async () => {
    put('iis/W3SVC1/fr000001.xml', log);
    put('iis/W3SVC1/freb.xsl', '<xsl/>');
    put('iis/W3SVC2/fr000001.xml', log);
    put('iis/W3SVC2/fr000002.xml', '');
    put('iis/readme.txt', 'Dear all, lunch is at noon.\n');
    put('iis/old.zip', await zipOf({ 'fr000009.xml': log, 'freb.xsl': Buffer.from('<xsl/>') }));
    symlinkSync(join(folder, 'iis'), join(folder, 'iis/W3SVC1/loop'));
    const read = await intake.read([{ name: 'iis', path: join(folder, 'iis') }]);
    expect(kinds(read)).toEqual([
      ['iis/W3SVC1/fr000001.xml', 'freb-log'],
      ['iis/W3SVC2/fr000001.xml', 'freb-log'],
      ['iis/W3SVC2/fr000002.xml', 'empty-file'],
      ['iis/old.zip/fr000009.xml', 'freb-log'],
    ]);
    expect(read.skipped).toBe(3);
  });

  it('reports results as they are found, up to the total', async () => {
    for (let i = 0; i < 300; i++) put(`many/fr${String(i).padStart(6, '0')}.xml`, log);
    const progress: [number, number][] = [];
    const { readings } = await intake.read([{ name: 'many', path: join(folder, 'many') }], (_r, done, total) => {
      progress.push([done, total]);
    });
    expect(readings.map(({ file }) => file)).toEqual(readings.map(({ file }) => file).sort());
    expect(progress.map(([done]) => done)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(progress.every(([, total]) => total === 300)).toBe(true);
  });

  it('says what is wrong with a path', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(
      kinds(
        await intake.read([
          { name: 'nowhere.xml', path: join(folder, 'nowhere.xml') },
          { name: 'empty', path: join(folder, 'empty') },
        ]),
      ),
    ).toEqual([
      ['nowhere.xml', 'path-not-found'],
      ['empty', 'zip-empty'],
    ]);
  });

  it('opens a zip by path with several threads, in the order of the archive', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`W3SVC1/fr${100 + i}.xml`, log]));
    const path = put('big.zip', await zipOf(files));
    const { readings } = await intake.read([{ name: 'big.zip', path }]);
    expect(readings.map(({ file }) => file)).toEqual(Object.keys(files).map((name) => `big.zip/${name}`));
  });
});

describe('hostile and damaged zips', () => {
  const entry = { name: 'fr1.xml', content: log };

  it('reads a valid archive', async () => {
    expect(await readZip(craftZip([entry]))).toEqual([['a.zip/fr1.xml', 'freb-log']]);
    expect(await readZip(craftZip([{ ...entry, method: 0 }]))).toEqual([['a.zip/fr1.xml', 'freb-log']]);
    expect(await readZip(craftZip([{ ...entry, name: 'W3SVC1\\fr1.xml' }]))).toEqual([
      ['a.zip/W3SVC1/fr1.xml', 'freb-log'],
    ]);
  });

  it.each([
    ['encrypted', craftZip([{ ...entry, flags: 1 }]), 'zip-encrypted'],
    ['strongly encrypted', craftZip([{ ...entry, flags: 0x41 }]), 'zip-encrypted'],
    ['cut off', craftZip([entry]).subarray(0, 200), 'zip-damaged'],
    ['only a signature', Buffer.from('PK\x03\x04'), 'zip-damaged'],
    ['empty', craftZip([]), 'zip-empty'],
    [
      'only junk',
      craftZip([
        { name: 'freb.xsl', content: log },
        { name: '__MACOSX/._fr1.xml', content: log },
      ]),
      'zip-empty',
    ],
    ['only by-catch', craftZip([{ name: 'notes.md', content: Buffer.from('# Read me') }]), 'zip-empty'],
    ['more entries than its directory has', craftZip([entry], 9), 'zip-damaged'],
    ['an entry count over the limit', craftZip([entry], 11_001), 'zip-limits'],
    [
      '4 GB unpacked by its own word',
      craftZip([entry, ...Array.from({ length: 43 }, (_, i) => ({ name: `${i}`, content: log, size: 0x05ffffff }))]),
      'zip-limits',
    ],
    ['a bomb by its ratio', craftZip([{ name: 'fr1.xml', content: new Uint8Array(60 * 1024 * 1024) }]), 'zip-ratio'],
  ])('are refused with the reason: %s', async (_what, zip, refusal) => {
    expect(await readZip(zip)).toEqual([['a.zip', refusal]]);
  });

  it.each([
    ['a path upwards', '../../etc/fr1.xml'],
    ['a path upwards of Windows', '..\\..\\Windows\\fr1.xml'],
    ['a path upwards in the middle', 'logs/../../fr1.xml'],
    ['a path upwards with full stops behind it', 'logs/.. ./fr1.xml'],
    ['an absolute path', '/etc/fr1.xml'],
    ['a path with a drive', 'C:\\logs\\fr1.xml'],
    ['a drive without a slash', 'C:fr1.xml'],
    ['a share', '\\\\server\\share\\fr1.xml'],
    ['a path of devices', '\\\\?\\C:\\fr1.xml'],
    ['a device', 'logs/CON'],
    ['a device with an ending', 'aux.xml'],
    ['a port', 'com1.fr1.xml'],
    ['a stream', 'fr1.xml:evil'],
    ['the stream of a device', 'fr1.xml::$DATA'],
    ['NUL in the name', 'fr1.xml\0.exe'],
    ['a name that is too long', `${'a/'.repeat(600)}fr1.xml`],
  ])('%s costs only its entry', async (_what, name) => {
    const zip = craftZip([
      { ...entry, name: 'a/fr0.xml' },
      { ...entry, name },
      { ...entry, name: 'fr2.xml' },
    ]);
    const found = await readZip(zip);
    expect(found.map(([, kind]) => kind)).toEqual(['freb-log', 'unsafe-name', 'freb-log']);
    expect((await readZip(craftZip([{ ...entry, name }]))).map(([, kind]) => kind)).toEqual(['unsafe-name']);
  });

  it.each([
    './fr1.xml',
    'a b/fr1.xml',
    '...fr1.xml',
    'a..b/fr1.xml',
    'console.xml',
    'COM10/nul1.xml',
    'logs /fr1.xml.',
  ])('reads %s, which programs do pack', async (name) => {
    expect((await readZip(craftZip([{ ...entry, name }]))).map(([, kind]) => kind)).toEqual(['freb-log']);
  });

  it('names that lead out are told in one line, and cost no picture of the rest', async () => {
    const bad = Array.from({ length: 30 }, (_, i) => ({ ...entry, name: `../fr${i}.xml` }));
    const { readings, skipped } = await intake.read([{ name: 'a.zip', bytes: craftZip([...bad, entry]) }]);
    expect(readings.map(({ refusal, looksLike }) => [refusal, looksLike])).toEqual([
      ['unsafe-name', '30 files'],
      [undefined, undefined],
    ]);
    expect(skipped).toBe(29);
  });

  it('a file with a password costs only itself', async () => {
    const zip = craftZip([
      { ...entry, flags: 1 },
      { ...entry, name: 'fr2.xml' },
    ]);
    expect(await readZip(zip)).toEqual([
      ['a.zip/fr1.xml', 'zip-encrypted'],
      ['a.zip/fr2.xml', 'freb-log'],
    ]);
  });

  it('a stored file whose sizes differ costs only itself', async () => {
    const zip = craftZip([
      { ...entry, method: 0, size: log.length + 7 },
      { ...entry, name: 'fr2.xml' },
    ]);
    expect(await readZip(zip)).toEqual([
      ['a.zip/fr1.xml', 'zip-damaged'],
      ['a.zip/fr2.xml', 'freb-log'],
    ]);
  });

  it('pictures and documents beside a log are named, and the log is read', async () => {
    const zip = await zipOf({
      'fr1.xml': log,
      'screen.png': png,
      'notes.docx': await zipOf({
        '[Content_Types].xml': Buffer.from('<Types/>'),
        'word/document.xml': Buffer.from('<w/>'),
      }),
      'sheet.xlsx': await zipOf({ 'xl/workbook.xml': Buffer.from('<x/>') }),
      'guide.pdf': Buffer.from('%PDF-1.7 '),
      'old.doc': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'logs.zip': await zipOf({ 'fr2.xml': log }),
      'fr3.xml.gz': Buffer.from([0x1f, 0x8b, 8, 0]),
      'w3wp.dmp': Buffer.from('MDMP....'),
    });
    expect(await readZip(zip)).toEqual([
      ['a.zip/fr1.xml', 'freb-log'],
      ['a.zip/screen.png', 'picture'],
      ['a.zip/notes.docx', 'picture'],
      ['a.zip/sheet.xlsx', 'picture'],
      ['a.zip/guide.pdf', 'picture'],
      ['a.zip/old.doc', 'picture'],
      ['a.zip/logs.zip', 'too-deep'],
      ['a.zip/fr3.xml.gz', 'other-archive'],
      ['a.zip/w3wp.dmp', 'holds-secrets'],
    ]);
  });

  it('a recording of Fiddler is not looked into, alone or beside a log', async () => {
    const recording = await zipOf({
      '[Content_Types].xml': Buffer.from('<Types/>'),
      'raw/01_c.txt': Buffer.from('GET http://web03/a HTTP/1.1\r\nCookie: a=Zq1\r\n\r\n'),
      'raw/01_s.txt': Buffer.from('HTTP/1.1 500 Internal Server Error\r\n\r\n'),
    });
    expect(await readZip(recording)).toEqual([['a.zip', 'recording']]);
    expect(await readZip(await zipOf({ 'fr1.xml': log, 'a.saz': recording }))).toEqual([
      ['a.zip/fr1.xml', 'freb-log'],
      ['a.zip/a.saz', 'recording'],
    ]);
    const { readings } = await intake.read([{ name: 'a.saz', bytes: recording }]);
    expect(readings[0]).toMatchObject({ looksLike: 'a recording of Fiddler (.saz)', observations: [] });
  });

  it('the export of a database is not looked into', async () => {
    const dump = { 'model.xml': Buffer.from('<m/>'), 'Data/dbo.Users/TableData-000.BCP': Buffer.from('Zq1') };
    expect(await readZip(await zipOf(dump))).toEqual([['a.zip', 'holds-secrets']]);
    expect(await readZip(await zipOf({ 'model.xml': Buffer.from('<m/>'), 'fr1.xml': log }))).toEqual([
      ['a.zip/fr1.xml', 'freb-log'],
    ]);
  });

  it('the pictures of a whole site are left out', async () => {
    const pictures = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`img/${i}.png`, png]));
    expect(await readZip(await zipOf({ 'fr1.xml': log, ...pictures }))).toEqual([['a.zip/fr1.xml', 'freb-log']]);
  });

  it('entries that share their bytes are refused before anything is unpacked', async () => {
    const shared = craftZip([
      entry,
      ...Array.from({ length: 50 }, (_, i) => ({ ...entry, name: `fr${i}.xml`, at: 0 })),
    ]);
    expect(await readZip(shared)).toEqual([['a.zip', 'zip-overlap']]);
  });

  it.each([
    ['a size too small', { size: 100 }],
    ['a size too large', { size: log.length + 1 }],
    ['another checksum', { crc: 1 }],
    ['an unknown method', { method: 99 }],
  ])('%s damages the entry, not the others', async (_what, lie) => {
    const zip = craftZip([
      { ...entry, ...lie },
      { name: 'fr2.xml', content: log },
    ]);
    expect(await readZip(zip)).toEqual([
      ['a.zip/fr1.xml', 'zip-damaged'],
      ['a.zip/fr2.xml', 'freb-log'],
    ]);
  });

  it('does not open a zip in a zip, nor an entry over the file limit', async () => {
    const inner = await zipOf({ 'fr1.xml': log });
    const zip = craftZip([
      { name: 'inner.zip', content: inner, method: 0 },
      { name: 'vast.xml', content: log, size: 101 * 1024 * 1024, packed: undefined },
      { name: 'fr2.xml', content: large, method: 0 },
    ]);
    expect(await readZip(zip)).toEqual([
      ['a.zip/inner.zip', 'too-deep'],
      ['a.zip/vast.xml', 'too-large'],
      ['a.zip/fr2.xml', 'freb-log'],
    ]);
  });

  it('shows hostile names without control characters and marks of the writing direction', async () => {
    const name = '<!channel>\u202E\x1b[31m__proto__.xml';
    expect(await readZip(craftZip([{ ...entry, name: Buffer.from(name), flags: 0x800 }]))).toEqual([
      ['a.zip/<!channel>[31m__proto__.xml', 'freb-log'],
    ]);
  });

  it('reads or refuses every mutation of a valid archive', async () => {
    const good = await zipOf({ 'fr1.xml': log, 'fr2.xml': log });
    let seed = 7;
    const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
    for (let i = 0; i < 150; i++) {
      const bad = Buffer.from(good);
      for (let n = 0; n < 4; n++) bad[random() % bad.length] = random() % 256;
      bad[0] = 0x50;
      bad[1] = 0x4b;
      expect((await readZip(bad)).length).toBeGreaterThan(0);
    }
  });
});

describe('share', () => {
  it('covers every entry once, whatever the sizes', () => {
    for (const sizes of [[], [1], [0, 0, 0], [5, 1, 1, 1, 1, 1], Array.from({ length: 100 }, (_, i) => i)]) {
      for (const parts of [1, 2, 3, 4]) {
        const indexes = Array.from({ length: parts }, (_, part) => shareEntries(sizes, part, parts)).flatMap(
          ([from, to]) => Array.from({ length: to - from }, (_, i) => from + i),
        );
        expect(indexes).toEqual(sizes.map((_, i) => i));
      }
    }
  });
});
