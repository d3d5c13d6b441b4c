import { randomBytes } from 'node:crypto';
import type { Answer } from '../../answer/answer.js';
import { type Outcome, withOutcome } from '../../answer/buttons.js';
import { withMutes } from '../../answer/mutes.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import { TurnQueue } from '../cases/turn-queue.js';
import type { CauseMutes } from '../cause-mutes.js';
import type { Clock } from '../ports/environment.js';
import type { AnswerRecord, Store, ThreadState, WatchedPost } from '../ports/store.js';
import { listWatchedCauses } from '../watched-causes.js';

const dayMs = 24 * 60 * 60 * 1000;

/** The conversation and message that an answer belongs to. */
export interface AnswerPlace {
  thread: string;
  tenant: string;
  /** Key of the answered message. */
  key?: string;
  /** What the thread knows after it. */
  facts?: ThreadFacts | undefined;
  /** Of a watcher's post: what it is about. */
  watched?: WatchedPost;
}

/** More people than this do not ask in one thread. */
const mostAskers = 10;

/** Stores answers, so that their buttons work later, and the state of threads. */
export class AnswerStore {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #mutes: Pick<CauseMutes, 'list'>;
  /** The outcome of an answer changes once at a time. */
  readonly #turns = new TurnQueue();

  constructor(store: Store, clock: Clock, mutes: Pick<CauseMutes, 'list'>) {
    this.#store = store;
    this.#clock = clock;
    this.#mutes = mutes;
  }

  /** Stores an answer under a new id and writes that id on the answer and on each of its buttons. Returns it as it stands. */
  async save(answer: Answer, { thread, tenant, key, facts, watched }: AnswerPlace): Promise<Answer> {
    const id = randomBytes(12).toString('base64url');
    const stored: Answer = { ...answer, case: id, actions: answer.actions.map((action) => ({ ...action, case: id })) };
    const at = this.#clock.now().toISOString();
    const about = { ...(key && { message: key }), ...(facts && { facts }), ...(watched && { watched }) };
    const record = { id, thread, tenant, at, answer: stored, ...about };
    await this.#store.saveAnswer(record);
    return this.#asItStands(record);
  }

  /** Returns the stored answer with its outcome; undefined also when it belongs to another tenant. */
  async find(id: string, tenant: string): Promise<AnswerRecord | undefined> {
    if (id === '') return undefined;
    const record = await this.#store.answer(id);
    if (record?.tenant !== tenant) return undefined;
    return { ...record, answer: await this.#asItStands(record) };
  }

  /** Changes a stored answer. Returns it as it stands after that; undefined when it is gone or another tenant's. */
  revise(
    id: string,
    tenant: string,
    change: (record: AnswerRecord) => AnswerRecord,
  ): Promise<AnswerRecord | undefined> {
    return this.#turns.run(id, async () => {
      const record = await this.#store.answer(id);
      if (record?.tenant !== tenant) return undefined;
      const changed = change(record);
      await this.#store.saveAnswer(changed);
      return { ...changed, answer: await this.#asItStands(changed) };
    });
  }

  /** Returns the stored answer with its outcome; a watcher's post with which of its causes are muted now. */
  async #asItStands({ answer, outcome, watched, tenant }: AnswerRecord): Promise<Answer> {
    const shown = withOutcome(answer, outcome?.action);
    return watched ? withMutes(shown, listWatchedCauses(watched), await this.#mutes.list(tenant)) : shown;
  }

