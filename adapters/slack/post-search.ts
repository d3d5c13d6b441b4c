import type { webApi } from '@slack/bolt';
import type { ThreadMessage } from './post-metadata.js';

type Client = webApi.WebClient;

/** Messages of one page, and pages of a channel that are looked through. */
const pageSize = 200;
const mostPages = 10;
/** Seconds by which Slack's clock and this machine's may differ. */
const clockSeconds = 300;
/** Ids of channels; everything else is a name. */
const channelId = /^[CDG][A-Z0-9]{5,20}$/;

/** Reads a whole thread, with the metadata of its messages. @throws what Slack answers */
export async function readThread(client: Client, channel: string, thread: string): Promise<ThreadMessage[]> {
  const messages: ThreadMessage[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.conversations.replies({
      channel,
      ts: thread,
      include_all_metadata: true,
      limit: pageSize,
      ...(cursor && { cursor }),
    });
    messages.push(...(page.messages ?? []));
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return messages;
}

/**
 * Reads what was posted to a channel since a time, outside of threads. Undefined when that is too much, or no channel has the name.
 * @throws what Slack answers, such as that the history scope is missing
 */
export async function readChannelSince(
  client: Client,
  channel: string,
  since: Date,
): Promise<ThreadMessage[] | undefined> {
  const oldest = String(since.getTime() / 1000 - clockSeconds);
  const messages: ThreadMessage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const read = await client.conversations.history({
      channel,
      oldest,
      include_all_metadata: true,
      limit: pageSize,
      ...(cursor && { cursor }),
    });
    messages.push(...(read.messages ?? []));
    cursor = read.response_metadata?.next_cursor || undefined;
    if (!cursor) return messages;
  }
  return undefined;
}

/** Returns the id of a channel that a place names, of those that Frebot is a member of; undefined when there is none. */
export async function findChannelId(client: Client, channel: string): Promise<string | undefined> {
  if (channelId.test(channel)) return channel;
  const name = channel.replace('#', '');
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { channels = [], response_metadata } = await client.users.conversations({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: pageSize,
      ...(cursor && { cursor }),
    });
    const found = channels.find((one) => one.name === name)?.id;
    cursor = response_metadata?.next_cursor || undefined;
    if (found || !cursor) return found;
  }
  return undefined;
}
