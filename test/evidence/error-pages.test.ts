import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { errorPages, iisPageHtml, iisPageText, yellowText } from '../generator/evidence/pages.js';
import { fact, textOf } from './facts.js';

const read = (text: string) => readEvidence('page.htm', Buffer.from(text));
const judge = (text: string) => diagnose([read(text)], knowledge).files[0]!;

describe('an error page', () => {
  it.each(errorPages.map((page) => [page.name, page] as const))('%s', (_, page) => {
    const reading = read(page.text);
    expect(reading.kind).toBe('error-page');
    expect(fact(reading, 'page.software')).toBe(page.software);
    const file = judge(page.text);
    expect([file.verdict, file.cause], file.detail ?? '').toEqual([page.verdict, page.cause]);
    expect(file.detail).not.toBeNull();
    expect(file.evidence.length).toBeGreaterThan(0);
  });
});

describe("IIS's detailed page", () => {
  const page = {
    heading: 'HTTP Error 500.19 - Internal Server Error',
    notification: 'Unknown',
    code: '0x8007000d',
    config: {
      error: "Unrecognized element 'rewrite'",
      file: 'D:\\sites\\shop\\web.config',
      source: ['   14: <system.webServer>', '   15:   <rewrite password="Zq1">', '   16:     <rules>'],
    },
    url: 'https://shop.example:443/a.aspx?id=4711',
    user: 'CONTOSO\\jane',
  };

  it.each([
    ['saved', iisPageHtml(page)],
    ['copied', iisPageText(page)],
  ])('%s: names file, line and element, and keeps query, user and the line itself back', (_, text) => {
    const reading = read(text);
    expect(fact(reading, 'decisive.config-file')).toBe('D:\\sites\\shop\\web.config');
    expect(fact(reading, 'decisive.config-line')).toBe(15);
    expect(fact(reading, 'decisive.config-element')).toBe('rewrite');
    expect(fact(reading, 'request.url')).toBe('https://shop.example:443/a.aspx');
    expect(fact(reading, 'decisive.notification')).toBeUndefined();
    expect(textOf(reading)).not.toMatch(/jane|4711|Zq1/);
  });

  it('asks for no trace rule and no trace where no trace is in sight', () => {
    expect(
      judge(iisPageText({ heading: 'HTTP Error 500.0 - Internal Server Error', code: '0x8007ffff' })).next,
    ).toEqual(['freb-log']);
  });
});

describe("ASP.NET's page", () => {
  it('names exception, source file and line', () => {
    const reading = read(
      yellowText({
        heading: "Server Error in '/' Application.",
        title: 'Boom',
        type: 'System.InvalidOperationException',
        message: 'The cart is closed',
        file: 'c:\\inetpub\\shop\\Cart.aspx.cs',
        line: 21,
      }),
    );
    expect(fact(reading, 'exception.type')).toBe('System.InvalidOperationException');
    expect(fact(reading, 'exception.message')).toBe('The cart is closed');
    expect(fact(reading, 'exception.file')).toBe('c:\\inetpub\\shop\\Cart.aspx.cs');
    expect(fact(reading, 'exception.line')).toBe(21);
  });

  it('a refused write is not mended with read permission', () => {
    const write = errorPages.find(({ name }) => name === 'may not write, copied')!;
    const read = errorPages.find(({ name }) => name === 'may not read, copied')!;
    const steps = (text: string) => knowledge.causes.get(judge(text).cause!)!.fix.map((step) => step.command ?? '');
    expect(steps(write.text).join('\n')).toContain('(M)');
    expect(steps(read.text).join('\n')).not.toContain('(M)');
  });
});

describe('no page', () => {
  it.each([
    'We get HTTP Error 500.19 - Internal Server Error, what is it?\nthanks',
    'HTTP Error 500.19 - Internal Server Error',
    'the release notes\nfixed ERR_CONNECTION_REFUSED on start, any idea?',
    'Fatal error: the disk is full',
    'A table\nModule\tOrders\nHandler\tnone',
    'see [1]: this is a list\n[Note: read me]\n   done',
    'RFC 9110 lists 404 - Not Found and 500 - Internal Server Error among others; who knows more?',
  ])('%s', (text) => {
    expect(read(text).kind).toBe('unknown');
  });
});
