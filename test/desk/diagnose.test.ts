import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import type { Caller } from '../../src/desk/desk.js';
import type { FileVerdict } from '../../src/diagnosis/report.js';
import { builtKnowledge } from '../built-knowledge.js';
import { textsOfSeveralKinds } from '../generator/evidence/together.js';
import { findVagueQuestion } from '../questions/vague.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { world } from './support.js';

const here: Caller = { door: 'web', thread: 'web/page', tenant: 'local', who: 'local' };

it.each([
  ['of a conversation', here],
  ['without a caller', undefined],
])('each file %s is judged once, when it has been read', async (_name, caller) => {
  const shown: FileVerdict[] = [];
  const files = [
    { name: 'fr000032.xml', bytes: frebLog() },
    { name: 'rights.inf', bytes: rightsExport() },
    ...textsOfSeveralKinds.map(({ bytes }, n) => ({ name: `several ${n}.txt`, bytes })),
    { name: 'notes.txt', bytes: Buffer.from('lunch at noon') },
  ];
  const { report } = await world().desk.diagnose(files, caller, (file) => shown.push(file));
  expect(shown).toHaveLength(files.length);
  for (const file of shown) expect(report.files.find(({ name }) => name === file.name)).toBe(file);
});

it('a log of the same name as an earlier one keeps its timeline to itself', async () => {
  const { desk } = world();
  const drop = (time: string) => desk.diagnose([{ name: 'fr000001.xml', bytes: frebLog({ time }) }], here);
  await drop('2026-06-08T19:53:49.521Z');
  const { report } = await drop('2026-06-09T07:00:00.000Z');
  expect(report.files.map(({ name, timeline }) => [name, timeline !== undefined])).toEqual([
    ['fr000001.xml', false],
    ['fr000001.xml (2)', true],
  ]);
});

describe('a file that holds only words', () => {
  const dropWords = (words: string, { desk } = world()) =>
    desk.diagnose([{ name: 'question.txt', bytes: Buffer.from(words) }], here);

  it('is offered what is near where no entry is sure', async () => {
    const { answer } = await dropWords(findVagueQuestion(builtKnowledge()));
    expect(answer.title).toBe('Closest I have');
  });

  it('is answered as a question, which its thread is then about', async () => {
    const w = world();
    const { answer, report } = await dropWords('who holds SeImpersonatePrivilege by default?', w);
    expect(renderText(answer)).toContain('LOCAL SERVICE');
    expect(report.diagnosis.verdict).toBe('unreadable');
    const typed = { ...here, thread: 'web/typed' };
    await w.desk.command('who holds SeImpersonatePrivilege by default?', typed);
    const [file, line] = await Promise.all([here, typed].map(({ thread }) => w.store.thread(thread)));
    expect(file?.topic).toBe('SeImpersonatePrivilege');
    expect(file).toEqual(line);
  });

  it.each(['utf16le', 'latin1'] as const)('is read however it is encoded: %s', async (encoding) => {
    const words = 'Wer hält SeImpersonatePrivilege? who holds SeImpersonatePrivilege by default?';
    const { desk } = world();
    const bytes = Buffer.from(words, encoding);
    const { answer } = await desk.diagnose([{ name: 'question.txt', bytes }], here);
    expect(renderText(answer)).toContain('LOCAL SERVICE');
  });

  it.each(['help', 'forget', 'lunch at noon'])('is refused as evidence when it is no question: %s', async (words) => {
    expect(renderText((await dropWords(words)).answer)).toMatch(/not a kind of evidence/);
  });
});

describe('a text that no reader knows', () => {
  const words =
    'we publish from the build agent\nand it stops here every time:\n\nCannot find APPPOOL object with identifier "Shop".\n';

  it('is evidence by a message in it, dropped as a file and pasted alike', async () => {
    const dropped = await world().desk.diagnose([{ name: 'post.txt', bytes: Buffer.from(words) }], here);
    expect(dropped.report.diagnosis.findings.map(({ cause }) => cause)).toEqual(['administration-command-refused']);
    const pasted = await world().desk.command(words, here);
    for (const { answer } of [dropped, pasted]) expect(renderText(answer)).toContain('no APPPOOL of the name Shop');
  });

  it('is evidence by the number of an event in it', async () => {
    const { report } = await world().desk.diagnose(
      [{ name: 'post.txt', bytes: Buffer.from('every site answers 503,\nand the log is full of Event ID 5139\n') }],
      here,
    );
    expect(report.diagnosis.findings.map(({ cause }) => cause)).toEqual(['application-pool-stopped']);
  });

  it('does not outvote evidence beside it that shows a failure', async () => {
    const { report } = await world().desk.diagnose(
      [
        {
          name: 'post.txt',
          bytes: Buffer.from(
            `<system.webServer><rewrite><rules><rule name="a"></rewrite></system.webServer>\n${words}`,
          ),
        },
      ],
      here,
    );
    expect(report.diagnosis.findings.map(({ cause }) => cause)).toEqual(['config-invalid']);
  });

  it('explains a page beside it that has no cause by itself', async () => {
    const page =
      'when I add the extension it throws "HTTP ERROR 500.0 - Internal Server Error( FastCGI process quit unexpectedly )"\n';
    const { report } = await world().desk.diagnose([{ name: 'post.txt', bytes: Buffer.from(page) }], here);
    expect(report.diagnosis.findings.map(({ cause }) => cause)).toEqual(['fastcgi-process-died']);
  });

  it('is added to a configuration beside it that is in order by itself', async () => {
    const config =
      '<configuration><system.webServer><security><authentication><anonymousAuthentication enabled="true" /></authentication></security></system.webServer></configuration>\n\nThis configuration section cannot be used at this path. This happens when the section is locked at a parent level.\n';
    const { report } = await world().desk.diagnose([{ name: 'post.txt', bytes: Buffer.from(config) }], here);
    expect(report.diagnosis.findings.map(({ cause }) => cause)).toEqual(['config-section-locked']);
  });
});
