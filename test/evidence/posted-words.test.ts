import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { findNumberedEvents } from '../../src/evidence/events/forms/numbered-events.js';
import { unwrapConsole } from '../../src/evidence/fragment/unwrap.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { failingLines } from '../../src/evidence/text-lines.js';
import { knowledge } from '../diagnosis/readings.js';
import { fact } from './facts.js';

const judge = (text: string) => diagnose([readEvidence('post.txt', Buffer.from(text))], knowledge).files[0]!;

const head = (provider: string, id: number) =>
  [
    '- <System>',
    `  <Provider Name="${provider}" />`,
    `  <EventID Qualifiers="0">${id}</EventID>`,
    '  <TimeCreated SystemTime="2026-06-08T19:53:49.000000000Z" />',
  ].join('\n');

describe('a part of an event', () => {
  it.each([
    [
      'its end left off',
      `- <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\n${head('Microsoft-Windows-WAS', 5011)}`,
    ],
    ['its start left off', `${head('Microsoft-Windows-WAS', 5011)}\n  </System>\n  </Event>`],
    ['both left off', `the pool died again:\n\n${head('Microsoft-Windows-WAS', 5011)}\n  <EventRec`],
  ])('is read with %s', (_, text) => {
    expect(fact(readEvidence('post.txt', Buffer.from(text)), 'event.id')).toBe(5011);
  });

  it('keeps the words of a value that was cut off', () => {
    const text = `${head('.NET Runtime', 1026)}\n  </System>\n  <EventData>\n    <Data>Application: w3wp.exe\nFramework Version: v4.0.30319\nException Info: System.NullReferenceException\n   at Shop.Cart.Load(Int32)`;
    expect(judge(text)).toMatchObject({ cause: 'pool-process-ended' });
  });
});

describe('an event that is named by its number', () => {
  it.each([
    ['the site is down,\nthe log has Event ID 5139 again and again', ['Microsoft-Windows-WAS']],
    ['Die Site antwortet nicht.\nEreignis-ID: 2280', ['Microsoft-Windows-IIS-W3SVC-WP']],
    ['nothing works\nevent 1309 and event 5011', ['ASP.NET', 'Microsoft-Windows-WAS']],
  ])('gets its provider: %j', (text, providers) => {
    expect(findNumberedEvents(text).map(({ provider }) => provider)).toEqual(providers);
  });

  it.each([
    'what is event id 5139',
    'port 5139 is open\nand id 5011 is a customer',
    'Event ID 4711\nof our own service',
  ])('is not seen in %j', (text) => expect(findNumberedEvents(text)).toEqual([]));
});

describe('a console that breaks words', () => {
  const long = 'System.InvalidOperationException: The setting of a warehouse was not found in the file of settings';
  const broken = `${long.slice(0, 80)}\n${long.slice(80)}\n   at Shop.Start.Run()`;

  it('is put together, and lines below keep their numbers', () => {
    expect(unwrapConsole(broken)).toBe(`${long}\n\n   at Shop.Start.Run()`);
    expect(fact(readEvidence('log.txt', Buffer.from(broken)), 'exception.message')).toContain(
      'in the file of settings',
    );
  });

  it.each([
    [
      'prose of that width',
      `${'the server of the shop does not answer any more since we moved it to the new host'.slice(0, 80)}\nand so on`,
    ],
    ['a line that ends with its word', `${long.slice(0, 79)}.\nnext`],
  ])('leaves %s', (_, text) => expect(unwrapConsole(text)).toBe(text));
});

describe('what tools say of their failure', () => {
  it.each([
    ['appcmd', 'ERROR ( message:Cannot find SITE object with identifier "Shop". )', /no SITE of the name Shop/],
    [
      'appcmd with a code',
      'ERROR ( hresult:8007007a, message:Failed to generate item output.\nThe data area is too small. )',
      /longer than its line/,
    ],
    ['appcmd, an unknown message', 'ERROR ( message:Something else went wrong. )', /Something else went wrong/],
    [
      'Web Deploy',
      'Error Code: ERROR_DESTINATION_NOT_REACHABLE\nMore Information: Could not connect.',
      /Nothing answered Web Deploy/,
    ],
  ])('is read: %s', (_, text, says) => {
    expect(diagnose(readPasted(text), knowledge).files[0]).toMatchObject({
      verdict: 'failure',
      detail: expect.stringMatching(says),
    });
  });
});

describe('the page of iisnode', () => {
  it.each([
    [1001, /listen on the pipe/],
    [1002, /before the application listened/],
    [1013, /no HTTP answer/],
  ])('says at which step it failed: %i', (substatus, says) => {
    const text = `iisnode encountered an error when processing the request.\n\nHRESULT: 0x2\nHTTP status: 500\nHTTP subStatus: ${substatus}\nHTTP reason: Internal Server Error\n`;
    expect(judge(text)).toMatchObject({ cause: 'node-process-error', detail: expect.stringMatching(says) });
  });
});

describe('a page in words', () => {
  it('has its code from the heading', () => {
    const page =
      'HTTP Error 500.19 - Internal Server Error: Code 0x80070021\n\nThe page cannot be shown, because its data is not valid here.\n';
    expect(fact(readEvidence('page.txt', Buffer.from(page)), 'decisive.code')).toBe('0x80070021');
  });

  it('has its file from the words above it', () => {
    const page =
      'The viewer asks for "plan.xkt" and gets\nHTTP Error 404.3 - Not Found\nThe page you are requesting cannot be served because of the extension configuration.\n';
    expect(judge(page)).toMatchObject({ cause: 'mime-type-missing', detail: expect.stringContaining('.xkt') });
  });
});

describe('what people quote in a sentence of theirs', () => {
  it('is read as the words of the software, and their own words are not', () => {
    const lines = failingLines(
      'when I add it, it throws an error "FastCGI process quit unexpectedly" again\nmy page fails, I said "no" to it\n',
    );
    expect(lines).toEqual([['FastCGI process quit unexpectedly', 1]]);
  });
});
