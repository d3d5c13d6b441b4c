import type { FileRef, Message, Where } from '../../src/desk/ports/message.js';
import { type SlackFile, sortFiles } from './files.js';
import { channelKey, messageKey, threadKey } from './keys.js';
import { mentionsUser, typed } from './text.js';

/** What `app_mention` and `message` events have in common, as far as the door reads them. */
export interface SlackMessage {
  type: string;
  subtype?: string;
  channel: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  ts: string;
  thread_ts?: string;
  files?: SlackFile[];
  /** Of `message_deleted`: which one. */
  deleted_ts?: string;
}

/** Subtypes that are messages of a person; the others tell of edits, deletions, joins and pins. */
const spoken = new Set([undefined, 'file_share', 'thread_broadcast']);

/** A place in Slack to answer into: a thread, or one person, or a channel. */
export interface SlackPlace {
  team: string;
  channel: string;
  thread?: string;
  /** The message that asked; it gets the reaction. */
  ts?: string;
  /** Not into the thread: to the asker alone, or into the channel for everybody. */
  to?: 'asker' | 'channel';
  /** Who asked, where only that person may read the answer or what became of it. */
  asker?: string;
  /** Slack's response URL: the way to the asker, and into channels where we are no member. Good for 30 minutes and five answers. */
  respond?: string;
  /** The answer gets the button that shows it to everybody. */
  share?: true;
}

export interface SlackThread extends SlackPlace {
  thread: string;
}

export function toSlackWhere(place: SlackPlace): Where {
  return { ...place };
}

export function toSlackPlace(where: Where): SlackPlace {
  return where as unknown as SlackPlace;
}

/**
 * The desk's message of an event; undefined for what nobody said to anyone: bots, ourselves, edits, joins.
 * A mention with a file may arrive twice, as `app_mention` and as `message`, in either order: team, channel and ts are
 * the same, so it is one key, and whether it is addressed to us is read from the text, which both carry.
 */
export function readSlackMessage(event: SlackMessage, team: string, us: string): Message | undefined {
  if (event.bot_id || !event.user || event.user === us || !spoken.has(event.subtype)) return undefined;
  const place: SlackThread = { team, channel: event.channel, thread: event.thread_ts ?? event.ts, ts: event.ts };
  const text = event.text ?? '';
  const { files, unreachable } = sortFiles(event.files ?? [], team);
  return {
    key: messageKey(team, event.channel, event.ts),
    door: 'slack',
    tenant: team,
    who: event.user,
    where: toSlackWhere(place),
    thread: threadKey(place),
    place: channelKey(team, event.channel),
    text: typed(text, us),
    files: files satisfies FileRef[],
    addressed: event.type === 'app_mention' || event.channel_type === 'im' || mentionsUser(text, us),
    ...(unreachable.length > 0 && { unreachable }),
  };
}

/** The desk's key of a message that somebody has deleted; undefined for every other event. */
export function deletedKey(event: SlackMessage, team: string): string | undefined {
  if (event.subtype !== 'message_deleted' || !event.deleted_ts) return undefined;
  return messageKey(team, event.channel, event.deleted_ts);
}
