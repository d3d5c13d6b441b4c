import { countWords } from '../answer/wording.js';
import type { Journal } from './journal.js';
import { type Note, PostError, type PostTarget, type WatchPost } from './ports.js';
import type { WatchRecord } from './records.js';

/** Posts that wait at most, for a target that is away: at ten new causes an hour, two days. */
const mostWaiting = 500;
/** Looks between two attempts at a target that failed, doubled up to the second number. */
const pauses = { first: 1, longest: 60 };

/** A target that failed, and how many looks it is left alone. */
interface Pause {
  looks: number;
  next: number;
  /** Reasons that the operator has read. */
  said: readonly string[];
}

/** Reasons of one trouble that are said at most. */
const mostReasons = 5;

/** Sends waiting posts, in order, to each target. A target that is away keeps its posts waiting and does not stop the others. */
export class Outbox {
  readonly #journal: Journal;
  readonly #targets: readonly PostTarget[];
  readonly #note: Note;
  readonly #pauses = new Map<string, Pause>();

  constructor(journal: Journal, targets: readonly PostTarget[], note: Note) {
    this.#journal = journal;
    this.#targets = targets;
    this.#note = note;
  }

  async flush(): Promise<void> {
    this.#dropSurplus();
    await Promise.all(this.#targets.map((target) => this.#flushTo(target)));
  }

  /** Sends a sign of life to each target that wants one; a target that is away misses it. */
  async beat(): Promise<void> {
    const beats = this.#targets.map((target) => target.beat?.());
    for (const result of await Promise.allSettled(beats))
      if (result.status === 'rejected' && !(result.reason instanceof PostError)) throw result.reason;
  }

  async #flushTo(target: PostTarget): Promise<void> {
    const pause = this.#pauses.get(target.name);
    if (pause && --pause.looks > 0) return;
    let isBack = false;
    for (const { post } of this.#waitingFor(target)) {
      const sent: WatchRecord = { t: 'sent', id: post.id, to: target.name };
      try {
        this.#journal.commit([sent, ...(await this.#send(post, target))]);
      } catch (error) {
        if (!(error instanceof PostError)) throw error;
        if (!error.mayHaveArrived) this.#end(post, target);
        if (!error.lasting) return this.#pause(target, error);
        this.#note(`A post was refused for good and is left out: ${error.message}`);
        // People may have deleted it: it is neither edited nor posted again.
        const gone: WatchRecord = { t: 'posted', post: referenceKey(post), to: target.name, reference: null };
        this.#journal.commit(target.counts === 'edits' ? [sent, gone] : [sent]);
      }
      isBack = this.#pauses.delete(target.name) || isBack;
    }
    if (isBack) this.#note(`${target.name} takes posts again; none was lost.`);
  }

  /** Sends a post or an edit. Returns the records of what a later edit needs. An edit of a post that is not there is left out. */
  async #send(post: WatchPost, target: PostTarget): Promise<WatchRecord[]> {
    const key = referenceKey(post);
    const earlier = this.#journal.state.reference(key, target.name);
    // Where the target passes updates on, it knows itself what they belong to.
    if (post.kind === 'update' && target.counts === 'edits' && !earlier) return [];
    const mayBeThere = this.#journal.state.mayBeThere(post.id, target.name);
    if (!earlier) this.#begin(post, target);
    const reference = await target.send(post, earlier ?? undefined, mayBeThere);
    return reference ? [{ t: 'posted', post: key, to: target.name, reference }] : [];
  }

  /** Stores that a post is about to be sent, so that after a crash the next attempt looks for it. An edit may be repeated. */
  #begin({ id }: WatchPost, { name }: PostTarget): void {
    if (this.#journal.state.mayBeThere(id, name)) return;
    this.#journal.commit([{ t: 'sending', id, to: name }]);
    this.#journal.sync();
  }

  #end({ id }: WatchPost, { name }: PostTarget): void {
    if (this.#journal.state.mayBeThere(id, name)) this.#journal.commit([{ t: 'sending', id, to: name, isOver: true }]);
  }

  #waitingFor({ name }: PostTarget): { post: WatchPost }[] {
    return [...this.#journal.state.waiting.values()].filter(({ to }) => to.includes(name));
  }

  /** Says each reason once: a target that is away may refuse the token when it is back. */
  #pause(target: PostTarget, { message }: PostError): void {
    const before = this.#pauses.get(target.name);
    const next = before ? Math.min(before.next * 2, pauses.longest) : pauses.first;
    const said = before?.said ?? [];
    const isNew = !said.includes(message) && said.length < mostReasons;
    this.#pauses.set(target.name, { looks: next, next, said: isNew ? [...said, message] : said });
    if (isNew) this.#note(`${message} ${countWords(this.#waitingFor(target).length, 'post')} will be sent later.`);
  }

  /** Counts of known causes go first: the next one says the same. Also drops what waits for a target of earlier days. */
  #dropSurplus(): void {
    const names = new Set(this.#targets.map(({ name }) => name));
    const { waiting } = this.#journal.state;
    for (const [id, { to }] of waiting)
      for (const name of to) if (!names.has(name)) this.#journal.commit([{ t: 'sent', id, to: name }]);
    const surplus = waiting.size - mostWaiting;
    if (surplus <= 0) return;
    const isCount = ({ post }: { post: WatchPost }) => post.kind === 'again' || post.kind === 'update';
    const counts = [...waiting.values()].filter(isCount);
    const others = [...waiting.values()].filter((one) => !isCount(one));
    const dropped = [...counts, ...others].slice(0, surplus);
    for (const { post, to } of dropped)
      this.#journal.commit(to.map((name) => ({ t: 'sent' as const, id: post.id, to: name })));
    this.#note(`More than ${mostWaiting} posts wait; the ${dropped.length} least important were dropped.`);
  }
}

/** Returns the key of the post that is made or edited. A watcher edits only what it reported itself. */
function referenceKey({ id, of, watcher }: WatchPost): string {
  return watcher === undefined ? (of ?? id) : `${watcher} ${of ?? id}`;
}
