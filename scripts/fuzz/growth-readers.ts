import { join } from 'node:path';
import { mentionsUser, readTypedText } from '../../adapters/slack/text.js';
import { decodeHtml, messageText } from '../../adapters/teams/inbound/message-text.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { parseQuestion } from '../../src/questions/parse/question.js';
import { type Carrier, carriers } from './carriers.js';

/** A way in for a text that a stranger chooses. */
export interface Reader {
  name: string;
  /** Files and folders whose words it looks for. */
  sources: string[];
  run(text: string): void;
}

const sourcesOf = ({ room }: Carrier) => (room ? [`src/evidence/${room}`, 'src/evidence/markup.ts'] : ['src/evidence']);
const asFile = (carrier: Carrier): Reader => ({
  name: `file: ${carrier.name}`,
  sources: sourcesOf(carrier),
  run: (filler) => {
    const text = carrier.wrap(filler);
    const bytes = carrier.encoding ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(text, 'utf8');
    readEvidence('a', bytes, { timeline: true });
  },
});
const asPaste = (carrier: Carrier): Reader => ({
  name: `paste: ${carrier.name}`,
  sources: sourcesOf(carrier),
  run: (filler) => void readPasted(carrier.wrap(filler)),
});

const knowledge = loadKnowledge(join(import.meta.dirname, '..', '..', 'knowledge'));
const bot = { id: 'us' } as never;
const chats: readonly Reader[] = [
  {
    name: 'Teams: text',
    sources: ['adapters/teams/inbound/message-text.ts'],
    run: (text) => void messageText({ text, recipient: bot }),
  },
  { name: 'Teams: HTML', sources: ['adapters/teams/inbound/message-text.ts'], run: (text) => void decodeHtml(text) },
  { name: 'Slack: text', sources: ['adapters/slack/text.ts'], run: (text) => void readTypedText(text, 'U1') },
  { name: 'Slack: mention', sources: ['adapters/slack/text.ts'], run: (text) => void mentionsUser(text, 'U1') },
  {
    name: 'question',
    sources: ['src/questions/parse/question.ts'],
    run: (text) => void parseQuestion(text, knowledge),
  },
];

/** Every kind of evidence as a file and as pasted text, and what people type. */
export const growthReaders: readonly Reader[] = [...carriers.map(asFile), ...carriers.map(asPaste), ...chats];
