import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { builtKnowledge } from '../built-knowledge.js';
import { gptTmpl, machineRights, poolSids, seceditExport, utf16 } from '../generator/evidence/rights.js';

const knowledge = builtKnowledge();
const five = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568';

const tell = (name: string, text: string) =>
  renderText(answerReport(diagnose([readEvidence(name, Buffer.from(utf16(text)))], knowledge), knowledge), {
    columns: 1000,
  }).replace(/\s+/g, ' ');
const template = (rights: Record<string, string>) =>
  tell('GptTmpl.inf', gptTmpl(Object.entries({ SeImpersonatePrivilege: five, ...rights })));
const exported = (change: Record<string, string | null>, options: Parameters<typeof machineRights>[0] = {}) =>
  tell(
    'ur.inf',
    seceditExport(
      machineRights(options).flatMap(([right, list]): [string, string][] => {
        const value = right in change ? change[right]! : list;
        return value === null ? [] : [[right, value]];
      }),
    ),
  );

describe('one list of rights says which other rights that IIS needs it breaks', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'batch logon without IIS_IUSRS',
      { SeBatchLogonRight: '*S-1-5-32-544' },
      /Log on as a batch job On the list: Administrators; not IIS_IUSRS\. A pool with a named account cannot log on .*5021 and 5057.*0xC000015B/,
    ],
    [
      'a batch logon that no account has',
      { SeBatchLogonRight: '' },
      /Log on as a batch job No account is on the list\. .*0xC000015B/,
    ],
    [
      'a deny right that holds IIS_IUSRS',
      { SeDenyBatchLogonRight: '*S-1-5-32-546,*S-1-5-32-568' },
      /Deny log on as a batch job On the list: .*IIS_IUSRS\. .*deny list, which wins/,
    ],
    [
      'a deny right that holds everyone',
      { SeDenyNetworkLogonRight: '*S-1-1-0' },
      /Deny access to this computer from the network On the list: Everyone\. .*401\.1/,
    ],
    [
      'a primary token without the service accounts',
      { SeAssignPrimaryTokenPrivilege: '*S-1-5-32-544' },
      /Replace a process level token .*403\.19/,
    ],
    [
      'network logon for administrators only',
      { SeNetworkLogonRight: '*S-1-5-32-544' },
      /Access this computer from the network .*only if the list names them/,
    ],
  ])('and what fails then: %s', (_, rights, says) => {
    expect(template(rights)).toMatch(/Other rights that IIS needs, where IIS runs/);
    expect(template(rights)).toMatch(says);
  });

  it('what hardening usually sets is no fault', () => {
    const text = template({
      SeBatchLogonRight: '*S-1-5-32-544,*S-1-5-32-568',
      SeDenyBatchLogonRight: '*S-1-5-32-546',
      SeDenyNetworkLogonRight: '*S-1-5-32-546,*S-1-5-114',
      SeNetworkLogonRight: '*S-1-5-32-544,*S-1-5-11',
      SeAssignPrimaryTokenPrivilege: '*S-1-5-19,*S-1-5-20',
    });
    expect(text).not.toContain('Other rights that IIS needs');
  });

  it('gives no corrected line for any of them, and names the evidence instead', () => {
    const text = template({
      SeBatchLogonRight: '*S-1-5-32-544',
      SeDenyBatchLogonRight: '*S-1-1-0',
      SeAssignPrimaryTokenPrivilege: '',
      SeAuditPrivilege: '',
    });
    expect(text).not.toMatch(/Se(Batch|Deny|Assign|Audit)\w+ = /);
    expect(text).toMatch(/I give no corrected line for these rights\. What would show one: the Windows events/);
    expect(text).toContain('and more 2 rights');
  });

  it('judges by identity: a name of an unknown language decides nothing, IIS_IUSRS has no translation', () => {
    const text = template({ SeAssignPrimaryTokenPrivilege: 'Υπηρεσία', SeBatchLogonRight: 'Διαχειριστές' });
    expect(text).not.toContain('Replace a process level token On the list');
    expect(text).toContain('Log on as a batch job');
  });

  it('an account of a pool does not belong in a policy, and is normal on a machine', () => {
    const audit = { SeAuditPrivilege: `*S-1-5-19,*S-1-5-20,*${poolSids.DefaultAppPool}` };
    expect(template(audit)).toMatch(
      /IIS APPPOOL\\DefaultAppPool on "Generate security audits"\. .*does not belong in a GPO/,
    );
    expect(exported({})).not.toContain('does not belong in a GPO');
  });

  it('an export is judged where IIS is installed, and a line that is missing there means no holder', () => {
    expect(exported({ SeBatchLogonRight: null })).toMatch(
      /Other rights that IIS needs Log on as a batch job No account/,
    );
    expect(exported({})).not.toContain('Other rights');
    expect(exported({ SeAuditPrivilege: null }, { iis: false })).not.toContain('Other rights');
  });
});

it('the corrected line of a policy has no account of a pool, that of a machine keeps it', () => {
  const four = '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6';
  const list = `${four},*S-1-5-82-1-2-3-4-5`;
  const policy = template({ SeImpersonatePrivilege: list });
  expect(policy).toContain(`The line becomes: ${five} `);
  expect(policy).toContain('but those of single pools (S-1-5-82-…), which do not belong in a GPO');
  const machine = exported({ SeImpersonatePrivilege: list });
  expect(machine).toContain(`The line becomes: ${list},*S-1-5-32-568 `);
  expect(machine).not.toContain('those of single pools');
});
