import { describe, expect, it } from 'vitest';
import { readTypedText } from '../../adapters/slack/text.js';
import { messageText } from '../../adapters/teams/inbound/message-text.js';
import { fencedText } from '../../src/desk/conversation/text-forms.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { evidenceKinds } from '../../src/evidence/vocabulary/kinds.js';
import { outputCommands } from '../../src/evidence/vocabulary/outputs.js';
import { knowledge } from '../diagnosis/readings.js';
import { moduleStory } from '../generator/evidence/events.js';
import { evidenceSamples } from '../generator/evidence/samples.js';

const samples = evidenceSamples.flatMap(({ name, text }): [string, string][] =>
  text === undefined ? [] : [[name, text]],
);

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

/** The text as a reader of it sees it: markup and escapes undone, quotes of CSV single, runs of blanks as one. */
const plain = (text: string) =>
  unescaped(unescaped(unescaped(text)))
    .replace(/\s+/g, ' ')
    .toLowerCase();
const unescaped = (text: string) =>
  text
    .replace(/&#(\d{1,5});/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('""', '"');

const inNumbers = (word: string) => [word, String(Number(word) + 0xc0000000)];
/** True when each word stands in the text: a form may write provider and number apart, or the number with its severity bits. */
const holdsWords = (text: string, words: string) =>
  words.split(/[,:]? /).every((word) => inNumbers(word.toLowerCase()).some((form) => text.includes(form)));

describe('what is said rests on the evidence', () => {
  const judged = evidenceSamples.map(({ name, bytes, text }) => {
    const reading = readEvidence('evidence.txt', bytes);
    // A binary event log holds its texts in UTF-16 and its numbers as numbers.
    const numbers = moduleStory.map(({ id }) => id).join(' ');
    const whole = text ?? [bytes.toString('utf16le'), bytes.toString('utf16le', 1), numbers].join(' ');
    return { name, plain: plain(whole), text: whole, reading, file: diagnose([reading], knowledge).files[0]! };
  });

  it('every sample is read', () => {
    expect(judged.filter(({ reading }) => reading.kind === 'unknown').map(({ name }) => name)).toEqual([]);
  });

  it.each(evidenceKinds)('there is a sample of the kind %s', (kind) => {
    expect(judged.some(({ reading }) => reading.kind === kind)).toBe(true);
  });

  it.each(outputCommands)('there is a sample of what %s prints', (command) => {
    expect(judged.some(({ reading }) => reading.form === command)).toBe(true);
  });

  it('a fault of the trace rule is told of traces only', () => {
    expect(
      judged.filter(({ reading, file }) => reading.kind !== 'freb-log' && file.next.includes('verbose-trace')),
    ).toEqual([]);
  });

  it('the Authorization header is told of only where the headers of the request are in sight', () => {
    const told = judged.filter(({ file }) => /Authorization header/.test(file.detail ?? ''));
    expect(told.filter(({ text }) => !text.includes('GENERAL_REQUEST_HEADERS')).map(({ name }) => name)).toEqual([]);
  });

  /** What of a proof the file does not hold, by `told`. */
  const invented = (
    told: (e: { event: number | null; eventName?: string; field: string; value: string }) => string[],
  ) =>
    judged.flatMap(({ name, plain: all, file }) =>
      file.evidence
        .filter((e) => !told(e).some((words) => holdsWords(all, plain(words))))
        .map((e) => `${name}: ${e.eventName ?? ''} ${e.field} = ${e.value}`),
    );

  /** What a proof says of something that the file does not hold. */
  const absent = /^not in the |^held$|^the address of the request$/;

  it('an event in a proof is one of the file', () => {
    expect(invented(({ eventName = '' }) => [eventName.replace('Microsoft-Windows-', '')])).toEqual([]);
  });

  it('a field in a proof is one of the file, or names a place in a page, a message or a line without names', () => {
    const places =
      /^(?:page|heading|exception|stack trace|Message|File|entry|path|runtime|attributes|process|error|duplicate SPNs)$|^(?:sc|s)-/;
    // The rows of a page in another language, and settings of an element, are named as IIS names them.
    const translated = /^(?:Module|Notification|Error Code|Winning GPO)$|^processModel\./;
    expect(
      invented(({ field, value }) => [places.test(field) || translated.test(field) || absent.test(value) ? '' : field]),
    ).toEqual([]);
  });

  it('a value in a proof stands in the file, is counted from it, or says that something is not in it', () => {
    const counted = / \(\d+ lines?\)$|^\d+ ms to event \d+$|^\d+$/;
    expect(
      invented(({ value }) =>
        absent.test(value) ? [''] : [value.replace(/ \(\d+ lines?\)$/, ''), counted.test(value) ? '' : '\0'],
      ),
    ).toEqual([]);
  });

  it('no trace is asked for where none can exist', () => {
    const answered = judged.filter(
      ({ reading, text }) =>
        reading.form === 'http-sys-page' || /HTTP Error \d{3}\. The |AppOffline|Server: Microsoft-HTTPAPI/.test(text),
    );
    expect(answered.length).toBeGreaterThan(5);
    expect(answered.filter(({ file }) => file.next.includes('freb-log')).map(({ name }) => name)).toEqual([]);
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
