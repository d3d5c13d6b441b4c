import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import type { Door, FoundPost } from '../../src/desk/ports/door.js';
import type { Clock, Events } from '../../src/desk/ports/environment.js';
import type { Attempt, WorkOutcome } from '../../src/desk/ports/inbox.js';
import type { FileRef, Message, PostedMessage } from '../../src/desk/ports/message.js';
import { createIntake } from '../../src/intake/intake.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { type MemoryStore, memoryStore } from '../../src/store/memory-store.js';
import { builtKnowledge } from '../built-knowledge.js';
import { frebLog } from '../scenarios/logs.js';

export const knowledge = builtKnowledge();

/** A clock that stands still until it is told; sleepers wake when their time has come. */
export class HandClock implements Clock {
  #now = Date.parse('2026-06-10T08:00:00Z');
  #sleepers: { at: number; wake: () => void }[] = [];
  now = () => new Date(this.#now);
  sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((wake) => {
      if (signal?.aborted) return wake();
      signal?.addEventListener('abort', () => wake());
      this.#sleepers.push({ at: this.#now + ms, wake });
    });
  async pass(ms: number): Promise<void> {
    this.#now += ms;
    for (const { at, wake } of this.#sleepers) if (at <= this.#now) wake();
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    await settled();
  }
}

/** Lets everything that waits for nothing but its turn go on. */
export async function settled(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise(setImmediate);
}

export interface Said {
  answer: Answer;
  key: string;
  edited: boolean;
  /** What it took the place of, or went on with. */
  over?: PostedMessage;
}

/** A platform in memory: files by name, posts in a list. */
export class FakeDoor implements Door {
  readonly name = 'slack';
  readonly said: Said[] = [];
  readonly acknowledged: string[] = [];
  files: Record<string, Uint8Array | Error | (() => AsyncIterable<Uint8Array>)> = {};
  /** Errors the next posts meet. */
  failing: Error[] = [];
  /** What the platform kept although the post seemed to fail, or its process died. */
  arrived = new Map<string, FoundPost>();

  async fetch(file: FileRef) {
    const content = this.files[file.name];
    if (content instanceof Error) throw content;
    if (content === undefined) throw new Error(`no such file in this test: ${file.name}`);
    const bytes = typeof content === 'function' ? content() : chunks(content);
    return { name: file.name, bytes };
  }
  async acknowledge(where: Message['where']) {
    this.acknowledged.push(String(where.ts));
  }
  async say(_where: Message['where'], answer: Answer, key: string, posted?: PostedMessage): Promise<PostedMessage> {
    const failure = this.failing.shift();
    if (failure) throw failure;
    // What a platform gets is plain JSON.
    this.said.push({ answer: JSON.parse(JSON.stringify(answer)), key, edited: posted !== undefined, over: posted });
    return { ts: String(this.said.length) };
  }
  readonly removed: PostedMessage[] = [];
  async remove(_where: Message['where'], posted: PostedMessage) {
    this.removed.push(posted);
  }
  async find(_where: Message['where'], key: string): Promise<FoundPost> {
    return this.arrived.get(key) ?? { state: 'none' };
  }
  async check() {
    return [{ name: 'slack', state: 'ok' as const, detail: 'a test' }];
  }
  get answers(): Answer[] {
    return this.said.filter(({ key }) => !key.endsWith(':progress')).map(({ answer }) => answer);
  }
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

/** Puts a log behind the door that is fetched only once the returned function is called. */
export function holdLog(door: FakeDoor, name: string): () => void {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  door.files = {
    [name]: async function* () {
      await gate;
      yield frebLog();
    },
  };
  return release;
}

/** An attempt whose post may go and is noted nowhere. */
export function attemptOf(given: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    isRetry: false,
    isLast: false,
    isAfterCrash: false,
    isCrashLoop: false,
    isPostInterrupted: false,
    markFiles: async () => undefined,
    beginPost: async () => 'go',
    withdrawPost: async () => undefined,
    recordPost: async () => undefined,
    ...given,
  };
}

let counter = 0;

export function message(given: Partial<Message> = {}): Message {
  const id = String(++counter);
  return {
    key: `slack/T1/C1/${id}`,
    door: 'slack',
    tenant: 'T1',
    who: 'U1',
    where: { channel: 'C1', ts: id },
    thread: 'slack/T1/C1/thread',
    text: '',
    files: [],
    addressed: true,
    ...given,
  };
}

export interface World {
  desk: Desk;
  door: FakeDoor;
  store: MemoryStore;
  inbox: MemoryInbox;
  clock: HandClock;
  events: { name: string; [fact: string]: unknown }[];
  /** Delivers and waits until the work is done. */
  tell(given: Partial<Message>): Promise<void>;
  outcome(key: string): WorkOutcome | undefined;
}

const intake = createIntake({ workers: 1 });

/** A desk over everything real but the platform. `saved` is what an earlier process left behind; `store` is shared. */
export function world(saved: { store?: string; inbox?: string } = {}, store = memoryStore(saved.store)): World {
  const clock = new HandClock();
  const events: World['events'] = [];
  const sink: Events = { emit: (event) => void events.push({ ...event }) };
  const inbox = new MemoryInbox(sink, clock, saved.inbox);
  const desk = createDesk({ knowledge, intake, store, inbox, events: sink, clock });
  const door = new FakeDoor();
  desk.addDoor(door);
  desk.start();
  return {
    desk,
    door,
    store,
    inbox,
    clock,
    events,
    async tell(given) {
      await desk.receive(message(given));
      await done(inbox);
    },
    outcome(key) {
      const rows = new Map(JSON.parse(inbox.snapshot()) as [string, { outcome?: WorkOutcome }][]);
      return rows.get(key)?.outcome;
    },
  };
}

/** Waits for the inbox in real time, because worker threads take some; the test clock does not move. */
export async function done(inbox: MemoryInbox): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    const rows = JSON.parse(inbox.snapshot()) as [string, { outcome?: WorkOutcome }][];
    if (rows.every(([, row]) => row.outcome)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the inbox is still busy after 10 s');
}

export const file = (name: string, size?: number): FileRef => ({ name, ...(size !== undefined && { size }) });

/** Tells the lines one after the other and returns what is shown unfolded of the last answer. */
export async function readAfter(w: World, ...lines: string[]): Promise<string> {
  for (const text of lines) await w.tell({ text });
  return renderText(w.door.answers.at(-1)!, { columns: 10_000, folded: false });
}