  /**
   * Stores the outcome that a press reports.
   * @param message key of the press; the same press may be reported again after a crash
   * @returns false when an earlier press has reported the same outcome
   */
  recordOutcome(id: string, action: Outcome, message: string): Promise<boolean> {
    return this.#turns.run(id, async () => {
      const record = await this.#store.answer(id);
      if (record?.outcome?.action === action) return record.outcome.message === message;
      if (record) await this.#store.saveAnswer({ ...record, outcome: { action, message } });
      return true;
    });
  }

  /** Returns the newest stored answer to a message. */
  answerTo(message: string): Promise<AnswerRecord | undefined> {
    return this.#store.answerTo(message);
  }

  /** Returns the newest diagnosis of a thread of the last day, but for the one that answers this message. */
  async lastDiagnosis(thread: string, message: string): Promise<Answer | undefined> {
    const since = new Date(this.#clock.now().getTime() - dayMs).toISOString();
    const records = await this.#store.recent(thread, 50);
    const isEarlier = (one: AnswerRecord) => one.thread === thread && one.message !== message && one.at >= since;
    return records.find((one) => isEarlier(one) && one.answer.verdict !== undefined)?.answer;
  }

  /** Returns the newest diagnosis of a thread whose answer has a part of this id. */
  async lastWithPart(thread: string, part: string): Promise<AnswerRecord | undefined> {
    const records = await this.#store.recent(thread, 50);
    return records.find(
      ({ thread: own, answer }) =>
        own === thread && answer.verdict !== undefined && answer.parts.some(({ id }) => id === part),
    );
  }

  thread(key: string): Promise<ThreadState | undefined> {
    return this.#store.thread(key);
  }

  /**
   * Marks that Frebot has answered in this thread. Without `facts`, the thread knows what it knew.
   * @param asker the person who was answered
   */
  async markJoined(key: string, facts?: ThreadFacts, asker?: string): Promise<void> {
    const state = await this.#store.thread(key);
    const askers = asker ? [...new Set([asker, ...(state?.askers ?? [])])].slice(0, mostAskers) : state?.askers;
    await this.#store.saveThread(key, { muted: false, ...state, joined: true, ...facts, ...(askers && { askers }) });
  }

  /** Removes what the thread knows of its failure, because the evidence was deleted. */
  async forgetFailure(key: string): Promise<void> {
    const state = await this.#store.thread(key);
    if (state?.failure) await this.#store.saveThread(key, { ...state, failure: undefined });
  }

  /** Marks a thread as the one below a watcher's post, so that questions in it are about the cause. */
  async markWatched(key: string, watched: WatchedPost | undefined, facts: ThreadFacts): Promise<void> {
    const state = await this.#store.thread(key);
    await this.#store.saveThread(key, { muted: false, ...state, ...facts, joined: true, ...(watched && { watched }) });
  }

  async mute(key: string, muted: boolean): Promise<void> {
    const state = await this.#store.thread(key);
    await this.#store.saveThread(key, { joined: true, ...state, muted });
  }

  /** Marks the thread's failure as fixed, or as not fixed. */
  async markFixed(key: string, fixed: boolean): Promise<void> {
    const state = await this.#store.thread(key);
    await this.#store.saveThread(key, { joined: true, muted: false, ...state, fixed });
  }

  /** Lists failures that are not fixed, newest first, one per thread, in threads whose key begins with the prefix. */
  async listOpen(prefix: string, limit: number): Promise<AnswerRecord[]> {
    const newest = new Map<string, AnswerRecord>();
    for (const record of await this.#store.recent(prefix, 200)) {
      if (record.answer.verdict === 'failure' && !newest.has(record.thread)) newest.set(record.thread, record);
    }
    const open: AnswerRecord[] = [];
    for (const record of newest.values()) {
      if (open.length === limit) break;
      if (!(await this.#store.thread(record.thread))?.fixed) open.push(record);
    }
    return open;
  }

  /** True for the first call of a place on a day, and again for the same message, which may not have been answered. */
  async firstToday(place: string, message: string): Promise<boolean> {
    const key = `${place}:receipt`;
    const day = this.#clock.now().toISOString().slice(0, 10);
    const last = (await this.#store.thread(key))?.receipt;
    if (last?.day === day) return last.message === message;
    await this.#store.saveThread(key, { joined: false, muted: false, receipt: { day, message } });
    return true;
  }

  forgetAll(prefix: string): Promise<void> {
    return this.#store.forgetAll(prefix);
  }

  forgetMessage(key: string): Promise<string[]> {
    return this.#store.forgetMessage(key);
  }

  forget(thread: string): Promise<number> {
    return this.#store.forget(thread);
  }
}
