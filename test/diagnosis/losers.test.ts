import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { machineRights, seceditExport } from '../generator/evidence/rights.js';
import { impersonation } from '../generator/scenarios/impersonation.js';
import { knowledge } from './readings.js';

const log = readEvidence('fr000001.xml', impersonation().bytes());
const told = (impersonate: string | undefined) => {
  const files =
    impersonate === undefined
      ? []
      : [readEvidence('ur.inf', Buffer.from(seceditExport(machineRights({ impersonate }))))];
  return renderText(answerReport(diagnose([log, ...files], knowledge), knowledge)).replace(/\s+/g, ' ');
};

describe('which pools lose the right', () => {
  it.each([
    [
      'a list without IIS_IUSRS',
      '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6',
      /pools with a custom account fail; ApplicationPoolIdentity still has the right through SERVICE/,
    ],
    [
      'a list without IIS_IUSRS and SERVICE',
      '*S-1-5-19,*S-1-5-20,*S-1-5-32-544',
      /pools with a custom account and with ApplicationPoolIdentity fail/,
    ],
    [
      'a list without SERVICE',
      '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-32-568',
      /lacks SERVICE and names IIS_IUSRS: pools keep the right through that group, unless manualGroupMembership/,
    ],
    [
      'a list that lacks none of them',
      '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568',
      /names IIS_IUSRS and SERVICE, so pools have the right/,
    ],
    ['no list', undefined, /Without IIS_IUSRS, pools with a custom account fail/],
  ])('is told with %s', (_, list, words) => {
    expect(told(list)).toMatch(words);
  });

  it('a custom account is never said to fail first where SERVICE is what is missing', () => {
    expect(told('*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-32-568')).not.toMatch(
      /custom account fail|named account fail/,
    );
  });
});
