import { describe, expect, it } from 'vitest';
import type { WorkOutcome } from '../../src/desk/ports/inbox.js';
import type { Message } from '../../src/desk/ports/message.js';
import type { AnswerRecord } from '../../src/desk/ports/store.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { HandClock, message, settled } from '../desk/support.js';

const record = (id: string, thread = 't'): AnswerRecord => ({
  id,
  thread,
  tenant: 'T1',
  at: '2026-06-10T08:00:00.000Z',
  answer: { title: ['a ', { code: 'b' }], summary: 's', parts: [], actions: [], sources: [] },
});
const events = { emit: () => {} };
const silent = async (): Promise<WorkOutcome> => ({ state: 'silent' });

describe('the store in memory', () => {
  it('gives back copies, never what it was given', async () => {
    const store = memoryStore();
    const given = record('1');
    await store.saveAnswer(given);
    given.answer.summary = 'changed afterwards';
    const first = await store.answer('1');
    expect(first).toEqual(record('1'));
    (first as AnswerRecord).answer.summary = 'changed by a reader';
    expect(await store.answer('1')).toEqual(record('1'));
  });

  it('holds everything in its snapshot', async () => {
    const store = memoryStore();
    await store.saveAnswer(record('1'));
    await store.saveThread('t', { joined: true, muted: true, topic: 'x' });
    const again = memoryStore(store.snapshot());
    expect(await again.answer('1')).toEqual(record('1'));
    expect(await again.thread('t')).toEqual({ joined: true, muted: true, topic: 'x' });
    expect(await again.answer('2')).toBeUndefined();
  });

  it('forgets one thread and leaves the others', async () => {
    const store = memoryStore();
    for (const id of ['1', '2']) await store.saveAnswer(record(id));
    await store.saveAnswer(record('3', 'other'));
    expect(await store.forget('t')).toBe(2);
    expect(await store.forget('t')).toBe(0);
    expect(await store.answer('1')).toBeUndefined();
    expect(await store.answer('3')).toEqual(record('3', 'other'));
  });

  it('stays bounded, the oldest go first', async () => {
    const store = memoryStore();
    for (let i = 0; i < 5_100; i++) await store.saveAnswer(record(String(i)));
    expect(await store.answer('0')).toBeUndefined();
    expect(await store.answer('5099')).toEqual(record('5099'));
    expect(JSON.parse(store.snapshot()).answers).toHaveLength(5_000);
  });
});

describe('the inbox in memory', () => {
  it('hands a message over as JSON made it, after the claim has returned', async () => {
    const seen: Message[] = [];
    const inbox = new MemoryInbox(events, new HandClock());
    inbox.start(async (one) => {
      seen.push(one);
      return { state: 'silent' };
    });
    const given = message({ text: 'hello' });
    expect(await inbox.claim(given)).toBe(true);
    expect(seen).toHaveLength(0);
    await settled();
    expect(seen).toEqual([JSON.parse(JSON.stringify(given))]);
    expect(seen[0]).not.toBe(given);
  });

  it('claims once, also among claims at the same moment', async () => {
    const inbox = new MemoryInbox(events, new HandClock());
    const one = message();
    const claims = await Promise.all(Array.from({ length: 20 }, () => inbox.claim({ ...one })));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('works on several at a time, but not on all', async () => {
    let now = 0;
    let most = 0;
    const inbox = new MemoryInbox(events, new HandClock());
    inbox.start(async () => {
      most = Math.max(most, ++now);
      await settled(3);
      now--;
      return { state: 'silent' };
    });
    for (let i = 0; i < 30; i++) await inbox.claim(message());
    await inbox.drain(1_000);
    expect(most).toBe(4);
    expect((JSON.parse(inbox.snapshot()) as [string, { outcome?: unknown }][]).every(([, row]) => row.outcome)).toBe(
      true,
    );
  });

  it('gives a row an end even when the handler throws', async () => {
    const inbox = new MemoryInbox(events, new HandClock());
    inbox.start(() => Promise.reject(new Error('a defect')));
    await inbox.claim(message());
    await settled();
    expect(inbox.snapshot()).toMatch(/"state":"failed","code":"internal"/);
  });

  it('takes up after a crash what had no outcome, and only that', async () => {
    const before = new MemoryInbox(events, new HandClock());
    before.start(silent);
    const [first, second] = [message(), message()];
    await before.claim(first);
    await settled();
    before.start(() => new Promise(() => {}));
    await before.claim(second);
    await settled();
    const worked: string[] = [];
    const after = new MemoryInbox(events, new HandClock(), before.snapshot());
    after.start(async ({ key }) => {
      worked.push(key);
      return { state: 'silent' };
    });
    await settled();
    expect(worked).toEqual([second.key]);
    expect(await after.claim(first)).toBe(false);
  });

  it('waits for work in hand, but not for ever', async () => {
    const clock = new HandClock();
    const inbox = new MemoryInbox(events, clock);
    inbox.start(() => new Promise(() => {}));
    await inbox.claim(message());
    await settled();
    let drained = false;
    const waiting = inbox.drain(1_000).then(() => {
      drained = true;
    });
    await clock.pass(999);
    expect(drained).toBe(false);
    await clock.pass(1);
    await waiting;
    expect(drained).toBe(true);
  });

  it('forgets finished keys after a day', async () => {
    const clock = new HandClock();
    const inbox = new MemoryInbox(events, clock);
    inbox.start(silent);
    const old = message();
    await inbox.claim(old);
    await settled();
    await clock.pass(25 * 3600_000);
    await inbox.claim(message());
    await settled();
    expect(inbox.snapshot()).not.toContain(old.key);
  });
});
