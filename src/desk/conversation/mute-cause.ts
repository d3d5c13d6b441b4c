import { type Answer, plainText } from '../../answer/answer.js';
import type { DeskParts } from '../desk-parts.js';
import type { WatchedCause } from '../ports/store.js';
import { causeMutedReply } from '../replies.js';

/**
 * Mutes or unmutes the cause of a watcher's post, says so on the post for everyone, and returns the reply.
 * @param who the person who asked, as the platform's id
 */
export async function muteCause(
  { cause, post }: WatchedCause,
  isMuted: boolean,
  who: string,
  { answers, doors, knowledge, mutes }: DeskParts,
): Promise<Answer> {
  const { door, where, posted, key, tenant } = post;
  const mute = isMuted ? await mutes.mute(cause, tenant, who) : undefined;
  if (!isMuted) await mutes.unmute(cause, tenant);
  const record = await answers.revise(post.case, tenant, ({ muted: _, ...rest }) => {
    return { ...rest, ...(mute && { muted: { by: mute.by, until: mute.until } }) };
  });
  // The mute counts even where the post is gone.
  if (record)
    await doors
      .get(door)
      ?.say(where, record.answer, key, posted)
      .catch(() => undefined);
  return causeMutedReply(knowledge.causes.get(cause)?.title ?? plainText(record?.answer.title ?? cause), mute?.until);
}
