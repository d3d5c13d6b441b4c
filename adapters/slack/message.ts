import type { Message } from '../../src/desk/ports/message.js';
import { type SlackFileRef, sortFiles } from './files.js';
import { channelKey, messageKey, threadKey } from './keys.js';
import type { SlackMessage } from './message-event.js';
import { namePermalinks, readForwarded, readMessageRefs } from './referenced-messages.js';
import { mentionsUser, readTypedText } from './text.js';

/** Subtypes of messages that a person wrote. The others report edits, deletions, joins and pins. */
const writtenSubtypes = new Set([undefined, 'file_share', 'thread_broadcast']);

/** A place in Slack to answer into: a thread, one person, or a channel. The desk stores it as JSON. */
export type SlackPlace = {
  team: string;
  channel: string;
  thread?: string;
  /** Time stamp of the message that asked, which gets the reaction. */
  ts?: string;
  /** Who reads an answer that is not posted into the thread: the asker alone, or everyone in the channel. */
  to?: 'asker' | 'channel';
  /** The person who asked, if the answer or its failure may be for that person alone. */
  asker?: string;
  /** Slack's response URL. It reaches the asker, and channels that Frebot is not a member of: five answers, for 30 minutes. */
  respond?: string;
  /** Time stamp of the answer whose button was pressed. */
  pressed?: string;
  /** Adds the button that shows the answer to everyone in the channel. */
  share?: true;
};

export type SlackThread = SlackPlace & { thread: string };

/** A message of Slack as the desk sees it. */
export type SlackDeskMessage = Message<SlackFileRef, SlackPlace>;

/**
 * Returns the event as a message for the desk; undefined unless another person wrote it. A mention with a file may arrive
 * twice, as `app_mention` and as `message`, in either order. Both have the same key, and the text of both says whether the
 * message is addressed to Frebot.
 */
export function readSlackMessage(event: SlackMessage, team: string, us: string): SlackDeskMessage | undefined {
  if (event.bot_id || !event.user || event.user === us || !writtenSubtypes.has(event.subtype)) return undefined;
  const place: SlackThread = { team, channel: event.channel, thread: event.thread_ts ?? event.ts, ts: event.ts };
  const text = event.text ?? '';
  const handed = readForwarded(event.attachments ?? [], us);
  const { files, unreachable } = sortFiles([...(event.files ?? []), ...handed.files], team);
  const pointsAt = readMessageRefs(event, team);
  return {
    key: messageKey(team, event.channel, event.ts),
    door: 'slack',
    tenant: team,
    who: event.user,
    where: place,
    thread: threadKey(place),
    place: channelKey(team, event.channel),
    text: readTypedText(namePermalinks(text), us),
    files,
    addressed: event.type === 'app_mention' || event.channel_type === 'im' || mentionsUser(text, us),
    ...(unreachable.length > 0 && { unreachable }),
    ...(event.thread_ts === undefined && { alone: true as const }),
    ...(handed.words !== '' && { quoted: handed.words }),
    ...(pointsAt.length > 0 && { pointsAt }),
  };
}

/** Returns the key of the message whose deletion an event reports; undefined for every other event. */
export function readDeletedKey(event: SlackMessage, team: string): string | undefined {
  if (event.subtype !== 'message_deleted' || !event.deleted_ts) return undefined;
  return messageKey(team, event.channel, event.deleted_ts);
}
