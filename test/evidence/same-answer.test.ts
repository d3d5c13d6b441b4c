import { describe, expect, it } from 'vitest';
import { readTypedText } from '../../adapters/slack/text.js';
import { messageText } from '../../adapters/teams/inbound/message-text.js';
import { fencedText } from '../../src/desk/conversation/text-forms.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
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
