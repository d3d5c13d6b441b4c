import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/answer/answer.js';
import { codeAnswer } from '../../src/answer/code-answer.js';
import { parseCode } from '../../src/answer/codes.js';
import { compareAnswer } from '../../src/answer/compare-answer.js';
import { defaultsAnswer } from '../../src/answer/defaults-answer.js';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { fixAnswer } from '../../src/answer/fix-answer.js';
import { confirmedReports } from '../../src/answer/gallery/confirmed-reports.js';
import { galleryReports } from '../../src/answer/gallery.js';
import { renderText } from '../../src/answer/text.js';
import { statusAnswer } from '../../src/answer/topic-answer.js';
import type { Report } from '../../src/diagnosis/report.js';
import type { TraceComparison } from '../../src/evidence/freb/compare.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const report = (name: string): Report => structuredClone({ ...galleryReports, ...confirmedReports(knowledge) }[name]!);
const first = (r: Report, now?: Date) =>
  renderText(answerReport(r, knowledge, { now }), { folded: false, columns: 1e6 });

describe('a log alone', () => {
  it('says cause and certainty, request, fix, proof, why, holders and check in this order', () => {
    const text = first(report('right-likely'));
    const order = [
      'Likely cause',
      'GET /secure',
      'gpupdate',
      'then stop the pool',
      'event 73',
      'Impersonate a client',
      'SERVICE; with IIS',
      'secedit',
    ];
    const at = order.map((part) => text.indexOf(part));
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  it('gives the code in decimal and hexadecimal with its name, and the stage with its event', () => {
    expect(first(report('right-likely'))).toMatch(
      /event 73 .*2147943746\n.*0x80070542 ERROR_BAD_IMPERSONATION_LEVEL, IIS Web Core, AUTHENTICATE_REQUEST/,
    );
  });

  it('never claims more than likely', () => {
    expect(first(report('right-likely'))).not.toMatch(/confirmed/i);
  });

  it('says how old the trace is from a week on, and nothing without a clock', () => {
    const r = report('right-likely');
    expect(first(r, new Date('2026-06-14T19:00:00Z'))).not.toContain('ago');
    expect(first(r, new Date('2026-06-16T19:00:00Z'))).toContain('recorded 7 days ago');
    expect(first(r, new Date('2029-06-16T19:00:00Z'))).toContain('recorded 3 years ago');
    expect(first(r)).not.toContain('ago');
  });

  it('claims no cause where none is known, and names what to capture', () => {
    const text = first(report('failure-unknown-code'));
    expect(text).toContain("I don't know the cause");
    expect(text).toContain("I can't name a cause");
    expect(text).toContain('What to send next');
    expect(text).not.toMatch(/\nFix\n/);
  });

  it('puts what is missing in a cut log above everything it says', () => {
    const text = first(report('cut-off'));
    expect(text.indexOf('ends in the middle')).toBeLessThan(text.indexOf('What the file says'));
  });

  it('falls back to the file alone when the knowledge has no card for the cause', () => {
    const r = report('right-likely');
    r.diagnosis.findings[0]!.cause = 'no-such-card';
    r.files[0]!.cause = 'no-such-card';
    expect(first(r)).toContain("I don't know the cause");
  });
});

describe('several files', () => {
  it('names the winning GPO and the exact line with every present holder', () => {
    const text = first(report('right-confirmed-gpo'));
    expect(text).toContain('Add IIS_IUSRS in GPO Server Hardening 2026');
    expect(text).toContain('*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568');
  });

  it('writes names as SIDs where they are well known, and leaves the others as they are', () => {
    const r = report('right-confirmed');
    r.diagnosis.findings[0]!.facts.line = 'BUILTIN\\Administrators,SERVICE,svc-backup,*S-1-5-32-568';
    expect(first(r)).toContain('*S-1-5-32-544,*S-1-5-6,svc-backup,*S-1-5-32-568');
  });

  it('says what speaks against the cause before the proof, and folds the fix', () => {
    const text = first(report('right-contradicted'));
    expect(text).toContain('Possible cause');
    expect(text.indexOf('Evidence against this')).toBeLessThan(text.indexOf('Proof'));
    expect(text).not.toMatch(/\nFix\n/);
  });

  it('tells a page and its style sheet as one story', () => {
    expect(first(report('right-page-and-parts'))).toMatch(/Noticed\n.*fr000031\.xml.*fr000032\.xml/);
  });

  it('loses no file, however many there are', () => {
    const r = report('many-mixed');
    const file = r.files[0]!;
    r.files = Array.from({ length: 5000 }, (_, i) => ({ ...file, name: `fr${i}.xml` }));
    const text = renderText(answerReport(r, knowledge));
    expect(text).toContain('4,900 more');
    expect(text.length).toBeLessThan(60_000);
  });

  it('says so when none can be read', () => {
    const r = report('unreadable');
    r.files.push({ ...r.files[0]!, name: 'b.bin' });
    expect(first(r)).toContain('None of these 2 files can be read');
  });
});

describe('a comparison', () => {
  const bad = report('right-likely').files[0]!;
  const good = { ...report('no-fault').files[0]!, request: { ...bad.request!, status: 200 } };
  const both = (one: typeof bad, other: typeof bad): Report => ({
    files: [one, other],
    diagnosis: { verdict: 'failure', findings: [] },
    groups: [],
  });
  const at = (says: string) => ({ event: 71, name: 'FILE_CACHE_ACCESS_END', module: null, notification: null, says });
  const comparison: TraceComparison = {
    readable: { bad: true, good: true },
    same: false,
    common: 40,
    before: null,
    parting: { why: 'result', bad: at('Successful=false 0x80070542'), good: at('Successful=true') },
    slower: [],
  };

  it('names the first event where the logs part, with both results and the code decoded', () => {
    const answer = compareAnswer(comparison, both(bad, good), knowledge);
    expect(plainText(answer.title)).toContain('event 71');
    expect(renderText(answer)).toMatch(
      /Successful=false 0x80070542[\s\S]*ERROR_BAD_IMPERSONATION_LEVEL[\s\S]*Successful=true/,
    );
  });

  it('warns when the second log fails as well or the URLs differ', () => {
    const other = { ...bad, request: { ...bad.request!, url: 'http://h/other' } };
    const text = renderText(compareAnswer(comparison, both(bad, other), knowledge));
    expect(text).toContain('fails as well');
    expect(text).toContain('different URLs');
  });

  it('says which of the two is no log', () => {
    const picture = { ...report('unreadable').files[0]! };
    const text = renderText(
      compareAnswer({ ...comparison, readable: { bad: true, good: false } }, both(bad, picture), knowledge),
    );
    expect(text).toContain('photo.xml is a PNG image');
  });
});

describe('codes, statuses, defaults', () => {
  it.each(['0x80070542', '80070542', '2147943746', '-2147023550', '500 0 1346', 'win32 1346', '1346'])(
    '%s is the same question',
    (form) => {
      expect(plainText(codeAnswer(parseCode(form)!, knowledge).title)).toBe(
        '0x80070542 is ERROR_BAD_IMPERSONATION_LEVEL',
      );
    },
  );

  it.each(['', 'abc', '99999999999', '0xZZ', '-99999999999', '1.5'])('%j is no code', (form) => {
    expect(parseCode(form)).toBeUndefined();
  });

  it('decodes a code it does not know by its parts and claims no more', () => {
    expect(renderText(codeAnswer(0x80131621, knowledge))).toMatch(/0x80131621 (is not in my list|is )/);
    expect(renderText(codeAnswer(0x80040155, knowledge))).toContain('0x80040155');
    expect(renderText(codeAnswer(0x8bad1234, knowledge))).toContain('facility 941, code 4660');
  });

  it('falls back to the main status and says so', () => {
    expect(renderText(statusAnswer('404.99', knowledge)!)).toContain('I have no entry for 404.99');
    expect(statusAnswer('999', knowledge)).toBeUndefined();
  });

  it.each([
    ['member server', 'Member server'],
    ['on a DC?', 'Domain controller (effective)'],
    ['default domain controllers policy', 'Default Domain Controllers Policy'],
    ['stand-alone', 'Stand-alone server'],
    ['IIS', 'Server with IIS'],
    ['Windows Server 2025', 'Server 2025'],
  ])('"defaults %s" shows its own row', (asked, row) => {
    const text = renderText(defaultsAnswer(knowledge, asked), { folded: false });
    expect(text.split('\n\n')[0]!.replace(/\n/g, ' ')).toContain(row);
    expect(text).toMatch(/(?<!LOCAL |NETWORK )\bSERVICE\b/);
    expect(text).toContain('IIS_IUSRS');
  });

  it('shows the whole table for a place it does not know', () => {
    expect(renderText(defaultsAnswer(knowledge, 'a toaster'))).toContain('Default Domain Policy');
  });

  it('distinguishes the ways for a recipe without text', () => {
    expect(renderText(fixAnswer(knowledge, 'magic'))).toContain('fix powershell');
  });
});
