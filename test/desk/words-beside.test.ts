import { describe, expect, it } from 'vitest';
import { readAfter, type World, world } from './support.js';

const shortList = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const wholeList = `${shortList},*S-1-5-32-568`;
const givenBack = [
  'Event 4704, 3/2/2026 9:14:02 AM',
  'A user right was assigned.',
  'Target Account:',
  '\tAccount Name:\t\tBUILTIN\\IIS_IUSRS',
  'New Right:',
  '\tUser Right:\t\tSeImpersonatePrivilege',
].join('\n');
const startFailed = [
  'HTTP Error 500.30 - ASP.NET Core app failed to start',
  'Common solutions to this issue:',
  'The app failed to start',
  'The app started but threw an exception during startup',
].join('\n');
const logonRefused = [
  "Unhandled exception. Microsoft.Data.SqlClient.SqlException (0x80131904): Login failed for user 'FABRIKAM\\WEB04$'.",
  '   at Microsoft.Data.SqlClient.SqlConnection.Open()',
  '   at Fabrikam.Startup.Configure() in D:\\build\\Startup.cs:line 12',
].join('\n');
const handshake = [
  '2026-03-02 08:01:10 10.0.0.5 GET / - 80 - 10.0.3.12 Mozilla/5.0 - 401 2 5 0',
  '2026-03-02 08:01:10 10.0.0.5 GET / - 80 - 10.0.3.12 Mozilla/5.0 - 401 1 2148074254 0',
].join('\n');

/** A thread in which the list was found without the group, and the account was told. */
async function failing(): Promise<World> {
  const w = world();
  await readAfter(w, 'the site says 500 0 1346 since the hardening', 'the pool runs as FABRIKAM\\svc-web', shortList);
  return w;
}

describe('words beside evidence', () => {
  it('say that it fails still, and the answer knows what the list shows now', async () => {
    const text = await readAfter(await failing(), `${wholeList}\nthats the list now. still 500`);
    expect(text).toMatch(/list is right, (?:so|and) the worker process still has its old token/);
    expect(text).not.toContain('Good, so it was the right');
  });

  it('ask something, and get their answer first', async () => {
    const text = await readAfter(await failing(), `${givenBack}\nbut still the same 500, do i reboot?`);
    expect(text).toMatch(/No reboot and no iisreset is needed\./);
    expect(text).not.toContain('Kerberos');
  });

  it('never say of a list what it does not show', async () => {
    const short = shortList.replace(',*S-1-5-6', '');
    expect(await readAfter(await failing(), `they pushed this. looks fine?\n${short}`)).not.toMatch(/list is right/);
  });

  it('ask whether it is a fault at all', async () => {
    expect(await readAfter(world(), `${handshake}\nis that bad`)).toMatch(/No one is hit|It is a fault only when/);
  });

  it.each([
    ['a sentence of a program', 'A user right was assigned.'],
    ['a command', 'icacls D:\\web\\intra'],
    ['the reason alone', 'we deployed it an hour ago'],
  ])('leave the answer as it is where they only are %s', async (_, words) => {
    const [plain, beside] = await Promise.all([
      readAfter(world(), startFailed),
      readAfter(world(), `${startFailed}\n${words}`),
    ]);
    expect(beside.split('\n')[0]).toBe(plain.split('\n')[0]);
    expect(beside).not.toContain('look at what changed before the last one');
  });
});

describe('evidence that shows another cause', () => {
  it('is answered by itself, as the reason of the symptom before', async () => {
    const text = await readAfter(world(), startFailed, logonRefused);
    expect(text).toMatch(/^Likely cause: the application came to SQL Server as DOMAIN\\SERVER\$/);
    expect(text).toContain(
      'That is the likely reason for what I saw before: the ASP.NET Core application did not start.',
    );
    expect(text).not.toContain('2 files');
  });

  it('is another fault where it can be no reason of the one before', async () => {
    const stopped =
      'Log Name: System\nSource: Microsoft-Windows-WAS\nEvent ID: 5002\nDescription: Application pool Orders is being automatically disabled due to a series of failures in the process(es) serving that application pool.';
    const text = await readAfter(world(), stopped, `${logonRefused}\nthe reboot did it`);
    expect(text).toContain('This is another fault than before (the application pool is stopped)');
    expect(text).not.toContain('This fixed it" to close');
  });

  it('is another fault where the one before was no symptom', async () => {
    const text = await readAfter(await failing(), logonRefused);
    expect(text).toContain('This is another fault than before');
  });
});

describe('evidence of the same cause', () => {
  const page = (title: string) => `HTTP Error ${title}\nCommon solutions to this issue:\nThe app failed to start`;

  it('is judged alone where it shows another number', async () => {
    const shared = page('500.35 - ANCM Multiple In-Process Applications in same Process');
    const text = await readAfter(world(), page('500.31 - Failed to load ASP.NET Core runtime'), shared);
    expect(text).toContain('This is the same kind of fault as before with another number');
    expect(text).toContain('a pool of its own');
    expect(text).not.toContain('500.31:');
  });
});

describe('a line that tells several things and asks', () => {
  it('knows what was told, and does not explain the code that the thread is about', async () => {
    const told = 'export has S-1-5-32-568 now, pool stopped + started. pid was 4112 now 9344. still 500 0 1346';
    const text = await readAfter(await failing(), told);
    expect(text).toMatch(/^The list is right/);
    expect(text).not.toContain('ERROR_BAD_IMPERSONATION_LEVEL');
  });

  it('tells the account in more words, too', async () => {
    const w = world();
    await readAfter(w, shortList);
    expect(await readAfter(w, 'custom acct, its my test user FABRIKAM\\dev-anna')).toMatch(
      /^That fits: FABRIKAM\\dev-anna/,
    );
  });
});
