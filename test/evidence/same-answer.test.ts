import { describe, expect, it } from 'vitest';
import { readTypedText } from '../../adapters/slack/text.js';
import { messageText } from '../../adapters/teams/inbound/message-text.js';
import { fencedText } from '../../src/desk/conversation/text-forms.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { eventForms } from '../generator/evidence/events.js';
import { errorPages } from '../generator/evidence/pages.js';
import { gpoReport, gpresultXml } from '../generator/evidence/policy.js';
import { machineRights, seceditExport } from '../generator/evidence/rights.js';
import { accessLog, applicationHost, httperr } from '../generator/evidence/server.js';
import { accessChkRight, whoami } from '../generator/evidence/tokens.js';
import { impersonation } from '../generator/index.js';
import { causeScenarios } from '../generator/scenarios/causes.js';
import { logBytes } from '../generator/scenarios/log.js';

const columns = ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-substatus', 'sc-win32-status'];
const compact =
  '73.\tMODULE_SET_RESPONSE_ERROR_STATUS\tWarning\tModuleName="IIS Web Core", Notification="AUTHENTICATE_REQUEST", HttpStatus="500", HttpReason="Internal Server Error", HttpSubStatus="0", ErrorCode="Either a required impersonation level was not provided, or the provided impersonation level is invalid.\n (0x80070542)", ConfigExceptionInfo=""\t19:53:49.130';

/** A sample of every kind. */
const samples: [name: string, text: string][] = [
  ...errorPages.map(({ name, text }): [string, string] => [`page: ${name}`, text]),
  ...causeScenarios.map((s): [string, string] => [`log: ${s.name}`, logBytes(s.log).toString('utf8')]),
  ['log with the right lost', impersonation().bytes().toString('utf8')],
  ['rights export', seceditExport(machineRights())],
  ['gpresult', gpresultXml()],
  ['GPO report', gpoReport([{ sid: 'S-1-5-6', name: 'SERVICE' }])],
  ['configuration', applicationHost()],
  ['access log', accessLog(columns, ['2026-06-08 19:53:49 GET /a 500 0 1346'])],
  ['HTTPERR log', httperr()],
  ['whoami', whoami({ privileges: ['SeChangeNotifyPrivilege', 'SeImpersonatePrivilege'] })],
  ['accesschk', accessChkRight(['BUILTIN\\Administrators'])],
  ['compact view', compact],
  ['compact view, one line', compact.replace('\n', ' ')],
  ...Object.entries(eventForms).map(([form, write]): [string, string] => [
    `events: ${form}`,
    write([
      {
        provider: 'Microsoft-Windows-WAS',
        id: 5002,
        time: '2026-06-08T19:50:00',
        data: { AppPoolID: 'Portal' },
        message: "Application pool 'Portal' is being automatically disabled due to a series of failures.",
      },
    ]),
  ]),
];

const slackEscaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Slack makes a link of each address it sees, with and without a label. */
const slackLinked = (text: string) =>
  slackEscaped(text).replace(/https?:\/\/[^\s"'&|<>]+/g, (url, at: number) =>
    at % 2 ? `<${url}>` : `<${url}|${url}>`,
  );
const us = { id: 'us' } as never;

/** The ways a text takes, each to what the reader is given. */
const ways: Record<string, (text: string) => string> = {
  paste: (text) => text,
  'code block': (text) => fencedText(`look:\n\`\`\`\n${text}\n\`\`\``)!,
  Slack: (text) => readTypedText(slackLinked(text), 'U1'),
  'Slack, code block': (text) => fencedText(readTypedText(`<@U1> see\n\`\`\`\n${slackEscaped(text)}\n\`\`\``, 'U1'))!,
  Teams: (text) => messageText({ text: slackEscaped(text), recipient: us }),
};

const verdictOf = (readings: Reading[]) => {
  const { files } = diagnose(readings, knowledge);
  const [first] = files;
  return first && [first.verdict, first.cause, first.detail];
};

describe('the same bytes get the same answer', () => {
  it.each(Object.keys(ways))('as a file and through: %s', (way) => {
    const other = samples.flatMap(([name, text]) => {
      const asFile = verdictOf([readEvidence('evidence.txt', Buffer.from(text))]);
      const pasted = verdictOf(readPasted(ways[way]!(text)));
      return JSON.stringify(asFile) === JSON.stringify(pasted) ? [] : [`${name}: ${asFile} ≠ ${pasted}`];
    });
    expect(other).toEqual([]);
  });
});

/** True when each word stands in the text: a form may write provider and number apart, or the number with its severity bits. */
const holds = (text: string, words: string) =>
  words.split(' ').every((word) => text.includes(word) || text.includes(String(Number(word) + 0xc0000000)));

describe('what is said rests on the evidence', () => {
  const judged = samples.map(([name, text]) => {
    const reading = readEvidence('evidence.txt', Buffer.from(text));
    return { name, text, kind: reading.kind, file: diagnose([reading], knowledge).files[0]! };
  });

  it('a fault of the trace rule is told of traces only', () => {
    expect(judged.filter(({ kind, file }) => kind !== 'freb-log' && file.next.includes('verbose-trace'))).toEqual([]);
  });

  it('no trace is asked for where HTTP.sys answered', () => {
    const pages = judged.filter(({ text }) => /HTTP Error \d{3}\. The /.test(text));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.filter(({ file }) => file.next.includes('freb-log'))).toEqual([]);
  });

  it('the Authorization header is told of only where the headers of the request are in sight', () => {
    const told = judged.filter(({ file }) => /Authorization header/.test(file.detail ?? ''));
    expect(told.filter(({ text }) => !text.includes('GENERAL_REQUEST_HEADERS')).map(({ name }) => name)).toEqual([]);
  });

  it('an event in a proof is one of the file', () => {
    const invented = judged.flatMap(({ name, text, file }) =>
      file.evidence
        .filter(({ eventName }) => eventName && !holds(text, eventName.replace('Microsoft-Windows-', '')))
        .map((e) => `${name}: ${e.eventName}`),
    );
    expect(invented).toEqual([]);
  });

  it('a value in a proof of a page stands on the page', () => {
    const pages = judged.filter(({ kind }) => kind === 'error-page');
    const plain = (text: string) =>
      text.replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/\s+/g, ' ').toLowerCase();
    const invented = pages.flatMap(({ name, text, file }) =>
      file.evidence
        .filter(({ field, value }) => field !== 'page' && field !== 'stack trace' && !holds(plain(text), plain(value)))
        .map((e) => `${name}: ${e.field} = ${e.value}`),
    );
    expect(invented).toEqual([]);
  });
});

describe('heads of logs without their events', () => {
  const head = (status: string) =>
    `<failedRequest url="http://shop.example:80/a" siteId="1" statusCode="${status}" timeTaken="31"\n  >\n`;

  it.each([
    ['one', head('200'), 'The request ended with 200.'],
    ['two alike', head('200') + head('200'), 'Both requests ended with 200.'],
    ['three alike', head('200').repeat(3), 'All 3 requests ended with 200.'],
    ['two that differ', head('200') + head('302'), 'The 2 requests ended with 200, 302.'],
  ])('%s', (_, text, start) => {
    const file = diagnose([readEvidence('heads.xml', Buffer.from(text))], knowledge).files[0]!;
    expect(file).toMatchObject({ verdict: 'inconclusive', cause: null });
    expect(file.detail).toContain(start);
  });
});
