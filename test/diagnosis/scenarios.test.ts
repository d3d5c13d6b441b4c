import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { causeScenarios } from '../generator/scenarios/causes.js';
import { type Log, logBytes } from '../generator/scenarios/log.js';
import { knowledge } from './readings.js';

const judge = (one: Log, culture?: string) =>
  diagnose([readEvidence('fr000001.xml', logBytes(one, culture))], knowledge).files[0]!;

/** Causes no trace can show: HTTP.sys answered, or the fault needs more than one event to be told apart. */
const notInTraces = [
  // A whole trace shows headers, or is taken for the first leg of a handshake.
  'credentials-not-accepted',
  'application-pool-stopped',
  'request-refused-by-http-sys',
  'pool-process-hung',
  'pool-process-ended',
  'no-site-for-request',
  'connection-timed-out',
  'http-sys-out-of-resources',
  'wsus-pool-stopped',
  'https-certificate-unusable',
  'administration-command-refused',
  'web-deploy-refused',
];

describe('a generated log', () => {
  it.each(causeScenarios.map((s) => [`${s.cause}: ${s.name}`, s] as const))(
    'gets its verdict and cause: %s',
    (_, scenario) => {
      const file = judge(scenario.log);
      expect([file.verdict, file.cause], file.detail ?? '').toEqual([scenario.verdict, scenario.cause]);
      expect(file.detail).not.toBeNull();
      expect(file.evidence.length).toBeGreaterThan(0);
      expect(file.damage).toEqual([]);
      if (scenario.lookalike) {
        const other = judge(scenario.lookalike.log);
        expect([other.verdict, other.cause], scenario.lookalike.name).toEqual([
          scenario.lookalike.verdict,
          scenario.lookalike.cause,
        ]);
      }
    },
  );

  it.each(['de-DE', 'ja-JP'])('gets the same verdicts on a server in %s', (culture) => {
    for (const scenario of causeScenarios) {
      expect([scenario.name, judge(scenario.log, culture).cause]).toEqual([scenario.name, scenario.cause]);
    }
  });

  it('exists for every cause card that a trace can show', () => {
    const shown = new Set(causeScenarios.flatMap((s) => [s.cause, s.lookalike?.cause]));
    const missing = [...knowledge.causes.keys()].filter((id) => !shown.has(id) && !notInTraces.includes(id));
    expect(
      missing,
      `No log shows ${missing.join(', ')}. Add one to a file cause-*.ts in test/generator/scenarios, for example
  { cause: '${missing[0]}', name: 'what it shows', verdict: 'failure', log: failed('500', managed, execute) }
with the look-alike it must not be taken for; "Add a log" in knowledge/README.md says which file and which helpers.
If no trace can show the cause, add its id to notInTraces in this test.`,
    ).toEqual([]);
  });
});
