import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stringsOf } from '../architecture/syntax.js';
import { harmIn, iisreset } from './harm.js';

// What answers are built from, read at its source: also what no example in the gallery happens to show.
const root = resolve(import.meta.dirname, '../..');

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** What people say or systems print, and is only looked for. */
const heard = new Set([
  'id',
  'lines',
  'unsorted',
  'thread',
  'yes',
  'no',
  'other',
  'aliases',
  'asks',
  'when',
  'text',
  'also',
  'not',
  'url',
  'source',
  'sources',
  'intent',
]);

interface WrittenText {
  path: string;
  text: string;
}

function textsIn(value: unknown, path: string): WrittenText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (heard.has(key) ? [] : textsIn(inner, `${path}.${key}`)));
}

describe('the knowledge', () => {
  it.each(filesIn('knowledge', /\.yaml$/))('%s holds nothing that is never said', (file) => {
    const texts = textsIn(parse(readFileSync(join(root, file), 'utf8')), '');
    expect(texts.flatMap(({ path, text }) => harmIn(text).map((harm) => `${path}: ${harm}`))).toEqual([]);
  });

  it.each(filesIn('knowledge', /\.yaml$/))('%s has no iisreset as a first step', (file) => {
    const texts = textsIn(parse(readFileSync(join(root, file), 'utf8')), '');
    const first = texts.filter(({ path }) => /\.(steps|fix|do|commands)\.0\.(do|command)$|\.fix$/.test(path));
    expect(first.filter(({ text }) => iisreset.test(text))).toEqual([]);
  });
});

/** Patterns of what people ask, and names of HTTP verbs. */
const unsaid = ['src/questions/parse/assertion-words.ts', 'src/evidence/vocabulary/http-methods.ts'];

describe('the fixed texts', () => {
  it.each([...filesIn('src', /\.ts$/), ...filesIn('adapters', /\.(ts|js)$/)].filter((f) => !unsaid.includes(f)))(
    '%s holds nothing that is never said',
    (file) => {
      expect(stringsOf(readFileSync(join(root, file), 'utf8')).flatMap(harmIn)).toEqual([]);
    },
  );

  it.each([
    'adapters/web/page/index.html',
    'adapters/teams/appPackage/manifest.json',
    'manifest.json',
    'README.md',
    ...filesIn('docs', /\.md$/),
  ])('%s holds nothing that is never said', (file) => {
    expect(harmIn(readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });
});

describe('the list of what is never said', () => {
  it.each([
    ['Add the pool account to the group Administrators.', 'the account in Administrators'],
    ['Run the pool as LocalSystem.', 'a pool as LocalSystem'],
    ['Give Everyone the right.', 'everybody'],
    ['Set DisableLoopbackCheck to 1.', 'DisableLoopbackCheck'],
    ['Edit GptTmpl.inf in SYSVOL.', 'a hand edit of SYSVOL'],
    ['Post the password here.', 'a password in a chat'],
    ['Recycling the pool is enough.', 'recycling as enough'],
    ['You must reboot.', 'a reboot as a must'],
    ['secedit /configure /db x.sdb /cfg C:\\all.inf', 'a whole template'],
    ['accesschk.exe -accepteula -p -f 7120', 'a process id of an old log'],
    ['net localgroup Administrators CONTOSO\\svc /add', 'an account in Administrators'],
    ['appcmd set apppool "x" /processModel.identityType:LocalSystem', 'a pool as LocalSystem'],
    ['icacls "C:\\x" /grant "Everyone:(F)"', 'everybody'],
    ['reg add HKLM\\x /v DisableLoopbackCheck /d 1', 'DisableLoopbackCheck'],
    ['taskkill /f /pid 7120', 'a process id of an old log'],
    ['procdump -accepteula -ma 7120', 'a process id of an old log'],
  ])('finds: %s', (text, name) => {
    expect(harmIn(text)).toContain(`${name}: ${text}`);
  });

  it.each([
    'Never add the account to Administrators.',
    'secedit /configure /db x.sdb /cfg C:\\u.inf /areas USER_RIGHTS',
    'accesschk.exe -accepteula -p -f <process id>',
    'procdump -accepteula -ma -s 10 -n 3 <pid>',
    'icacls "C:\\x" /grant "IIS_IUSRS:(RX)"',
  ])('lets pass: %s', (text) => {
    expect(harmIn(text)).toEqual([]);
  });
});
