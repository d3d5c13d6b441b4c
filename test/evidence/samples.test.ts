import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence } from '../../src/evidence/read.js';
import type { ObservationName } from '../../src/evidence/vocabulary/index.js';
import { fact, haveSamples, samples } from './facts.js';

const read = (name: string): Reading => readEvidence(name, readFileSync(path.join(samples, name)));

type Row = [file: string, kind: string, form: string, facts: Partial<Record<ObservationName, unknown>>];
const four = ['S-1-5-32-568'];
const english = ['SERVICE', 'NETWORK SERVICE', 'LOCAL SERVICE', 'Administrators'];

const table: Row[] = [
  [
    '01-secedit-export-iis-healthy.cfg',
    'rights-export',
    'secedit-export',
    {
      'right.holds-iis-iusrs': true,
      'right.missing': undefined,
      'iis.installed': true,
      'right.batch-holds-iis-iusrs': true,
    },
  ],
  [
    '02-secedit-export-default-no-iis.cfg',
    'rights-export',
    'secedit-export',
    { 'right.holds-iis-iusrs': false, 'right.missing': four, 'iis.installed': false, 'right.nobody': undefined },
  ],
  [
    '04-secedit-export-8bit-dsc-fixture.inf',
    'rights-export',
    'secedit-export',
    { 'right.holds-iis-iusrs': false, 'right.missing': four, 'iis.installed': false },
  ],
  [
    '05-GptTmpl-msft-ws1909-member-server.inf',
    'rights-export',
    'gpttmpl',
    { 'right.defined': true, 'right.missing': four, 'iis.installed': undefined },
  ],
  [
    '06-gpreport-msft-ws1909-member-server.xml',
    'policy-report',
    'gpo-report-xml',
    { 'right.gpo': 'MSFT Windows Server 1909 - Member Server', 'right.missing': four, 'right.winning-gpo': undefined },
  ],
  [
    '08-GptTmpl-dod-ws2019-domain-controller.inf',
    'rights-export',
    'gpttmpl',
    { 'right.defined': true, 'right.missing': four },
  ],
  [
    '09-GptTmpl-dod-firewall-no-privilege-rights.inf',
    'rights-export',
    'gpttmpl',
    { 'right.defined': false, 'right.nobody': undefined },
  ],
  [
    '10-GptTmpl-right-not-defined.inf',
    'rights-export',
    'gpttmpl',
    { 'right.defined': false, 'right.nobody': undefined },
  ],
  [
    '12-gpresult-h-dc-with-iis-right-not-in-gpo.html',
    'policy-report',
    'gpresult-html',
    { 'right.reported': true, 'right.defined': false, 'iis.installed': true, 'computer.name': 'WIN-ARN1DBGV2D1' },
  ],
  [
    '13-gpresult-h-russian-no-security-settings.html',
    'policy-report',
    'gpresult-html',
    { 'right.reported': false, 'right.defined': undefined },
  ],
  [
    '23-gpresult-x-domain-controller.xml',
    'policy-report',
    'gpresult-xml',
    {
      'right.holders': english,
      'right.missing': four,
      'right.winning-gpo': '02 Local Policies - DC',
      'computer.name': 'WIN-1CPI0V6RVEL',
    },
  ],
  [
    '24-gpresult-h-domain-controller.html',
    'policy-report',
    'gpresult-html',
    {
      'right.holders': english,
      'right.missing': four,
      'right.winning-gpo': '02 Local Policies - DC',
      'computer.name': 'WIN-1CPI0V6RVEL',
    },
  ],
  [
    '18-whoami-all-apppoolidentity-web.txt',
    'token-listing',
    'whoami-all',
    { 'token.has-right': true, 'token.whose': 'worker', 'token.pool': 'web' },
  ],
  [
    '20-whoami-priv-japanese-admin.txt',
    'token-listing',
    'whoami-priv',
    { 'token.has-right': true, 'token.whose': 'unknown' },
  ],
  [
    '14-applicationHost-default-pools.config',
    'server-config',
    'applicationHost.config',
    {
      'pool.name': 'DefaultAppPool',
      'pool.identity': 'ApplicationPoolIdentity',
      'pool.manual-group-membership': false,
    },
  ],
  [
    '15-u_ex160110-iis85.log',
    'access-log',
    'w3c',
    { 'access.failures': 0, 'access.impersonation-failures': undefined },
  ],
  [
    '16-u_ex100815-iis70.log',
    'access-log',
    'w3c',
    { 'access.failures': 0, 'access.impersonation-failures': undefined },
  ],
  [
    '21-w3c-ndes-500-0-1346.log',
    'fragment',
    'w3c-line',
    { 'access.impersonation-failures': 1, 'code.seen': '0x80070542', 'request.url': '/certsrv/mscep/mscep.dll' },
  ],
  [
    '22-security-events-4704-4705-4672-4703.xml',
    'event-export',
    'windows-events',
    {
      'events.count': 4,
      'audit.right-removed': undefined,
      'audit.right-added': undefined,
      'logon.with-right': 1,
      'computer.name': 'DC01',
    },
  ],
];

describe.skipIf(!haveSamples)('real files (skipped when the folder of samples is absent)', () => {
  it.each(table)('%s is read as %s', (name, kind, form, expected) => {
    const reading = read(name);
    expect(reading).toMatchObject({ kind, form });
    for (const [key, value] of Object.entries(expected))
      expect([key, fact(reading, key as ObservationName)]).toEqual([key, value]);
  });

  it('the two forms of one gpresult say the same', () => {
    const say = (name: string) =>
      read(name)
        .observations.map((o) => `${o.name} = ${JSON.stringify(o.value)}`)
        .sort();
    expect(say('23-gpresult-x-domain-controller.xml')).toEqual(say('24-gpresult-h-domain-controller.html'));
  });
});
