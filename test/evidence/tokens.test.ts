import { describe, expect, it } from 'vitest';
import { appPoolSid } from '../../src/evidence/sids.js';
import { readAccessChk } from '../../src/evidence/tokens/accesschk.js';
import { readWhoami } from '../../src/evidence/tokens/whoami.js';
import { accessChkProcess, accessChkRight, whoami } from '../generator/evidence/tokens.js';
import { fact, textOf } from './facts.js';

const usual = [
  'SeChangeNotifyPrivilege',
  'SeImpersonatePrivilege',
  'SeCreateGlobalPrivilege',
  '-SeIncreaseWorkingSetPrivilege',
];
const without = usual.filter((p) => p !== 'SeImpersonatePrivilege');
const worker = ['S-1-1-0', 'S-1-5-3', 'S-1-5-32-568', 'S-1-5-11'];

describe('whoami', () => {
  it.each(['table', 'csv'] as const)('reads the token of a pool as %s, German too', (form) => {
    for (const language of ['en', 'de'] as const) {
      const user: [string, string] = ['iis apppool\\portal', appPoolSid('Portal')];
      const r = readWhoami(
        'w.txt',
        whoami({ form, language, user, groups: ['S-1-1-0', 'S-1-5-6', 'S-1-5-32-568'], privileges: usual }),
      );
      expect(r).toMatchObject({ kind: 'token-listing', form: 'whoami-all', withheld: 0 });
      expect(fact(r, 'token.has-right')).toBe(true);
      expect(fact(r, 'token.whose')).toBe('worker');
      expect(fact(r, 'token.pool')).toBe('portal');
    }
  });

  it('a disabled privilege is held', () => {
    const r = readWhoami('w.txt', whoami({ privileges: ['SeChangeNotifyPrivilege', '-SeImpersonatePrivilege'] }));
    expect(r?.form).toBe('whoami-priv');
    expect(fact(r, 'token.has-right')).toBe(true);
    expect(fact(r, 'token.whose')).toBe('unknown');
  });

  it('a privilege without a row is not held, and a look-alike does not count', () => {
    const privileges = [...without, 'SeDelegateSessionUserImpersonatePrivilege'];
    for (const form of ['table', 'csv'] as const)
      expect(fact(readWhoami('w', whoami({ form, privileges })), 'token.has-right')).toBe(false);
  });

  it('knows a worker under an account by its groups and shows that account', () => {
    const user: [string, string] = ['contoso\\svc_web', 'S-1-5-21-1-2-3-1105'];
    const r = readWhoami('w.txt', whoami({ user, groups: worker, privileges: without }));
    expect(fact(r, 'token.whose')).toBe('worker');
    expect(fact(r, 'token.has-right')).toBe(false);
    expect(fact(r, 'token.account')).toBe('contoso\\svc_web');
    expect(fact(r, 'token.groups')).toContain('S-1-5-32-568');
  });

  it("a person's console proves nothing about the worker, and the person is withheld", () => {
    const user: [string, string] = ['contoso\\jane.roe', 'S-1-5-21-1-2-3-1106'];
    const groups = ['S-1-1-0', 'deny:S-1-5-32-544', 'S-1-5-4', 'S-1-2-1', 'S-1-5-21-1-2-3-513'];
    for (const language of ['en', 'de'] as const) {
      const r = readWhoami('w.txt', whoami({ language, user, groups, privileges: without }));
      expect(fact(r, 'token.whose')).toBe('interactive');
      expect(fact(r, 'token.deny-only-administrators')).toBe(true);
      expect(r?.withheld).toBe(1);
      expect(textOf(r)).not.toMatch(/jane|S-1-5-21/);
    }
    const remote = readWhoami('w.txt', whoami({ groups: ['S-1-1-0', 'S-1-5-2', 'S-1-5-32-544'], privileges: without }));
    expect(fact(remote, 'token.whose')).toBe('interactive');
    expect(fact(remote, 'token.deny-only-administrators')).toBeUndefined();
  });

  it('reads /fo list, but a single line of the kind is no listing', () => {
    const list = without
      .map((p) => `Privilege Name: ${p.replace('-', '')}\nDescription: text\nState: Enabled\n`)
      .join('\n');
    expect(fact(readWhoami('w', list), 'token.has-right')).toBe(false);
    expect(
      fact(readWhoami('w', list.replace('SeCreateGlobalPrivilege', 'SeImpersonatePrivilege')), 'token.has-right'),
    ).toBe(true);
    const least = ['SeChangeNotifyPrivilege', 'SeIncreaseWorkingSetPrivilege']
      .map((p) => `Privilege Name: ${p}\nDescription: text\nState: Enabled\n`)
      .join('\n');
    expect(fact(readWhoami('w', least), 'token.has-right')).toBe(false);
    expect(readWhoami('w', 'User Right: SeImpersonatePrivilege\nSID: S-1-5-32-568')).toBeNull();
  });

  it('groups alone say nothing about the right', () => {
    const r = readWhoami('w.txt', whoami({ groups: worker }));
    expect(r?.form).toBe('whoami-groups');
    expect(fact(r, 'token.has-right')).toBeUndefined();
  });

  it('does not read other text', () => {
    expect(readWhoami('x', 'We gave SeImpersonatePrivilege back to S-1-5-32-568 and it works.')).toBeNull();
    expect(readWhoami('x', 'a | b\n=== ===\n1 2\n')).toBeNull();
  });
});

