import { randomBytes } from 'node:crypto';
import type { Answer } from '../../answer/answer.js';
import type { Clock } from '../ports/environment.js';
import type { AnswerRecord, Store, ThreadState } from '../ports/store.js';

/** Where an answer belongs. */
export interface AnswerPlace {
  thread: string;
  tenant: string;
  /** Key of the message that is answered. */
  key?: string;
  /** What a follow-up question will be about. */
  topic?: string;
}

/** Stores answers so that their buttons work later, and what is known about threads. */
export class AnswerStore {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Stores an answer under a new id and writes that id on the answer and on each of its buttons. */
  async keep(answer: Answer, { thread, tenant, key, topic }: AnswerPlace): Promise<Answer> {
    const id = randomBytes(12).toString('base64url');
    const kept: Answer = { ...answer, case: id, actions: answer.actions.map((action) => ({ ...action, case: id })) };
    const at = this.#clock.now().toISOString();
    const record = { id, thread, tenant, at, answer: kept, ...(key && { message: key }), ...(topic && { topic }) };
    await this.#store.saveAnswer(record);
    return kept;
  }

  /** The stored answer; undefined also when it belongs to another tenant. */
  async answer(id: string, tenant: string): Promise<AnswerRecord | undefined> {
    if (id === '') return undefined;
    const record = await this.#store.answer(id);
    return record?.tenant === tenant ? record : undefined;
  }

  /** What was last stored as the answer to a message. */
  answerTo(message: string): Promise<AnswerRecord | undefined> {
    return this.#store.answerTo(message);
  }

  thread(key: string): Promise<ThreadState | undefined> {
    return this.#store.thread(key);
  }

  /** Frebot has answered in this thread; `topic` stays what it was when the answer had none. */
  async joined(key: string, topic?: string): Promise<void> {
    const state = await this.#store.thread(key);
    await this.#store.saveThread(key, { muted: false, ...state, joined: true, ...(topic && { topic }) });
  }

  async mute(key: string, muted: boolean): Promise<void> {
    const state = await this.#store.thread(key);
    await this.#store.saveThread(key, { joined: true, ...state, muted });
  }

  /** Somebody pressed "This fixed it", or took it back. */
  async fixed(key: string, fixed: boolean): Promise<void> {
    const state = await this.#store.thread(key);
    await this.#store.saveThread(key, { joined: true, muted: false, ...state, fixed });
  }

  /** Failures answered in threads whose key begins so, newest first, one a thread; without those that were fixed. */
  async open(threads: string, limit: number): Promise<AnswerRecord[]> {
    const newest = new Map<string, AnswerRecord>();
    for (const record of await this.#store.recent(threads, 200)) {
      if (record.answer.verdict === 'failure' && !newest.has(record.thread)) newest.set(record.thread, record);
    }
    const open: AnswerRecord[] = [];
    for (const record of newest.values()) {
      if (open.length === limit) break;
      if (!(await this.#store.thread(record.thread))?.fixed) open.push(record);
    }
    return open;
  }

  /** True the first time it is asked about a place on a day, and again for the same message: it may not have been told yet. */
  async firstToday(place: string, message: string): Promise<boolean> {
    const key = `${place}:receipt`;
    const day = this.#clock.now().toISOString().slice(0, 10);
    const last = (await this.#store.thread(key))?.receipt;
    if (last?.day === day) return last.message === message;
    await this.#store.saveThread(key, { joined: false, muted: false, receipt: { day, message } });
    return true;
  }

  forgetAll(threads: string): Promise<void> {
    return this.#store.forgetAll(threads);
  }

  forgetMessage(key: string): Promise<string[]> {
    return this.#store.forgetMessage(key);
  }

  forget(thread: string): Promise<number> {
    return this.#store.forget(thread);
  }
}
