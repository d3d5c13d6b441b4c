import type { Answer } from '../../answer/answer.js';
import type { readMuteAction } from '../../answer/mutes.js';
import type { DeskParts } from '../desk-parts.js';
import type { WatchedPost } from '../ports/store.js';
import { causeMutedReply, whichCauseReply } from '../replies.js';
import { listWatchedCauses } from '../watched-causes.js';

/**
 * Mutes or unmutes a cause of a watcher's post, says so on the post for everyone, and returns the reply. Without a named cause
 * it is the only one of the post; of several, the reply asks which.
 * @param who the person who asked, as the platform's id
 */
export async function muteCause(
  watched: WatchedPost,
  { isMute, cause }: NonNullable<ReturnType<typeof readMuteAction>>,
  { tenant, who }: { tenant: string; who: string },
  { answers, doors, knowledge, mutes }: DeskParts,
): Promise<Answer> {
  const { post } = watched;
  const causes = listWatchedCauses(watched);
  const [first, ...others] = causes;
  const meant = cause === undefined && others.length === 0 ? first : causes.find((one) => one.cause === cause);
  if (!meant) return whichCauseReply(causes, isMute);
  const mute = isMute ? await mutes.mute(meant.cause, tenant, who) : undefined;
  if (!isMute) await mutes.unmute(meant.cause, tenant);
  const record = post && (await answers.find(post.case, tenant));
  // The mute counts even where the post is gone.
  if (record)
    await doors
      .get(post.door)
      ?.say(post.where, record.answer, post.key, post.posted)
      .catch(() => undefined);
  return causeMutedReply(knowledge.causes.get(meant.cause)?.title ?? meant.title, mute?.until);
}
