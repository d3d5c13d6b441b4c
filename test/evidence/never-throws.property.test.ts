import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { textReaders } from '../../src/evidence/readers.js';
import { gpoReport, gpresultHtml, gpresultXml } from '../generator/evidence/policy.js';
import { machineRights, seceditExport, utf16 } from '../generator/evidence/rights.js';
import {
  accessLog,
  appcmdText,
  applicationHost,
  detailedErrorPage,
  windowsEvent,
  windowsEvents,
} from '../generator/evidence/server.js';
import { accessChkProcess, accessChkRight, whoami } from '../generator/evidence/tokens.js';

const seeds = [
  seceditExport(machineRights(), 'all'),
  gpresultHtml({ impersonate: 'SERVICE' }),
  gpresultXml(),
  gpoReport([{ sid: 'S-1-5-6', name: 'SERVICE' }]),
  windowsEvents([windowsEvent(4705, { TargetSid: 'S-1-5-32-568', PrivilegeList: 'SeImpersonatePrivilege' })]),
  applicationHost(),
  appcmdText(),
  detailedErrorPage('en'),
  accessLog(['date', 'time', 'sc-status'], ['2026-06-08 19:53:49 500']),
  whoami({ user: ['a\\b', 'S-1-5-21-1'], groups: ['S-1-5-6'], privileges: ['SeImpersonatePrivilege'] }),
  accessChkProcess({ id: 1, user: 'a', groups: ['Everyone'], privileges: ['SeImpersonatePrivilege'] }),
  accessChkRight(['BUILTIN\\Administrators']),
  '73. MODULE_SET_RESPONSE_ERROR_STATUSWarning ModuleName="IIS Web Core", HttpStatus="500", ErrorCode="x (0x80070542)"',
];

/** Returns a seed with a piece cut out, doubled or replaced, or with its end cut off. */
const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(400), fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean())
  .map(([seed, at, length, put, cut]) => {
    const from = at % seed.length;
    return cut ? seed.slice(0, from) + put : seed.slice(0, from) + put + seed.slice(from + length);
  });

describe('no input makes a reader throw or hang', () => {
  it('not even mutated evidence', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        for (const reader of textReaders) reader('x', text);
        expect(Array.isArray(readPasted(text))).toBe(true);
        expect(readEvidence('x', utf16(text)).file).toBe('x');
      }),
      { numRuns: 400 },
    );
  });

  it('not even arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Array.isArray(readPasted(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['open tags', '<UserRightsAssignment>'.repeat(4000)],
    ['open events', '<Event><System>'.repeat(6000)],
    ['quotes', '"'.repeat(100_000)],
    ['brackets', '['.repeat(100_000)],
    ['ampersands', '&lt;'.repeat(25_000)],
    ['spaces', `SeImpersonatePrivilege${' '.repeat(90_000)}x`],
    ['rulers', `${'= '.repeat(45_000)}x`],
    ['capitals', 'A_'.repeat(50_000)],
    ['rows', '<tr><td>'.repeat(12_000)],
    ['blank lines', '\n'.repeat(100_000)],
    ['blank lines with spaces', ' \n'.repeat(50_000)],
    ['SIDs', 'S-1-5-'.repeat(16_000)],
    ['bars', '| '.repeat(50_000)],
    ['equal signs', 'SeImpersonatePrivilege = '.repeat(4000)],
    ['fields', 'A_B C="'.repeat(14_000)],
    ['colons', 'a:'.repeat(50_000)],
    ['numbers', `2026-06-08 19:53:49 GET / ${'500 0 '.repeat(15_000)}x`],
  ])('100 KB of %s are read to their end', (_, text) => {
    const html = `<html gpmc_reportInitialized="false"><body><div class="rsopsettings">${text}`;
    const xml = `<Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop"><ComputerResults>${text}`;
    const pools = `<configuration><system.applicationHost><applicationPools>${text}`;
    const found = [text, html, xml, pools, `SeX ${text}`].map((pasted) => readPasted(pasted).map(({ kind }) => kind));
    expect(found).toEqual([[], ['policy-report'], ['policy-report'], [], []]);
  });
});
