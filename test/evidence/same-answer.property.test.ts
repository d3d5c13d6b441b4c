import { describe, expect, it } from 'vitest';
import { readTypedText } from '../../adapters/slack/text.js';
import { messageText } from '../../adapters/teams/inbound/message-text.js';
import { fencedText } from '../../src/desk/conversation/text-forms.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { evidenceSamples } from '../generator/evidence/samples.js';
import { evidenceText, textsOfSeveralKinds } from '../generator/evidence/together.js';
import { sampleOf } from '../sweep.js';

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

const verdictsOf = (readings: Reading[]) =>
  diagnose(readings, knowledge).files.map(({ kind, verdict, cause, detail }) => [kind, verdict, cause, detail]);
const asFile = (text: string) => {
  const { further = [], ...first } = readEvidence('evidence.txt', Buffer.from(text));
  return verdictsOf([first, ...further]);
};

describe('the same bytes get the same answer', () => {
  const texts = [...samples, ...textsOfSeveralKinds.map(({ name, text }): [string, string] => [name, text])];

  it.each(Object.keys(ways).map((way, turn) => [way, turn] as const))('as a file and through: %s', (way, turn) => {
    const other = sampleOf(texts, 3, turn).flatMap(([name, text]) => {
      const file = JSON.stringify(asFile(text));
      const pasted = JSON.stringify(verdictsOf(readPasted(ways[way]!(text))));
      return file === pasted ? [] : [`${name}: ${file} ≠ ${pasted}`];
    });
    expect(other).toEqual([]);
  });
});

describe('several kinds in one text', () => {
  it.each(textsOfSeveralKinds)('are each answered as when sent alone: $name', ({ name, text }) => {
    const alone = name.split(' + ').flatMap((part) => asFile(evidenceText(part)));
    expect(asFile(text)).toEqual(expect.arrayContaining(alone));
  });

  it('an event without its head is seen wherever it stands', () => {
    const words = 'We had a look at the ticket and at the server.\n';
    const event = evidenceText('event: its words alone');
    for (const length of [31_900, 100_000, 900_000]) {
      const [first] = readPasted(`${words.repeat(length / words.length)}\n${event}\n${words}`);
      expect(first?.kind).toBe('event-export');
      expect(first?.observations.filter(({ name }) => name === 'event.pool')).toHaveLength(1);
    }
  });

  it('a heading and the words below it are one event wherever they stand', () => {
    const words = 'more words\n';
    const event = `Error 5002 - WAS\n${evidenceText('event: its words alone').split('\n')[1]}\n\n`;
    for (let length = 15_000; length < 33_000; length += 1500)
      expect(
        readPasted(words.repeat(length / words.length) + event + words.repeat(3000)).flatMap(({ observations }) =>
          observations.filter(({ name }) => name === 'event.id'),
        ),
      ).toHaveLength(1);
  });

  it('lines are counted over the whole text', () => {
    const text = `${evidenceText('page: right lost').trimEnd()}\n\n${evidenceText('access log, one line')}`;
    const line = text.trimEnd().split('\n').length;
    const { further = [] } = readEvidence('evidence.txt', Buffer.from(text));
    expect(further[0]?.observations.find(({ name }) => name === 'access.status')?.event).toBe(line);
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
  ])('are told by their status, without a cause: %s', (_, text, start) => {
    const file = diagnose([readEvidence('heads.xml', Buffer.from(text))], knowledge).files[0]!;
    expect(file).toMatchObject({ verdict: 'inconclusive', cause: null });
    expect(file.detail).toContain(start);
  });
});