describe('AccessChk', () => {
  it('reads the token of a worker process', () => {
    const groups = ['Everyone', 'NT AUTHORITY\\BATCH', 'BUILTIN\\IIS_IUSRS'];
    const r = readAccessChk(
      'a.txt',
      accessChkProcess({ id: 7120, user: 'CONTOSO\\svc_web', groups, privileges: ['SeChangeNotifyPrivilege'] }),
    );
    expect(r).toMatchObject({ kind: 'token-listing', form: 'accesschk-process' });
    expect(fact(r, 'token.process-id')).toBe(7120);
    expect(fact(r, 'token.whose')).toBe('worker');
    expect(fact(r, 'token.has-right')).toBe(false);
    expect(fact(r, 'token.groups')).toEqual(['S-1-1-0', 'S-1-5-3', 'S-1-5-32-568']);
  });

  it('another process is not the worker', () => {
    const r = readAccessChk(
      'a.txt',
      accessChkProcess({ id: 4, name: 'notepad.exe', user: 'CONTOSO\\jane.roe', groups: [], privileges: usual }),
    );
    expect(fact(r, 'token.whose')).toBe('unknown');
    expect(textOf(r)).not.toContain('jane');
  });

  it('reads who holds the right', () => {
    const r = readAccessChk(
      'a.txt',
      accessChkRight([
        'BUILTIN\\Administrators',
        'NT AUTHORITY\\SERVICE',
        'NT AUTHORITY\\LOCAL SERVICE',
        'NT AUTHORITY\\NETWORK SERVICE',
      ]),
    );
    expect(r).toMatchObject({ kind: 'token-listing', form: 'accesschk-right', origin: 'machine' });
    expect(fact(r, 'right.missing')).toEqual(['S-1-5-32-568']);
    expect(fact(r, 'right.holds-service')).toBe(true);
  });
});

describe('the place of the facts', () => {
  it('names the line that shows whose token it is, and says that the right is absent', () => {
    const r = readWhoami('w', whoami({ groups: ['S-1-5-4'], privileges: ['SeChangeNotifyPrivilege'] }));
    const whose = r?.observations.find((o) => o.name === 'token.whose');
    expect(whose).toMatchObject({ value: 'interactive', field: 'groups', raw: 'S-1-5-4 (INTERACTIVE)' });
    expect(r?.observations.find((o) => o.name === 'token.has-right')).toMatchObject({
      field: 'SeImpersonatePrivilege',
      raw: 'not in the token',
    });
  });
});
