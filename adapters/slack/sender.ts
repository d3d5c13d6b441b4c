import type { Answer } from '../../src/answer/answer.js';
import type { Outcome } from '../../src/answer/buttons.js';
import type { FoundPost } from '../../src/desk/ports/door.js';
import type { SlackPlace } from './message.js';
import { PendingPosts } from './pending-posts.js';
import type { SlackPosted } from './post-metadata.js';
import { emptyProgress, type PostAttempt, type PostProgress } from './post-series.js';
import type { SenderDeps } from './posting.js';
import { PrivatePosts } from './private-posts.js';
import { isNotMember, toCatalogueError } from './refusals.js';
import { type ThreadAnswer, ThreadPosts } from './thread-posts.js';

/** Posts answers to Slack. Nothing else in the door does. */
export class SlackSender {
  readonly #workspace: SenderDeps['workspace'];
  readonly #pending = new PendingPosts();
  readonly #thread: ThreadPosts;
  readonly #private: PrivatePosts;

  constructor(deps: SenderDeps) {
    this.#workspace = deps.workspace;
    this.#thread = new ThreadPosts(deps);
    this.#private = new PrivatePosts(deps);
  }

  /** Adds a reaction to the message that asked. Never rejects: the answer does not depend on it. */
  async acknowledge({ team, channel, ts }: SlackPlace): Promise<void> {
    if (!ts) return;
    await this.#workspace(team)
      .then(({ client }) => client.reactions.add({ channel, timestamp: ts, name: 'eyes' }))
      .catch(() => undefined);
  }

  /**
   * Posts an answer. Given `posted`, edits that post; given a partial one, posts the remaining messages.
   * @throws CatalogueError
   */
  async postAnswer(place: SlackPlace, answer: Answer, key: string, posted?: SlackPosted): Promise<SlackPosted> {
    // A private post cannot be edited, so a progress message stays as it is.
    if (place.to && posted) return posted;
    const start = posted === undefined ? (this.#pending.get(key) ?? emptyProgress()) : readProgress(posted);
    const there = posted && 'channel' in posted ? { ...place, channel: posted.channel } : place;
    const target = { place: there, answer, key, replacedTs: posted && readReplacedTs(posted) };
    const attempt = await this.#post(target, start).catch(
      (error: unknown): PostAttempt => ({ progress: start, error }),
    );
    this.#pending.record(key, attempt);
    const { progress, error } = attempt;
    if (error !== undefined) throw toCatalogueError(error, progress.parts.length > 0);
    return progress.ts === undefined
      ? { private: true }
      : { channel: progress.channel ?? there.channel, ts: progress.ts };
  }

  /**
   * Shows a status below the thread; an empty text ends it. Returns false when Slack refuses it. A private answer has no thread,
   * and its asker has read a receipt. Slack takes a status away after two minutes, or when the app posts. Never rejects.
   */
  async showStatus({ team, channel, thread, to }: SlackPlace, status: string): Promise<boolean> {
    if (to || !thread) return true;
    return this.#workspace(team)
      .then(({ poster }) => poster.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status }))
      .then(
        () => true,
        () => false,
      );
  }

  /** Deletes one of Frebot's posts. Private ones cannot be deleted. Never rejects. */
  async remove({ team }: SlackPlace, posted: SlackPosted): Promise<void> {
    if (!('ts' in posted) || !posted.ts) return;
    const { channel, ts } = posted;
    await this.#workspace(team)
      .then(({ client }) => client.chat.delete({ channel, ts }))
      .catch(() => undefined);
  }

  /**
   * Draws the pressed answer with its outcome, and puts ✅ on the message that began the thread while the failure is fixed.
   * An answer of several messages is not edited. Never rejects.
   */
  async redraw(place: SlackPlace, answer: Answer, outcome: Outcome): Promise<void> {
    const { team, channel, thread, pressed } = place;
    if (!pressed) return;
    await this.#thread.redraw(place, answer, pressed).catch(() => undefined);
    const mark = { channel, timestamp: thread ?? pressed, name: 'white_check_mark' };
    await this.#workspace(team)
      .then(({ client }) => (outcome === 'fixed' ? client.reactions.add(mark) : client.reactions.remove(mark)))
      .catch(() => undefined);
  }

  /** Searches for the posts of an answer. Private messages are in no history. */
  async find(place: SlackPlace, key: string, since?: Date): Promise<FoundPost<SlackPosted>> {
    return place.to ? { state: 'cannot-tell' } : this.#thread.find(place, key, since);
  }

  async #post(target: ThreadAnswer, start: PostProgress): Promise<PostAttempt> {
    const { place, answer } = target;
    if (place.to === 'channel' && place.thread) return this.#shareInThread(target, start);
    if (place.to) return this.#private.post(place, answer, start);
    const attempt = await this.#thread.post(target, start);
    const isPosted = attempt.progress.parts.length > 0;
    if (place.asker === undefined || isPosted || !isNotMember(attempt.error)) return attempt;
    // In a channel that Frebot is not a member of, it can reach only the person who asked.
    return this.#private.post({ ...place, to: 'asker' }, answer, attempt.progress);
  }

  /** Posts an answer that one person saw into the thread it is about; into the channel where Frebot is not a member. */
  async #shareInThread(target: ThreadAnswer, start: PostProgress): Promise<PostAttempt> {
    const { to: _, ...place } = target.place;
    const attempt = await this.#thread.post({ ...target, place }, start);
    const isPosted = attempt.progress.parts.length > 0;
    return isPosted || !isNotMember(attempt.error) ? attempt : this.#private.post(target.place, target.answer, start);
  }
}

function readProgress(posted: SlackPosted): PostProgress {
  if (!('parts' in posted)) return emptyProgress();
  const { form, parts, ts, channel } = posted;
  return { form, parts, ts, channel };
}

/** Returns the time stamp of the post that is replaced. A partial post is not replaced but completed. */
function readReplacedTs(posted: SlackPosted): string | undefined {
  return 'ts' in posted && !('parts' in posted) ? posted.ts : undefined;
}
