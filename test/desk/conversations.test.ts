import { describe, expect, it } from 'vitest';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { readAfter, type World, world } from './support.js';

/** A thread in which a log of the lost right was dropped. */
async function failing(): Promise<World> {
  const w = world();
  w.door.files = {
    'fr000001.xml': frebLog({ pool: 'Shop', server: 'WEB21' }),
    'rights.inf': rightsExport(),
  };
  await w.tell({ files: [{ name: 'fr000001.xml' }] });
  return w;
}

const fourHolders = 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
const workerToken = [
  '[5120] w3wp.exe',
  '  Groups: FABRIKAM\\Domain Users, Everyone, BUILTIN\\IIS_IUSRS',
  '  Privileges: SeChangeNotifyPrivilege ENABLED, SeIncreaseWorkingSetPrivilege DISABLED',
].join('\n');
const consoleToken = [
  'Privilege Name                Description                               State',
  '============================= ========================================= ========',
  'SeChangeNotifyPrivilege       Bypass traverse checking                  Enabled',
  'SeImpersonatePrivilege        Impersonate a client after authentication Enabled',
  '',
  'Group Name                           Type             SID          Attributes',
  '==================================== ================ ============ ==================================================',
  'NT AUTHORITY\\INTERACTIVE             Well-known group S-1-5-4      Mandatory group, Enabled by default, Enabled group',
].join('\n');
const unreadable = [
  'HTTP Error 500.19 - Internal Server Error',
  'Module  IIS Web Core',
  'Notification  BeginRequest',
  'Error Code  0x80070005',
  'Config Error  Cannot read configuration file due to insufficient permissions',
  'Config File  \\\\?\\D:\\web\\intra\\web.config',
].join('\n');
const stoppedPool = '2026-06-08 19:53:49 10.0.0.9 50122 10.0.0.4 443 HTTP/1.1 GET /shop 503 2 AppOffline ShopPool';
const refusedLogon = '2026-06-08 19:53:49 10.0.0.4 GET /hr - 443 FABRIKAM\\u 10.0.0.9 curl/8.0 401 1 2148074252 12';

describe('evidence that follows a finding', () => {
  it('confirms it together with what was told', async () => {
    const text = await readAfter(await failing(), 'it runs under FABRIKAM\\svc-shop', fourHolders);
    expect(text).toMatch(/^Confirmed: the worker process lost the right/);
    expect(text).toContain('The list lacks IIS_IUSRS.');
    expect(text).not.toContain('To be certain');
  });

  it.each<[string, string, RegExp]>([
    ['the token of the worker process', workerToken, /That fits|Confirmed/],
    ['the identity of the pool', 'SpecificUser\nFABRIKAM\\svc-shop', /^That fits: .*\n[\s\S]*FABRIKAM\\svc-shop/],
    [
      'a list that is in order',
      `${fourHolders},*S-1-5-32-568`,
      /^That speaks against it\.[\s\S]*so the policy is not to blame now/,
    ],
    ['the list of another computer', `WEB22: ${fourHolders},*S-1-5-32-568`, /WEB22 has IIS_IUSRS on its list/],
  ])('says first what it changes: %s', async (_what, evidence, wanted) => {
    expect(await readAfter(await failing(), evidence)).toMatch(wanted);
  });

  it('is in order after the request works', async () => {
    const w = world();
    const line = (day: string, end: string) =>
      `2026-06-${day} 19:53:49 10.0.0.4 GET /logo.png - 443 - 10.0.0.9 curl/8.0 ${end} 12`;
    expect(await readAfter(w, line('08', '500 0 1346'), line('09', '200 0 0'))).toMatch(/^Fixed: /);
    expect(await readAfter(w, 'then we are done with it?')).not.toMatch(/This is a fault/);
  });

  it('is read from the labels of a policy report', async () => {
    const row = [
      'Policy: Impersonate a client after authentication',
      ' Computer Setting: Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE',
      ' Winning GPO: Web Tier 1',
    ].join('\n');
    const text = await readAfter(await failing(), row);
    expect(text).toMatch(/^IIS_IUSRS is missing from the list; that fits/);
    expect(text).toContain('in GPO Web Tier 1');
  });

  it('is named as the reason, and the fix is the one above', async () => {
    const list = [
      'icacls D:\\web\\intra',
      'D:\\web\\intra BUILTIN\\Administrators:(OI)(CI)(F)',
      '             NT AUTHORITY\\SYSTEM:(OI)(CI)(F)',
    ].join('\n');
    const text = await readAfter(world(), unreadable, list);
    expect(text).toMatch(/^(?:That fits|Confirmed)/);
    expect(text).toContain('lets every pool read');
    expect(text).toContain('The fix is the one above.');
  });

  it('ends the suspicion where the list lets pools read', async () => {
    const list =
      'icacls D:\\web\\intra\nD:\\web\\intra BUILTIN\\IIS_IUSRS:(OI)(CI)(RX)\n             BUILTIN\\Administrators:(F)';
    expect(await readAfter(world(), unreadable, list)).toMatch(/^That speaks against it\./);
  });
});

