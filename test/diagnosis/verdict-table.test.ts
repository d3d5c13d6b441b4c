import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { knowledge, machineExport, reading, template } from './readings.js';

const iis = ['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6', '*S-1-5-32-568'];
const right = 'impersonation-right-missing';

/** What each kind of evidence says when it stands alone: the table that answers are built on. */
const table: [string, Reading, string, string | null, string | null][] = [
  ['a machine whose list names IIS_IUSRS', machineExport('a.inf', iis), 'no-fault', null, null],
  ['a machine with IIS whose list lacks it', machineExport('a.inf'), 'failure', right, 'likely'],
  ['a machine without signs of IIS', machineExport('a.inf', undefined, false), 'inconclusive', null, null],
  [
    'a machine where no account holds the right',
    reading(
      'a.inf',
      'rights-export',
      { 'right.defined': false, 'right.nobody': true, 'right.holds-iis-iusrs': false, 'right.holders': [] },
      { origin: 'machine' },
    ),
    'failure',
    right,
    'likely',
  ],
  ['a template that lacks it', template('GptTmpl.inf'), 'failure', right, 'possible'],
  ['a template that names it', template('GptTmpl.inf', iis), 'no-fault', null, null],
  [
    'a template that does not define the right',
    reading('GptTmpl.inf', 'rights-export', { 'right.defined': false }, { origin: 'template' }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a merged-policy export without the line',
    reading('m.inf', 'rights-export', { 'right.defined': false }, { origin: 'merged-policy' }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a file that could be either, without the line',
    reading('x.inf', 'rights-export', { 'right.defined': false }, { origin: 'unknown' }),
    'inconclusive',
    null,
    null,
  ],
  [
    'gpresult with a winning GPO that lacks it',
    reading('gp.html', 'policy-report', {
      'right.reported': true,
      'right.defined': true,
      'right.winning-gpo': 'Servers',
      'right.holds-iis-iusrs': false,
    }),
    'failure',
    right,
    'likely',
  ],
  [
    'gpresult in which no GPO sets it',
    reading('gp.html', 'policy-report', { 'right.reported': true, 'right.defined': false }),
    'inconclusive',
    null,
    null,
  ],
  [
    'gpresult without user rights',
    reading('gp.html', 'policy-report', { 'right.reported': false }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a report of one GPO that lacks it',
    reading('gpo.xml', 'policy-report', {
      'right.defined': true,
      'right.gpo': 'Baseline',
      'right.holds-iis-iusrs': false,
    }),
    'failure',
    right,
    'possible',
  ],
  [
    'a worker token without the right',
    reading('w.txt', 'token-listing', {
      'token.whose': 'worker',
      'token.has-right': false,
      'token.groups': ['S-1-5-32-568'],
    }),
    'failure',
    right,
    'likely',
  ],
  [
    'a worker token with the right',
    reading('w.txt', 'token-listing', { 'token.whose': 'worker', 'token.has-right': true }),
    'no-fault',
    null,
    null,
  ],
  [
    'a console',
    reading('w.txt', 'token-listing', { 'token.whose': 'interactive', 'token.has-right': false }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a token of an unknown process',
    reading('w.txt', 'token-listing', { 'token.whose': 'unknown', 'token.has-right': true }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a W3C log with 500 0 1346',
    reading('u.log', 'access-log', { 'access.lines': 9, 'access.failures': 3, 'access.impersonation-failures': 3 }),
    'failure',
    right,
    'likely',
  ],
  [
    'a W3C log without failures',
    reading('u.log', 'access-log', { 'access.lines': 9, 'access.failures': 0 }),
    'no-fault',
    null,
    null,
  ],
  [
    'a W3C log with other failures',
    reading('u.log', 'access-log', { 'access.lines': 9, 'access.failures': 2 }),
    'failure',
    null,
    null,
  ],
  [
    'event 4705 for IIS_IUSRS',
    reading('e.xml', 'event-export', { 'audit.right-removed': ['S-1-5-32-568'], 'audit.iis-iusrs-removed': true }),
    'failure',
    right,
    'likely',
  ],
  [
    'WAS saying that a pool cannot log on',
    reading('sys.xml', 'event-export', { 'pool.event': '5059 Portal' }),
    'failure',
    'application-pool-stopped',
    'likely',
  ],
  ['SceCli 1202', reading('app.xml', 'event-export', { 'policy.warning': '0x534' }), 'inconclusive', null, null],
  [
    'events about other rights',
    reading('e.xml', 'event-export', { 'events.count': 4, 'event.id': 4704 }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a configuration with built-in identities',
    reading('c.config', 'server-config', { 'pool.name': 'A', 'pool.identity': 'ApplicationPoolIdentity' }),
    'no-fault',
    null,
    null,
  ],
  [
    'a configuration with a named account',
    reading('c.config', 'server-config', { 'pool.name': 'A', 'pool.identity': 'SpecificUser' }),
    'inconclusive',
    null,
    null,
  ],
  [
    'a pasted line that lacks it',
    reading('pasted', 'fragment', { 'right.defined': true, 'right.holds-iis-iusrs': false }),
    'failure',
    right,
    'possible',
  ],
];

describe('evidence that is no trace, alone', () => {
  it.each(table)('gets its verdict, cause and confidence: %s', (_, one, verdict, cause, confidence) => {
    const file = diagnose([one], knowledge).files[0]!;
    expect([file.verdict, file.cause, file.confidence]).toEqual([verdict, cause, confidence]);
    expect(file.detail ?? (one.kind === 'access-log' ? 'none' : null)).not.toBeNull();
    expect(file.request).toBeNull();
    for (const id of file.next) expect(knowledge.evidenceRequests.has(id)).toBe(true);
  });

  it('a template never says that no account holds the right', () => {
    const file = diagnose(
      [reading('GptTmpl.inf', 'rights-export', { 'right.defined': false }, { origin: 'template' })],
      knowledge,
    ).files[0]!;
    expect(file.detail).toMatch(/does not define/);
    expect(file.detail).not.toMatch(/nobody/i);
  });
});
