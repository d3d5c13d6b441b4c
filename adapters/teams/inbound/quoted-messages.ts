import type { MessageRef } from '../../../src/desk/ports/message.js';
import type { ChannelPosition } from '../file-ref.js';
import { locateMessage } from '../graph/locate.js';
import type { ConversationScope } from '../place.js';
import type { Activity } from '../platform/activity.js';
import { decodeHtml } from './message-text.js';

/** A message that another one quotes. Teams shortens its words. */
export interface Quote {
  message: string;
  words: string;
  /** Whether Frebot wrote it. */
  isOurs: boolean;
}

/** A quoted message in the HTML of a reply, as all clients send it. */
const quoteBlock =
  /<blockquote\b[^<>]{0,300}\bitemtype\s?=\s?["']https?:\/\/schema\.skype\.com\/Reply["'][^<>]{0,300}>([\s\S]{0,20000}?)<\/blockquote>/i;
const quotedId = /\bitemid\s?=\s?["'](\d{5,20})["']/i;
const quotedAuthor =
  /<strong\b[^<>]{0,100}\bitemprop\s?=\s?["']mri["'][^<>]{0,100}\bitemid\s?=\s?["']([^"'<>]{1,200})["']/i;
const quotedWords = /<p\b[^<>]{0,100}\bitemprop\s?=\s?["'](?:copy|preview)["'][^<>]{0,100}>([\s\S]{0,20000}?)<\/p>/i;
/** A message that is in another one only by its number: forwarded, or quoted by a newer client. */
const messageStub = /<attachment\s[^<>]{0,100}?\bid\s?=\s?["']\d{5,20}["']/i;

/** Returns the HTML of an activity, which Teams sends beside its text; empty without one. */
export function readHtml({ attachments }: Partial<Activity>): string {
  const html = Array.isArray(attachments) ? attachments.find((one) => one?.contentType === 'text/html') : undefined;
  return typeof html?.content === 'string' ? html.content : '';
}

/** Returns the words of an activity's HTML, without what it quotes. */
export function htmlWords(html: string): string {
  return decodeHtml(html.replace(quoteBlock, ''));
}

/** Returns the message that an activity quotes: from its entity, or from its HTML. */
export function readQuote(activity: Partial<Activity>): Quote | undefined {
  const us = activity.recipient?.id;
  const entities = (Array.isArray(activity.entities) ? activity.entities : []) as {
    type?: string;
    quotedReply?: { messageId?: unknown; senderId?: unknown; preview?: unknown };
  }[];
  const quoted = entities.find((one) => one?.type === 'quotedReply')?.quotedReply;
  if (typeof quoted?.messageId === 'string') {
    const words = typeof quoted.preview === 'string' ? quoted.preview : '';
    return { message: quoted.messageId, words, isOurs: us !== undefined && quoted.senderId === us };
  }
  const [block, inside = ''] = quoteBlock.exec(readHtml(activity)) ?? [];
  const message = block && quotedId.exec(block)?.[1];
  if (!message) return undefined;
  const words = decodeHtml(quotedWords.exec(inside)?.[1] ?? '');
  return { message, words, isOurs: us !== undefined && quotedAuthor.exec(inside)?.[1] === us };
}

/** A link to a message, as *Copy link* gives it: the conversation, then the message. */
const permalink =
  /https:\/\/teams\.(?:microsoft\.com|cloud\.microsoft)\/l\/message\/([^/\s"'<>]{5,200})\/(\d{5,20})(?:\?([^\s"'<>]{0,1000}))?/gi;
/** Messages that are read for one that points at them. */
const mostPointed = 3;

/**
 * Returns the messages that an activity points at: the quoted one, those it links to in its own conversation, the one it
 * forwards, and the first one of its thread. A link to another conversation is not followed: its writer may not be in it.
 */
export function findPointedMessages(
  activity: Partial<Activity>,
  scope: ConversationScope,
  quote: Quote | undefined,
): MessageRef[] {
  if (scope === 'personal') return [];
  const here = locateMessage(activity, scope);
  const html = readHtml(activity);
  const quoted = quote && !quote.isOurs ? [{ ...here, message: quote.message, preview: quote.words }] : [];
  const links = [...`${activity.text ?? ''} ${html}`.matchAll(permalink)].flatMap(
    ([, chat = '', message = '', query = '']) => {
      if (decodeURIComponent(chat) !== here.chat) return [];
      const parent = new URLSearchParams(query.replaceAll('&amp;', '&')).get('parentMessageId');
      return [{ ...here, message, ...(scope === 'channel' && { root: parent ?? message }) }];
    },
  );
  const forwarded = messageStub.test(html) ? [here] : [];
  const root: ChannelPosition[] =
    here.root !== null && here.root !== here.message ? [{ ...here, message: here.root }] : [];
  const unique = new Map([...quoted, ...links, ...forwarded, ...root].map((one) => [one.message, one]));
  return [...unique.values()].slice(0, mostPointed);
}
