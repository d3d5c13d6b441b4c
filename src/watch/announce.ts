import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { isWorthPost } from './count-log.js';
import type { Journal } from './journal.js';
import { type Mutes, type PostKind, type PostTarget, type TracingOf, type WatchPost, wantsPost } from './ports.js';
import type { Telling, WatchGroup, WatchRecord } from './records.js';
import { againPost } from './say-group.js';
import { beginTelling, contentHash, sayTelling, subjectOf } from './telling.js';

const hourMs = 3_600_000;
/** Posts about new causes in an hour; the last of them tells of several at once. */
const postsPerHour = 10;
/** New causes of one look that get a post each. */
const singlePosts = 3;
/** From this many milliseconds without a log on, "not seen since" is said. */
const quietMs = 6 * hourMs;
const postedMemo = 'posted';
const againMemo = 'again';

export interface AnnounceDeps {
  journal: Journal;
  /** Our clock, in milliseconds. */
  now(): number;
  /** The targets that every post goes to. */
  targets: readonly Pick<PostTarget, 'name' | 'counts'>[];
  /** Causes that are counted and not posted. */
  muted: Pick<Mutes, 'has'>;
  tracing: TracingOf;
}

/** Turns what the journal knows into posts. What waits for its post is in the journal, so that a crash loses none. */
export class Announcer {
  readonly #deps: AnnounceDeps;

  constructor(deps: AnnounceDeps) {
    this.#deps = deps;
  }

  /**
   * Returns the record of a post to every target that wants it.
   * @param more its id, what it is about, the post that it updates
   */
  record(
    kind: PostKind,
    answer: Answer,
    more: Partial<Pick<WatchPost, 'causes' | 'id' | 'group' | 'of'>> = {},
  ): WatchRecord {
    const { now, targets } = this.#deps;
    const at = new Date(now()).toISOString();
    const to = targets.filter((target) => wantsPost(target, kind)).map(({ name }) => name);
    return { t: 'post', post: { id: randomUUID(), kind, at, answer, ...more }, to };
  }

  /** Returns the records of a post about groups, which is kept up to date from then on. */
  #tell(telling: Telling, groups: readonly WatchGroup[]): WatchRecord[] {
    const { tracing } = this.#deps;
    const answer = sayTelling(telling, groups, tracing);
    const post = this.record(telling.kind, answer, { id: telling.id, ...subjectOf(telling, groups) });
    const begun: Telling = { ...telling, said: contentHash(answer) };
    return [post, { t: 'telling', telling: begun }, ...groups.map((one) => markTold(one, telling.id))];
  }

  /** Posts what was in a folder before the first look. A cause that was not seen lately is news when it comes back. */
  firstLook(folder: string, { read, left }: { read: number; left: number }): void {
    const { journal, now } = this.#deps;
    const { folders, groups } = journal.state;
    const watched = folders.get(folder);
    if (!watched) return;
    const shown = [...groups.values()]
      .filter(
        (group) => group.state === 'known' && !this.#isMuted(group) && isWorthPost(group) && group.toldCount === 0,
      )
      .sort(byUrgency)
      .map((group): WatchGroup => (now() - Date.parse(group.last) > quietMs ? { ...group, state: 'quiet' } : group));
    const over: WatchRecord = {
      t: 'folder',
      path: folder,
      folder: { oldUntil: watched.oldUntil, ...(left > 0 && { oldLeft: left }) },
    };
    journal.commit([over, ...this.#tell(beginTelling('first-look', shown, now(), { folder, read, left }), shown)]);
  }

  /** Posts new causes and those that are back: one post each for a few, one for all when there are many. */
  news(): void {
    const { journal, now } = this.#deps;
    const waiting = [...journal.state.groups.values()]
      .filter((group) => (group.state === 'new' || group.state === 'back') && !this.#isMuted(group))
      .sort(byUrgency);
    if (waiting.length === 0) return;
    const posted = this.#times(postedMemo).filter((time) => time <= now() && time > now() - hourMs);
    const room = postsPerHour - posted.length;
    if (room <= 0) return;
    const isFew = waiting.length <= singlePosts && waiting.length < room;
    const posts =
      isFew || waiting.length === 1
        ? waiting.map((one) => this.#tell(beginTelling(one.state === 'back' ? 'back' : 'new', [one], now()), [one]))
        : [this.#tell(beginTelling('several', waiting, now()), waiting)];
    const times = [...posted, ...posts.map(() => now())];
    journal.commit([...posts.flat(), { t: 'memo', name: postedMemo, value: times }]);
  }

  /** Once an hour, posts how often known causes came again and which came no more. */
  again(): void {
    const { journal, now, tracing } = this.#deps;
    const [last] = this.#times(againMemo);
    // Right after the first posts there is nothing to add to them.
    if (last === undefined) journal.commit([{ t: 'memo', name: againMemo, value: [now()] }]);
    if (last === undefined || (now() >= last && now() - last < hourMs)) return;
    const told = [...journal.state.groups.values()].filter((group) => group.state === 'told' && !this.#isMuted(group));
    const again = told.filter(({ count, toldCount }) => count > toldCount).sort(byUrgency);
    const quiet = told.filter(({ foundAt }) => now() - foundAt > quietMs);
    if (again.length + quiet.length === 0) return;
    const kept = [
      ...again.map((group) => markTold(group)),
      ...quiet.map(
        (group): WatchRecord => ({ t: 'group', group: { ...group, toldCount: group.count, state: 'quiet' } }),
      ),
    ];
    const post = this.record('again', againPost(again, quiet, tracing));
    journal.commit([post, ...kept, { t: 'memo', name: againMemo, value: [now()] }]);
  }

  #isMuted({ cause }: WatchGroup): boolean {
    return cause !== null && this.#deps.muted.has(cause);
  }

  #times(name: string): number[] {
    const value = this.#deps.journal.state.memos.get(name);
    return Array.isArray(value) ? value.map(Number) : [];
  }
}

/** A group that came no more before it was told stays quiet: then it is news when it comes back. */
function markTold(group: WatchGroup, post = group.post): WatchRecord {
  const state = group.state === 'quiet' ? 'quiet' : 'told';
  return { t: 'group', group: { ...group, state, toldCount: group.count, ...(post && { post }) } };
}

/** Failures before the rest, then what comes most often. */
function byUrgency(a: WatchGroup, b: WatchGroup): number {
  return Number(b.verdict === 'failure') - Number(a.verdict === 'failure') || b.count - a.count;
}
