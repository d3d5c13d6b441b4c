import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { isWorthPost } from './count-log.js';
import type { Journal } from './journal.js';
import type { PostKind, Tracing, WatchPost } from './ports.js';
import type { WatchGroup, WatchRecord } from './records.js';
import { againPost, firstLookPost, groupPost, severalPost } from './say-group.js';

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
  /** Names of the targets that every post goes to. */
  targets: readonly string[];
  /** Causes that are counted and not posted. */
  muted: ReadonlySet<string>;
  tracing(group: WatchGroup): Tracing;
}

/** Turns what the journal knows into posts. What waits for its post is in the journal, so that a crash loses none. */
export class Announcer {
  readonly #deps: AnnounceDeps;

  constructor(deps: AnnounceDeps) {
    this.#deps = deps;
  }

  /** Returns the record of a post to every target. */
  record(kind: PostKind, answer: Answer, group?: WatchGroup): WatchRecord {
    const { now, targets } = this.#deps;
    const at = new Date(now()).toISOString();
    const post: WatchPost = { id: randomUUID(), kind, at, answer };
    if (group) post.group = factsOf(group);
    return { t: 'post', post, to: [...targets] };
  }

  /** Posts what was in a folder before the first look. A cause that was not seen lately is news when it comes back. */
  firstLook(folder: string, read: number): void {
    const { journal, now, muted } = this.#deps;
    const { folders, groups } = journal.state;
    const watched = folders.get(folder);
    if (!watched) return;
    const known = [...groups.values()].filter(({ state, cause }) => state === 'known' && !muted.has(cause ?? ''));
    const shown = known.filter((group) => isWorthPost(group) && group.toldCount === 0).sort(byUrgency);
    const told = shown.map((group): WatchRecord => {
      const state = now() - Date.parse(group.last) > quietMs ? 'quiet' : 'told';
      return { t: 'group', group: { ...group, state, toldCount: group.count } };
    });
    const over: WatchRecord = { t: 'folder', path: folder, folder: { oldUntil: watched.oldUntil } };
    journal.commit([over, this.record('first-look', firstLookPost(folder, read, shown)), ...told]);
  }

  /** Posts new causes and those that are back: one post each for a few, one for all when there are many. */
  news(): void {
    const { journal, now, muted } = this.#deps;
    const waiting = [...journal.state.groups.values()]
      .filter(({ state, cause }) => (state === 'new' || state === 'back') && !muted.has(cause ?? ''))
      .sort(byUrgency);
    if (waiting.length === 0) return;
    const posted = this.#times(postedMemo).filter((time) => time <= now() && time > now() - hourMs);
    const room = postsPerHour - posted.length;
    if (room <= 0) return;
    const isFew = waiting.length <= singlePosts && waiting.length < room;
    const posts =
      isFew || waiting.length === 1
        ? waiting.map((group) => this.record(group.state === 'back' ? 'back' : 'new', groupPost(group), group))
        : [this.record('several', severalPost(waiting))];
    const times = [...posted, ...posts.map(() => now())];
    journal.commit([...posts, ...waiting.map(markTold), { t: 'memo', name: postedMemo, value: times }]);
  }

  /** Once an hour, posts how often known causes came again and which came no more. */
  again(): void {
    const { journal, now, muted, tracing } = this.#deps;
    const [last] = this.#times(againMemo);
    // Right after the first posts there is nothing to add to them.
    if (last === undefined) journal.commit([{ t: 'memo', name: againMemo, value: [now()] }]);
    if (last === undefined || (now() >= last && now() - last < hourMs)) return;
    const told = [...journal.state.groups.values()].filter(
      ({ state, cause }) => state === 'told' && !muted.has(cause ?? ''),
    );
    const again = told.filter(({ count, toldCount }) => count > toldCount).sort(byUrgency);
    const quiet = told.filter(({ foundAt }) => now() - foundAt > quietMs);
    if (again.length + quiet.length === 0) return;
    const kept = [
      ...again.map(markTold),
      ...quiet.map(
        (group): WatchRecord => ({ t: 'group', group: { ...group, toldCount: group.count, state: 'quiet' } }),
      ),
    ];
    const post = this.record('again', againPost(again, quiet, tracing));
    journal.commit([post, ...kept, { t: 'memo', name: againMemo, value: [now()] }]);
  }

  #times(name: string): number[] {
    const value = this.#deps.journal.state.memos.get(name);
    return Array.isArray(value) ? value.map(Number) : [];
  }
}

function markTold(group: WatchGroup): WatchRecord {
  return { t: 'group', group: { ...group, state: 'told', toldCount: group.count } };
}

/** Failures before the rest, then what comes most often. */
function byUrgency(a: WatchGroup, b: WatchGroup): number {
  return Number(b.verdict === 'failure') - Number(a.verdict === 'failure') || b.count - a.count;
}

function factsOf({ verdict, cause, pool, site, server, page, count }: WatchGroup) {
  return { verdict, cause, pool, site, server, page, count };
}