describe('a fact that is told', () => {
  it.each<[string, string, RegExp]>([
    [unreadable, 'the permissions are all right, I looked', /^Then look one step further/],
    [
      stoppedPool,
      'security 4625 shows 0xC000015B there',
      /^That decides it: 0xC000015B[\s\S]*lacks "Log on as a batch job"/,
    ],
    [stoppedPool, 'sub status was 0xc000006a', /^That decides it: the password/],
    [stoppedPool, 'the log has 5011 several times and then 5002', /^That is a crash/],
    [refusedLogon, 'the event says 0xC0000234', /^That decides it: the account is locked out/],
  ])('is read as what it means for this fault: %#', async (evidence, line, wanted) => {
    expect(await readAfter(world(), evidence, line)).toMatch(wanted);
  });

  it('is kept by its name', async () => {
    const w = await failing();
    await readAfter(w, 'its identity is FABRIKAM\\svc-shop');
    expect(await readAfter(w, 'write me the message for the owner of the gpo')).toContain('FABRIKAM\\svc-shop');
  });

  it('comes before the question behind it', async () => {
    const text = await readAfter(await failing(), 'the account is FABRIKAM\\svc-shop. does a gpo set it?');
    expect(text).toMatch(/^That isn't proven yet/);
    expect(text).toContain('That fits: FABRIKAM\\svc-shop');
  });

  it('names the place of the fix at once', async () => {
    const text = await readAfter(await failing(), 'the winning GPO is Web-Tier-1');
    expect(text).toMatch(/^Then Web-Tier-1 is the place/);
    expect(text).toContain('Add IIS_IUSRS in GPO Web-Tier-1');
  });

  it('of the state of a privilege in a console proves nothing', async () => {
    const text = await readAfter(world(), consoleToken, 'but there it is shown as enabled');
    expect(text).toMatch(/^That is your own console/);
    expect(text).toContain('accesschk.exe -accepteula -p -f');
  });
});

describe('what "that" means', () => {
  it.each<[string[], string]>([
    [[consoleToken, 'how do I get this'], 'accesschk.exe -accepteula -p -f'],
    [[stoppedPool, 'password is certainly correct', 'how do I check that'], 'findstr BatchLogonRight'],
    [[stoppedPool, 'the events are 5021 and 5057', 'how do I get that'], '4625'],
    [['why does the site come without pictures since the hardening?', 'how do I get that log'], 'FailedReqLogFiles'],
  ])('is what was asked for last: %#', async (lines, wanted) => {
    expect(await readAfter(world(), ...lines)).toContain(wanted);
  });
});

describe('a question in a thread', () => {
  it('about another server claims nothing', async () => {
    expect(await readAfter(await failing(), 'and what about node 2?')).toMatch(/^I know nothing of that server yet/);
  });

  it.each<[string, RegExp]>([
    ['does the visitor lack a right?', /^No\. It is not the visitor/],
    ['what do I do once they have corrected it', /^On the server refresh the policy/],
    ['could we run it as ApplicationPoolIdentity until then?', /^As a stopgap it can work/],
    ['may I add it in the local policy?', /^Only if no GPO sets the right/],
    ['does the pool need it or IUSR', /^The pool's account needs the right/],
  ])('is answered for this failure: %s', async (line, wanted) => {
    expect(await readAfter(await failing(), line)).toMatch(wanted);
  });

  it('for a message tells the case', async () => {
    const text = await readAfter(
      world(),
      stoppedPool,
      'the log has 5011 and 5002',
      'write something for the developers',
    );
    expect(text).toContain('/shop was answered 503');
    expect(text).toContain('ShopPool');
  });
});

describe('what was told before the evidence came', () => {
  const story = 'since the new baseline the shop of WEB21 answers 500 0 1346. its pool runs as FABRIKAM\\svc-shop';

  it('counts with it: code and account', async () => {
    const text = await readAfter(world(), story, fourHolders);
    expect(text).toMatch(/^Confirmed: the worker process lost the right/);
    expect(text).toContain('FABRIKAM\\svc-shop');
    expect(text).not.toContain('appcmd.exe list apppool');
  });

  it('still counts with what comes after', async () => {
    const config =
      'in applicationHost.config I see\n<add name="Shop">\n  <processModel identityType="SpecificUser" userName="FABRIKAM\\svc-shop" manualGroupMembership="true" />\n</add>';
    expect(await readAfter(world(), story, fourHolders, config)).toMatch(/^That fits: .*\n\n.*manualGroupMembership/);
  });

  it('is no evidence of its own', async () => {
    const text = await readAfter(world(), story, `${fourHolders},*S-1-5-32-568`);
    expect(text).not.toContain('Possible cause');
    expect(text).toContain('old token');
  });

  it('is nothing where the code was only asked about, or the account is no pool', async () => {
    expect(await readAfter(world(), 'what does 0x80070542 mean?', fourHolders)).toMatch(/^Possible cause/);
    const visitor = 'we see 0x80070542 in the trace. the user FABRIKAM\\anna gets a 500 on the page';
    expect(await readAfter(world(), visitor, fourHolders)).toMatch(/^Possible cause/);
  });
});

describe('evidence in forms that people copy', () => {
  const rows = (labels: [string, string, string, string], holders: string[]) => {
    const [heading, gpo, policy, setting] = labels;
    const [first, ...others] = holders;
    return [
      `   ${heading}`,
      `   ${'-'.repeat(heading.length)}`,
      `     ${gpo}: SRV-Baseline`,
      `         ${policy}:            ImpersonatePrivilege`,
      `         ${setting}:  ${first}`,
      ...others.map((one) => `                            ${one}`),
    ].join('\n');
  };

  it.each<[string, string]>([
    [
      'English rows of gpresult',
      rows(['User Rights', 'GPO', 'Policy', 'Computer Setting'], ['LOCAL SERVICE', 'NETWORK SERVICE', 'SERVICE']),
    ],
    [
      'German rows of gpresult',
      rows(
        ['Zuweisen von Benutzerrechten', 'Gruppenrichtlinienobjekt', 'Richtlinie', 'Computereinstellung'],
        ['LOKALER DIENST', 'Netzwerkdienst', 'Administratoren', 'DIENST'],
      ),
    ],
  ])('names the GPO of %s, also in the message for its owner', async (_what, pasted) => {
    const w = await failing();
    expect(await readAfter(w, pasted)).toContain('GPO SRV-Baseline');
    const letter = await readAfter(w, 'that is not my gpo, what do I send to the team that owns it?');
    expect(letter).toContain('SRV-Baseline sets that right');
    expect(letter).not.toContain('<GPO>');
  });

  it('reads the time of an event whose head is in one line', async () => {
    const event = [
      'Log Name: Security  Source: Microsoft-Windows-Security-Auditing  Event ID: 4705  Date: 6/8/2026 7:21:05 PM  Computer: WEB21',
      'A user right was removed.',
      'Subject:',
      '  Security ID:  SYSTEM',
      'Target Account:',
      '  Account Name:  BUILTIN\\IIS_IUSRS',
      'Removed Right:',
      '  User Right:  SeImpersonatePrivilege',
    ].join('\n');
    const line = '2026-06-08 19:53:49 10.0.0.4 GET /logo.png - 443 - 10.0.0.9 curl/8.0 500 0 1346 12';
    const text = await readAfter(world(), line, event);
    expect(text).toContain('2026-06-08T19:21:05');
    expect(text).not.toContain('does not give');
  });

  it('reads access lists of files below the present folder', async () => {
    const page = [
      'HTTP Error 401.3 - Unauthorized',
      'Module  IIS Web Core',
      'Error Code  0x80070005',
      'Physical Path  D:\\web\\shop\\logo.png',
    ].join('\n');
    const lists = [
      'D:\\web\\shop>icacls logo.png',
      'logo.png BUILTIN\\Administrators:(F)',
      '         NT AUTHORITY\\SYSTEM:(F)',
    ].join('\n');
    expect(await readAfter(world(), page, lists)).not.toContain('Closest I have');
  });

  it('never shows the name of a fact', async () => {
    const page = 'HTTP Error 500.30 - ASP.NET Core app failed to start\n\nit began after the deployment';
    expect(await readAfter(world(), page, 'which log is that')).not.toMatch(/\bfile\.requested|decisive\./);
  });
});

describe('the pool that is told', () => {
  const refused = [
    "System.UnauthorizedAccessException: Access to the path 'D:\\web\\intra\\logs\\a.log' is denied.",
    '   at System.IO.FileStream..ctor(String path, FileMode mode)',
    '   at Intra.LogWriter.Write()',
  ].join('\n');

  it('stands in the commands that follow', async () => {
    const text = await readAfter(world(), refused, 'the pool is Payroll', 'how do I fix it');
    expect(text).toContain('IIS AppPool\\Payroll');
  });

  it.each(['the pool is stopped', 'pool is ApplicationPoolIdentity', 'the app pool is fine'])(
    'is none in: %s',
    async (line) => {
      const text = await readAfter(world(), refused, line, 'how do I fix it');
      expect(text).toContain('IIS AppPool\\<pool>');
    },
  );
});

describe('a failure without a known cause', () => {
  const bare = '2026-06-08 01:00:03 10.0.0.4 GET /shop - 443 - 10.0.0.9 curl/8.0 500 0 0 30211';

  it.each<[string, RegExp]>([
    ['it only happens at 1 am', /^What the failures have in common/],
    ['would a restart help', /^A (?:restart|recycle) may hide it/],
    ['works on the other server', /^(?:Something differs|Then something differs)/],
    ['why', /^That depends on the cause: 500 can mean/],
  ])('is talked about as that: %s', async (line, wanted) => {
    expect(await readAfter(world(), bare, line)).toMatch(wanted);
  });
});

describe('thanks', () => {
  it('with the word that it works closes the finding', async () => {
    expect(await readAfter(world(), unreadable, 'it works now, thanks')).toMatch(/^Good/);
  });

  it('alone is answered politely', async () => {
    expect(await readAfter(world(), unreadable, 'thanks!')).toMatch(/^You are welcome/);
  });
});
