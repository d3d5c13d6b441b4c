import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { type World, world } from './support.js';

/** Returns what a reader sees first: the first two sentences of the newest answer, and a sign before them. */
function firstWords(w: World): string {
  const text = renderText(w.door.answers.at(-1) as Answer, { columns: 10_000, folded: false });
  const signed = /^(?:Yes|No)\. /.exec(text)?.[0] ?? '';
  return (
    signed +
    text
      .slice(signed.length)
      .split(/(?<=[.!?])\s+/)
      .slice(0, 2)
      .join(' ')
  );
}

async function threadWith(...files: string[]): Promise<World> {
  const w = world();
  w.door.files = {
    'fr000001.xml': frebLog({ pool: 'Orders', server: 'WEB07' }),
    'rights.inf': rightsExport(),
  };
  for (const name of files) await w.tell({ files: [{ name }] });
  return w;
}

async function answerTo(w: World, ...lines: string[]): Promise<string> {
  for (const text of lines) await w.tell({ text });
  return firstWords(w);
}

const lockedSection = [
  'HTTP Error 500.19 - Internal Server Error',
  'Error Code 0x80070021',
  'Config Error This configuration section cannot be used at this path.',
  'Config File \\\\?\\D:\\web\\shop\\web.config',
].join('\n');

const stoppedPool = '2026-06-08 19:53:49 10.0.0.9 50122 10.0.0.4 443 HTTP/1.1 GET /shop 503 2 AppOffline ShopPool';

const winningRow =
  'Impersonate a client after authentication    Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE    Web Baseline';

const removal = [
  'Event 4705, Security, WEB07',
  'Subject: Security ID: SYSTEM  Account Name: WEB07$  Logon ID: 0x3E7',
  'Target Account: Account Name: S-1-5-32-568',
  'Removed Right: User Right: SeImpersonatePrivilege',
].join('\n');

const playbookTask = [
  '- name: rights',
  '  ansible.windows.win_user_right:',
  '    name: SeImpersonatePrivilege',
  '    users:',
  '      - Administrators',
  '      - LOCAL SERVICE',
  '      - NETWORK SERVICE',
  '      - SERVICE',
].join('\n');

