import type { MessageRef } from '../../src/desk/ports/message.js';
import { readBlockWords } from './card-words.js';
import type { SlackAttachment, SlackMessage } from './message-event.js';
import { readTypedText } from './text.js';

/** A message of Slack that another one points at. The desk keeps it as JSON. */
export type SlackMessageRef = {
  team: string;
  channel: string;
  ts: string;
  /** Its thread, for a reply. */
  thread?: string;
  /** The channel of the message that points, and who wrote that. */
  from: string;
  asker: string;
};

/** Returns the words and files of the messages that a message forwards. */
export function readForwarded(attachments: readonly SlackAttachment[], us: string) {
  const shares = attachments.filter((one) => one.is_share || one.is_msg_unfurl);
  const words = shares.map((one) => attachmentWords(one, us)).filter((text) => text !== '');
  return { words: words.join('\n\n'), files: shares.flatMap(({ files }) => files ?? []) };
}

/** Returns everything a message says. A bot's text repeats its card in short, so the card counts where there is one. */
export function readWords({ text = '', blocks, attachments = [], bot_id }: Partial<SlackMessage>, us: string): string {
  const own = readTypedText(text, us);
  const card = bot_id === undefined && own !== '' ? '' : readBlockWords(blocks, us);
  return [card || own, ...attachments.map((one) => attachmentWords(one, us))].filter((one) => one !== '').join('\n\n');
}

function attachmentWords(attachment: SlackAttachment, us: string): string {
  const { pretext, title, text, fields, blocks, message_blocks, fallback } = attachment;
  const toText = (value: unknown) => (typeof value === 'string' ? readTypedText(value, us) : '');
  const facts = Array.isArray(fields)
    ? fields.map((field: { title?: unknown; value?: unknown } | null) =>
        [toText(field?.title), toText(field?.value)].filter(Boolean).join(': '),
      )
    : [];
  const lines = [toText(pretext), toText(title), toText(text), ...facts, readBlockWords(blocks, us)].filter(Boolean);
  if (lines.length > 0) return lines.join('\n');
  return readBlockWords(messageBlocks(message_blocks), us) || toText(fallback);
}

function messageBlocks(message_blocks: unknown): unknown[] {
  if (!Array.isArray(message_blocks)) return [];
  return message_blocks.map((one: { message?: { blocks?: unknown } } | null) => one?.message?.blocks);
}

/** A link to a message, as *Copy link* gives it: `p` and the time stamp without its dot. */
const permalink =
  /<https:\/\/[\w.-]{1,80}\.slack\.com\/archives\/([A-Z0-9]{2,20})\/p(\d{10})(\d{6})(?:\?thread_ts=(\d{10}\.\d{6})[^<>|]{0,100})?(?:\|[^<>]*)?>/g;
/** Links of one message that are followed. */
const mostLinks = 3;

/** Returns the text with "this" in place of a link to a message, whose letters say nothing. */
export function namePermalinks(text: string): string {
  return text.replace(permalink, 'this');
}

/** Returns the messages that a message points at: those it links to, then the first one of its thread. */
export function readMessageRefs(event: SlackMessage, team: string): MessageRef[] {
  const { text = '', channel, ts, thread_ts, user = '' } = event;
  const origin = { team, from: channel, asker: user };
  const links = [...text.matchAll(permalink)].slice(0, mostLinks).map(([, linked, seconds, rest, thread]) => ({
    ...origin,
    channel: linked as string,
    ts: `${seconds}.${rest}`,
    ...(thread && { thread }),
  }));
  const root = thread_ts !== undefined && thread_ts !== ts ? [{ ...origin, channel, ts: thread_ts }] : [];
  return [...links, ...root] satisfies SlackMessageRef[];
}
