import type { PointedMessage } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { MessageRef } from '../../src/desk/ports/message.js';
import { type SlackFileRef, sortFiles } from './files.js';
import type { SlackMessage } from './message-event.js';
import { readForwarded, readWords, type SlackMessageRef } from './referenced-messages.js';
import { slackCode, toCatalogueError } from './refusals.js';
import type { Workspace } from './workspaces.js';

/** Members of a channel that are looked through for the asker. */
const mostMembers = 10_000;

/**
 * Reads a message that another one points at. That takes the history scope of its channel. A message of another channel is read
 * only for its members, because a link would otherwise open what its writer cannot see.
 * @throws CatalogueError `slack-no-history`, `slack-link-elsewhere`, `slack-not-in-channel`
 */
export async function readSlackHistory(
  given: MessageRef,
  workspace: (team: string) => Promise<Workspace>,
): Promise<PointedMessage<SlackFileRef>> {
  const ref = given as SlackMessageRef;
  const { client, us } = await workspace(ref.team);
  try {
    if (ref.channel !== ref.from && !(await isMember(ref, client))) throw new CatalogueError('slack-link-elsewhere');
    const { user, bot } = await us();
    const message = await findMessage(ref, client);
    // Frebot's own answer says nothing about what was asked below it.
    if (!message || message.user === user || (message.bot_id !== undefined && message.bot_id === bot)) {
      return { text: '', files: [] };
    }
    const handed = readForwarded(message.attachments ?? [], user);
    const { files, unreachable } = sortFiles([...(message.files ?? []), ...handed.files], ref.team);
    return { text: readWords(message, user), files, ...(unreachable.length > 0 && { unreachable }) };
  } catch (error) {
    throw explainRefusal(error);
  }
}

async function findMessage(
  { channel, ts, thread }: SlackMessageRef,
  client: Workspace['client'],
): Promise<SlackMessage | undefined> {
  const bounds = { oldest: ts, latest: ts, inclusive: true, limit: 2 };
  const { messages = [] } = await client.conversations.replies({ channel, ts: thread ?? ts, ...bounds });
  return messages.find((one) => one.ts === ts) as SlackMessage | undefined;
}

async function isMember({ channel, asker }: SlackMessageRef, client: Workspace['client']): Promise<boolean> {
  let cursor: string | undefined;
  for (let read = 0; read < mostMembers; ) {
    const page = await client.conversations
      .members({ channel, limit: 1000, ...(cursor && { cursor }) })
      .catch((error: unknown) => {
        // Without the scope, or in a channel that Frebot is not in, no one is known to be a member.
        if (slackCode(error) === undefined) throw error;
        return undefined;
      });
    if (page?.members?.includes(asker)) return true;
    cursor = page?.response_metadata?.next_cursor || undefined;
    if (!cursor) return false;
    read += page?.members?.length ?? 1000;
  }
  return false;
}

function explainRefusal(error: unknown): Error {
  if (error instanceof CatalogueError) return error;
  const code = slackCode(error);
  if (code === 'missing_scope') {
    const needed = (error as { data?: { needed?: string } }).data?.needed;
    return new CatalogueError('slack-no-history', needed ? { scope: needed } : {}, { cause: error });
  }
  if (code === 'not_in_channel' || code === 'channel_not_found') {
    return new CatalogueError('slack-not-in-channel', { name: 'that message' }, { cause: error });
  }
  if (code === 'thread_not_found' || code === 'message_not_found') {
    return new CatalogueError('message-gone', {}, { cause: error });
  }
  return toCatalogueError(error, false);
}