describe('a follow-up about the lost right', () => {
  it.each<[string, string[], RegExp]>([
    ['who sets it', ['is it the group policy then?'], /^That isn't proven yet: .* gpresult/],
    [
      'what if nothing does',
      ['and if none is listed there'],
      /^Then no GPO sets the right, and the local list counts: secpol\.msc/,
    ],
    [
      'a restart',
      ['must the server reboot for this?'],
      /^No reboot and no iisreset is needed\. The pool Orders needs a new token/,
    ],
    ['a recycle', ['would an iisreset fix that?'], /^No\. A restart alone doesn't help: .* Correct the list first/],
    ['the way around', ['can I just switch that protection off?'], /^One right is all that is needed\./],
    [
      'a person without the permission',
      ['I may not edit that policy'],
      /^(?:Then its owner has to do it|Message for the owner of the GPO)/,
    ],
    [
      'how long',
      ['how long does it take until it works'],
      /^As soon as the new list is on the server and the pool has a new process/,
    ],
    [
      'how it stays so',
      ['how do we prevent that in future'],
      /^Write IIS_IUSRS into the baseline as a documented exception/,
    ],
    ['whether it is this right', ['is that SeImpersonatePrivilege?'], /^Yes\. This is that right/],
  ])('says first what was asked: %s', async (_what, lines, wanted) => {
    expect(await answerTo(await threadWith('fr000001.xml'), ...lines)).toMatch(wanted);
  });

  it.each<[string, RegExp]>([
    ['the pool uses a domain account, FABRIKAM\\orders', /^That fits: .* the list lacks IIS_IUSRS\./],
    ['what should the list be in the end', /^SeImpersonatePrivilege = \*S-1-.*\*S-1-5-32-568/],
    ['which pools are hit by this', /^This list lacks IIS_IUSRS: pools with a custom account fail/],
  ])('uses the list of the export: %s', async (line, wanted) => {
    expect(await answerTo(await threadWith('fr000001.xml', 'rights.inf'), line)).toMatch(wanted);
  });

  it('remembers what was told', async () => {
    const w = await threadWith('fr000001.xml');
    expect(
      await answerTo(w, "gpresult doesn't list any GPO for that right", 'so the security baseline did it?'),
    ).toMatch(/^No\. No GPO sets the right there\./);
    expect(await answerTo(w, 'IIS_IUSRS is on the list again', 'still the same error')).toMatch(
      /^The list is right, so the worker process still has its old token/,
    );
  });

  it('keeps what was told when evidence follows', async () => {
    const w = await threadWith('fr000001.xml');
    await answerTo(w, 'we run it under a service user, FABRIKAM\\orders');
    await w.tell({ files: [{ name: 'rights.inf' }] });
    expect(await answerTo(w, 'the export has no IIS_IUSRS')).toMatch(/^That proves it/);
  });

  it('asks for more where a built-in identity speaks against it', async () => {
    expect(await answerTo(await threadWith('fr000001.xml'), "it's ApplicationPoolIdentity")).toMatch(
      /^Then IIS_IUSRS alone doesn't explain it/,
    );
  });

  it('does not take the word of a tool for the subject', async () => {
    const w = await threadWith('fr000001.xml');
    expect(await answerTo(w, 'explain tool-gpresult', 'does that need a reboot?')).toMatch(/^No reboot/);
  });

  it('writes the names of the thread into the message for the owner', async () => {
    const w = world();
    await w.tell({ text: winningRow });
    await w.tell({ text: 'write me the message for them' });
    expect(renderText(w.door.answers.at(-1) as Answer, { columns: 10_000, folded: false })).toContain(
      'and Web Baseline sets that right without it',
    );
  });
});

describe('pasted evidence about the list', () => {
  it.each([
    ['the row of gpresult', winningRow, /GPO "Web Baseline" sets SeImpersonatePrivilege without IIS_IUSRS/],
    [
      'a task that replaces it',
      playbookTask,
      /^Likely cause: this script replaces the whole list of SeImpersonatePrivilege/,
    ],
    ['the event of its removal', removal, /^Likely cause: IIS_IUSRS lost SeImpersonatePrivilege/],
  ])('names what is wrong with it: %s', async (_what, text, wanted) => {
    expect(await answerTo(world(), text)).toMatch(wanted);
  });

  it.each([
    [removal, 'which admin did that?', /^No person: the event names the computer itself/],
    [winningRow, 'is it really the policy?', /^Yes\. A GPO sets it: Web Baseline wins there/],
    [playbookTask, 'no gpo sets this right', /^That fits what you sent: line 3 of the play writes the local list/],
  ])('is used by what follows: %#', async (text, line, wanted) => {
    expect(await answerTo(world(), text, line)).toMatch(wanted);
  });

  it('is kept beside the failing request', async () => {
    const line = '2026-06-08 19:53:49 10.0.0.4 GET /logo.png - 443 - 10.0.0.9 curl/8.0 500 0 1346 12';
    const list = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
    expect(await answerTo(world(), line, list)).toMatch(/^IIS_IUSRS is missing from the list; that fits/);
  });
});

describe('a follow-up about another fault', () => {
  it.each<[string, string, RegExp]>([
    [lockedSection, 'which file is it', /^The file is D:\\web\\shop\\web\.config\./],
    [lockedSection, 'will an iisreset be necessary?', /^No (?:reboot and no )?iisreset is needed/],
    [lockedSection, 'is it dangerous to do that', /^Unlocking lets every web\.config of the server set that section/],
    [
      lockedSection,
      'has this to do with the impersonate right?',
      /^No\. This is another fault: web\.config uses a locked section/,
    ],
    [
      lockedSection,
      'on the former server the same file worked',
      /^(?:There|On the server where it works) .*unlocked, or set for the site/,
    ],
    [stoppedPool, 'which pool is it', /^The pool is ShopPool\./],
    [
      stoppedPool,
      'is that the impersonation problem again?',
      /^No\. This is another fault: the pool ShopPool does not run/,
    ],
    [stoppedPool, 'and if it stops again', /^Then something stops it each time/],
  ])('says first what was asked: %#', async (evidence, line, wanted) => {
    expect(await answerTo(world(), evidence, line)).toMatch(wanted);
  });

  it('stays with it after a sentence about another one', async () => {
    const w = world();
    await answerTo(w, lockedSection, 'explain file-write-denied/which-account');
    expect(await answerTo(w, 'do I have to restart IIS?')).toMatch(/iisreset is needed/);
  });
});
