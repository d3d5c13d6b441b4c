import { type Answer, type Part, plainText } from '../../../src/answer/answer.js';
import { foldParts } from '../../../src/answer/fold.js';
import { renderText } from '../../../src/answer/text.js';
import { storedAnswerId } from '../../../src/desk/stored-answer.js';
import { escapeMrkdwn } from '../text.js';
import { type Block, fitsNativeTable, partBlocks, sourceBlocks, titleBlocks } from './blocks.js';
import { actionBlocks } from './buttons.js';
import { splitText } from './rich.js';
import { countCharacters, messageBudget } from './size.js';

export type { Block } from './blocks.js';
export { actionPrefix, type ButtonPayload, shareButton } from './buttons.js';

/** A message for Slack. Notifications and screen readers use `text`. */
export interface RenderedMessage {
  text: string;
  blocks: Block[];
}

/**
 * Returns an answer as messages: one, unless the parts that must stay are larger than a message. Parts marked `fold`, and at
 * the limit the last `normal` ones, go behind "Show more". An answer that is not stored has no such button and is shown whole.
 */
export function render(answer: Answer, options: { tables?: boolean } = {}): RenderedMessage[] {
  const blocks = (shown: Part[], folded: Part[]) => answerBlocks(answer, shown, folded, options.tables ?? true);
  if (storedAnswerId(answer) === undefined) return packBlocks(answer, blocks(answer.parts, []), messageBudget.blocks);
  const { shown, folded } = foldParts(answer, (...parts) => budgetShare(blocks(...parts)), 1);
  return packBlocks(answer, blocks(shown, folded), messageBudget.blocks);
}

/**
 * Returns an answer for one person: an ephemeral message, an acknowledgement, or a post to a response URL. Tables are
 * monospace, because Slack documents its own for messages only and a refused acknowledgement would show nothing.
 * @param most the number of messages that the response URL accepts
 */
export function renderPrivate(answer: Answer, most = Number.POSITIVE_INFINITY): RenderedMessage[] {
  const messages = render(answer, { tables: false });
  if (messages.length <= most) return messages;
  const rest: Part = {
    kind: 'notice',
    id: 'rest',
    keep: 'always',
    level: 'warning',
    text: 'Slack doesn’t let me show you all of this here. Please ask me in a direct message to see the rest.',
  };
  return [
    ...messages.slice(0, most - 1),
    { text: 'There is more of this answer than Slack lets me show here.', blocks: partBlocks(rest) },
  ];
}

/** Returns the beginning of an answer that is larger than a message, with a line that names the file of the whole. */
export function renderShort(answer: Answer, file: string): RenderedMessage[] {
  const notice: Part = {
    kind: 'notice',
    id: 'report',
    keep: 'always',
    level: 'info',
    text: ['This answer is too long for one message. The attached ', { code: file }, ' has all of it.'],
  };
  const last = [...partBlocks(notice), ...actionBlocks(answer, answer.parts)];
  const all = [...titleBlocks(answer.title), ...answer.parts.flatMap((part) => partBlocks(part))];
  const fits = (blocks: Block[]) =>
    blocks.length + last.length <= messageBudget.blocks &&
    countCharacters(blocks) + countCharacters(last) <= messageBudget.characters;
  let count = all.length;
  while (count > 0 && !fits(all.slice(0, count))) count--;
  return [{ text: summary(answer), blocks: [...all.slice(0, count), ...last] }];
}

/** Returns opened parts as the blocks of a modal; undefined when they do not fit into one. */
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

/** Returns the answer as text, for when Slack refuses its blocks: monospace and escaped, in as many messages as needed. */
export function renderPlain(answer: Answer): string[] {
  return splitText(renderText(answer, { columns: 100 }).replaceAll('`', 'ˋ'), 3000).map(
    (piece) => `\`\`\`${escapeLines(piece)}\`\`\``,
  );
}

const escapeLines = (text: string) => text.split('\n').map(escapeMrkdwn).join('\n');

function answerBlocks(answer: Answer, shown: Part[], folded: Part[], tables: boolean): Block[] {
  const native = tables && shown.find((part) => part.kind === 'table' && fitsNativeTable(part));
  return [
    ...titleBlocks(answer.title),
    ...shown.flatMap((part) => partBlocks(part, part === native)),
    ...sourceBlocks(answer.sources),
    ...actionBlocks(answer, folded),
  ];
}

/** Returns the share of a message that the blocks use; more than 1 does not fit. */
function budgetShare(blocks: Block[]): number {
  return Math.max(blocks.length / messageBudget.blocks, countCharacters(blocks) / messageBudget.characters);
}

function packBlocks(answer: Answer, blocks: Block[], limit: number): RenderedMessage[] {
  const text = summary(answer);
  const messages: RenderedMessage[] = [];
  for (const block of blocks) {
    const last = messages.at(-1);
    const fits =
      last &&
      last.blocks.length < limit &&
      countCharacters(last.blocks) + countCharacters(block) <= messageBudget.characters;
    if (fits) last.blocks.push(block);
    else messages.push({ text: messages.length === 0 ? text : `My answer goes on. ${text}`, blocks: [block] });
  }
  return messages.length > 0 ? messages : [{ text, blocks: [] }];
}

function summary(answer: Answer): string {
  const sentence = answer.summary || plainText(answer.title) || 'Frebot has an answer.';
  return escapeMrkdwn(sentence.length > 1000 ? `${sentence.slice(0, 999)}…` : sentence);
}
