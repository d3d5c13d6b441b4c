import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { errorPages, iisPageHtml, iisPageText, yellowText } from '../generator/evidence/pages.js';
import { fact, textOf } from './facts.js';

const read = (text: string) => readEvidence('page.htm', Buffer.from(text));
const judge = (text: string) => diagnose([read(text)], knowledge).files[0]!;

describe('an error page', () => {
  it.each(errorPages.map((page) => [page.name, page] as const))('gets its verdict and cause: %s', (_, page) => {
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

  it.each([
    ['0x80070005\n--\nCannot read it', 'config-unreadable'],
    ['| 0x80070021 |\nThis section cannot be used', 'config-section-locked'],
    ['0x800700B7', 'config-duplicate-entry'],
  ])('copied without labels, the code alone in its line: %s', (below, cause) => {
    const text = `HTTP Error 500.19 - Internal Server Error\nThe requested page cannot be accessed because its configuration is invalid.\n\n${below}`;
    expect(judge(text).cause).toBe(cause);
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

  const labels = {
    English: [
      "Server Error in '/' Application.",
      'Parser Error',
      'Description',
      'Parser Error Message',
      'Source File',
      'Line',
    ],
    German: [
      'Serverfehler in der Anwendung "/".',
      'Parserfehler',
      'Beschreibung',
      'Parserfehlermeldung',
      'Quelldatei',
      'Zeile',
    ],
    French: [
      "Erreur du serveur dans l'application '/'.",
      "Erreur de l'analyseur",
      'Description ',
      "Message de l'erreur de l'analyseur ",
      'Fichier source ',
      'Ligne ',
    ],
  };
  const withoutException = (language: keyof typeof labels, message: string, file: string, line: number) => {
    const [heading, title, about, says, source, lineLabel] = labels[language];
    return `${heading}\n\n${title}\n\n${about}: An error of this kind occurred.\n\n${says}: ${message}\n\n${source}: ${file}    ${lineLabel}: ${line}\n\n.NET Framework Version:4.0.30319; ASP.NET Version:4.8.4494.0`;
  };
  it.each([
    ['English', "Could not load type 'Shop.Web.Global'.", '/global.asax', 1, 'aspnet-compilation-error'],
    [
      'German',
      'Der Typ "Shop.Web.Cart" konnte nicht geladen werden.',
      '/shop/cart.aspx',
      1,
      'aspnet-compilation-error',
    ],
    [
      'French',
      'Section de configuration non reconnue x.',
      'D:\\sites\\shop\\web.config',
      14,
      'aspnet-configuration-error',
    ],
    ['English', 'The file could not be read.', 'D:\\sites\\shop\\app.config', 0, 'aspnet-configuration-error'],
    [
      'English',
      "Access to the path 'D:\\sites\\shop\\k3x1.tmp' is denied.",
      'D:\\sites\\shop\\keys.config',
      0,
      'file-write-denied',
    ],
  ] as const)('copied without an exception, %s: %s', (language, message, file, line, cause) => {
    const text = withoutException(language, message, file, line);
    expect(fact(read(text), 'exception.message')).toBe(message);
    expect(fact(read(text), 'exception.file')).toBe(file);
    expect(judge(text).cause).toBe(cause);
  });

  it('a refused character in the address is request validation in any language', () => {
    const page = (message: string) =>
      judge(
        yellowText({
          heading: "Server Error in '/' Application.",
          title: 'x',
          type: 'System.Web.HttpException',
          message,
        }),
      ).cause;
    expect(page('Ein möglicherweise gefährlicher Request.Path-Wert wurde vom Client (:) entdeckt.')).toBe(
      'aspnet-request-validation',
    );
    expect(page('The cart is closed')).toBe('aspnet-unhandled-exception');
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
  ])('is seen in %j', (text) => {
    expect(read(text).kind).toBe('unknown');
  });
});
