import { type Answer, type Part, plainText } from '../../../src/answer/answer.js';
import { foldParts } from '../../../src/answer/fold.js';
import { renderText } from '../../../src/answer/text.js';
import { escapeMrkdwn } from '../text.js';
import {
  actionBlocks,
  type Block,
  fitsNativeTable,
  partBlocks,
  sourceBlocks,
  storedAnswerId,
  titleBlocks,
} from './blocks.js';
import { splitText } from './rich.js';
import { countCharacters, messageBudget } from './size.js';

export { actionPrefix, type Block, type ButtonPayload, shareButton } from './blocks.js';

/** One message as Slack takes it. `text` is what notifications and screen readers say. */
export interface Rendered {
  text: string;
  blocks: Block[];
}

/**
 * An answer as Slack messages: one, unless what must stay is larger than a message can be; then the rest follows in
 * further ones. What is marked `fold`, and at the limit the last `normal` parts, go behind "Show more"; an answer that
 * is not stored has no such button, so it is shown whole.
 */
export function render(answer: Answer, options: { tables?: boolean } = {}): Rendered[] {
  const blocks = (shown: Part[], folded: Part[]) => all(answer, shown, folded, options.tables ?? true);
  if (storedAnswerId(answer) === undefined) return pack(answer, blocks(answer.parts, []), messageBudget.blocks);
  const { shown, folded } = foldParts(answer, (...parts) => weight(blocks(...parts)), 1);
  return pack(answer, blocks(shown, folded), messageBudget.blocks);
}

/**
 * An answer for one person: as an ephemeral message, in an acknowledgement or through a response URL. Slack documents
 * its tables for messages only, and a refused acknowledgement would show nothing, so tables are monospace there.
 */
export function renderPrivate(answer: Answer, most = Number.POSITIVE_INFINITY): Rendered[] {
  const messages = render(answer, { tables: false });
  if (messages.length <= most) return messages;
  // A response URL takes so many and no more; what is missing is said, and where to get it.
  const rest: Part = {
    kind: 'notice',
    id: 'rest',
    keep: 'always',
    level: 'warning',
    text: 'This is more than Slack lets me show you here. Ask me the same in a direct message for all of it.',
  };
  return [...messages.slice(0, most - 1), { text: 'There is more (continued)', blocks: partBlocks(rest) }];
}

/** The beginning of an answer that is larger than a message, with a line that names the file which holds all of it. */
export function renderShort(answer: Answer, file: string): Rendered[] {
  const notice: Part = {
    kind: 'notice',
    id: 'report',
    keep: 'always',
    level: 'info',
    text: ['The answer is larger than a message: all of it is in the attached ', { code: file }, '.'],
  };
  const end = [...partBlocks(notice), ...actionBlocks(answer, answer.parts)];
  const begin = [...titleBlocks(answer.title), ...answer.parts.flatMap((part) => partBlocks(part))];
  const fits = (blocks: Block[]) =>
    blocks.length + end.length <= messageBudget.blocks &&
    countCharacters(blocks) + countCharacters(end) <= messageBudget.characters;
  let count = begin.length;
  while (count > 0 && !fits(begin.slice(0, count))) count--;
  return [{ text: summary(answer), blocks: [...begin.slice(0, count), ...end] }];
}

/** Opened parts as the blocks of a modal; undefined when they are more than one can hold. */
export function renderModal(answer: Answer): Block[] | undefined {
  const blocks = [
    ...titleBlocks(answer.title),
    ...answer.parts.flatMap((part) => partBlocks(part)),
    ...sourceBlocks(answer.sources),
    ...actionBlocks(answer, []),
  ];
  const fits = blocks.length <= messageBudget.modalBlocks && countCharacters(blocks) <= messageBudget.characters;
  return fits ? blocks : undefined;
}

/** The answer in words alone, for the day Slack refuses its blocks. Inert: monospace, escaped, in as many texts as needed. */
export function renderPlain(answer: Answer): string[] {
  return splitText(renderText(answer, { columns: 100 }).replaceAll('`', 'ˋ'), 3000).map(
    (piece) => `\`\`\`${escapedLines(piece)}\`\`\``,
  );
}

const escapedLines = (text: string) => text.split('\n').map(escapeMrkdwn).join('\n');

function all(answer: Answer, shown: Part[], folded: Part[], tables: boolean): Block[] {
  const native = tables && shown.find((part) => part.kind === 'table' && fitsNativeTable(part));
  return [
    ...titleBlocks(answer.title),
    ...shown.flatMap((part) => partBlocks(part, part === native)),
    ...sourceBlocks(answer.sources),
    ...actionBlocks(answer, folded),
  ];
}

/** How much of a message is used; more than 1 does not fit. */
function weight(blocks: Block[]): number {
  return Math.max(blocks.length / messageBudget.blocks, countCharacters(blocks) / messageBudget.characters);
}

function pack(answer: Answer, blocks: Block[], limit: number): Rendered[] {
  const text = summary(answer);
  const messages: Rendered[] = [];
  for (const block of blocks) {
    const last = messages.at(-1);
    const fits =
      last &&
      last.blocks.length < limit &&
      countCharacters(last.blocks) + countCharacters(block) <= messageBudget.characters;
    if (fits) last.blocks.push(block);
    else messages.push({ text: messages.length === 0 ? text : `${text} (continued)`, blocks: [block] });
  }
  return messages.length > 0 ? messages : [{ text, blocks: [] }];
}

function summary(answer: Answer): string {
  const sentence = answer.summary || plainText(answer.title) || 'Frebot has an answer.';
  return escapeMrkdwn(sentence.length > 1000 ? `${sentence.slice(0, 999)}…` : sentence);
}
