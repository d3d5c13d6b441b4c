import { afterEach, describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../src/desk/ports/case-record.js';
import type { Inbox, WorkOutcome } from '../../src/desk/ports/inbox.js';
import type { Message } from '../../src/desk/ports/message.js';
import type { AnswerRecord, Store } from '../../src/desk/ports/store.js';
import { message } from '../desk/support.js';

/** One life of a process: a store and an inbox over what the lives before it kept. */
export interface Life {
  store: Store;
  inbox: Inbox;
  /** How the work on a message ended; undefined while it has not. */
  outcome(key: string): Promise<WorkOutcome | undefined>;
  /** Everything that is kept, as text. */
  everything(): Promise<string>;
}

/** Something that keeps: each `begin` is a new process, and what ran before is dead, however it stood. */
export interface Keeper {
  begin(): Promise<Life>;
  /** Forgets everything, for the next test. */
  clear(): Promise<void>;
}

const record = (id: string, thread = 't'): AnswerRecord => ({
  id,
  thread,
  tenant: 'T1',
  at: new Date().toISOString(),
  answer: { title: ['a ', { code: 'b\u0000\u{1f600}' }], summary: "s'; --", parts: [], actions: [], sources: [] },
});
const silent = async (): Promise<WorkOutcome> => ({ state: 'silent' });

/** Waits for something to hold. */
export async function until<T>(look: () => T | Promise<T>, withinMs = 120_000): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The contract of every store and inbox, with every engine. */
export function contract(keeper: Keeper): void {
  afterEach(() => keeper.clear());

  describe('the store', () => {
    it('gives back copies, never what it was given', async () => {
      const { store } = await keeper.begin();
      const given = record('1');
      const expected = structuredClone(given);
      await store.saveAnswer(given);
      given.answer.summary = 'changed afterwards';
      const first = await store.answer('1');
      expect(first).toEqual(expected);
      (first as AnswerRecord).answer.summary = 'changed by a reader';
      expect(await store.answer('1')).toEqual(expected);
      expect(await store.answer('2')).toBeUndefined();
    });

    it('keeps answers and threads over a crash', async () => {
      const before = await keeper.begin();
      const given = record('1');
      await before.store.saveAnswer(given);
      await before.store.saveThread('t', { joined: true, muted: false });
      await before.store.saveThread('t', { joined: true, muted: true, topic: 'x' });
      const { store } = await keeper.begin();
      expect(await store.answer('1')).toEqual(given);
      expect(await store.thread('t')).toEqual({ joined: true, muted: true, topic: 'x' });
      expect(await store.thread('u')).toBeUndefined();
    });

    it('finds the newest of many threads, and forgets them together', async () => {
      const { store } = await keeper.begin();
      const at = (second: number) => new Date(Date.UTC(2026, 5, 8, 20, 0, second)).toISOString();
      for (const [n, thread] of ['slack:T1:a', 'slack:T1:b', 'slack:T10:c', 'slack:T%:d'].entries()) {
        await store.saveAnswer({ ...record(String(n), thread), at: at(n) });
        await store.saveThread(thread, { joined: true, muted: false });
      }
      expect((await store.recent('slack:T1:', 9)).map(({ id }) => id)).toEqual(['1', '0']);
      expect((await store.recent('slack:T1:', 1)).map(({ id }) => id)).toEqual(['1']);
      expect((await store.recent('slack:T%', 9)).map(({ id }) => id)).toEqual(['3']);
      await store.forgetAll('slack:T1:');
      expect(await store.recent('slack:T1:', 9)).toEqual([]);
      expect(await store.thread('slack:T1:a')).toBeUndefined();
      expect(await store.thread('slack:T10:c')).toEqual({ joined: true, muted: false });
      await store.forgetAll('');
    });

    it('finds the newest answer to a message', async () => {
      const { store } = await keeper.begin();
      await store.saveAnswer({ ...record('1'), message: 'm', at: '2026-06-08T20:00:00.000Z' });
      await store.saveAnswer({ ...record('2'), message: 'm', at: '2026-06-08T20:00:01.000Z' });
      expect((await store.answerTo('m'))?.id).toBe('2');
      expect(await store.answerTo('n')).toBeUndefined();
    });

    it('forgets one thread and leaves the others', async () => {
      const { store } = await keeper.begin();
      for (const id of ['1', '2']) await store.saveAnswer(record(id));
      await store.saveAnswer(record('3', 'other'));
      await store.saveThread('t', { joined: true, muted: false });
      expect(await store.forget('t')).toBe(2);
      expect(await store.forget('t')).toBe(0);
      expect(await store.answer('1')).toBeUndefined();
      expect(await store.thread('t')).toBeUndefined();
      expect(await store.answer('3')).toMatchObject({ id: '3', thread: 'other' });
    });
  });

  describe('cases', () => {
    let tenants = 0;
    const opened = (more: Partial<CaseRecord> = {}) => ({
      tenant: `T${tenants}`,
      thread: 't',
      failure: 'f1',
      openedAt: '2026-06-08T20:00:00.000Z',
      seenAt: new Date().toISOString(),
      cause: 'x',
      confidence: 'likely',
      evidence: [],
      pressed: [],
      outcome: 'open' as const,
      notes: [],
      ...more,
    });
    afterEach(() => {
      tenants++;
    });
    /** Opens a case without a rival. */
    const open = async (store: Store, more: Partial<CaseRecord> = {}, after = 0) =>
      (await store.openCase(opened(more), after)) as CaseRecord;

    it('are numbered in their tenant, also when many open at once, and never twice', async () => {
      const { store } = await keeper.begin();
      const all = await Promise.all(Array.from({ length: 10 }, (_, i) => open(store, { thread: `t${i}` })));
      expect(all.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect((await open(store, { tenant: 'another', thread: 'v' })).number).toBe(1);
      await store.removeCase(opened().tenant, 10);
      expect((await open(store)).number).toBe(11);
    });

    it('are opened once, though two replicas see the same failure at the same time', async () => {
      const { store } = await keeper.begin();
      const both = await Promise.all([store.openCase(opened(), 0), store.openCase(opened(), 0)]);
      const first = both.find((one) => one !== undefined) as CaseRecord;
      expect(both.filter((one) => one === undefined)).toHaveLength(1);
      expect(await store.caseOf('t')).toEqual(first);
      const next = await open(store, { cause: 'y' }, first.number);
      expect(await store.openCase(opened(), first.number)).toBeUndefined();
      expect(await store.caseOf('t')).toEqual(next);
    });

    it('are found by thread, number and failure, over a crash', async () => {
      const before = await keeper.begin();
      await open(before.store);
      const newest = await open(before.store, { cause: 'y' }, 1);
      await open(before.store, { thread: 'u', failure: 'f2' });
      const { store } = await keeper.begin();
      expect(await store.caseOf('t')).toEqual(newest);
      expect(await store.caseNumbered(opened().tenant, 2)).toMatchObject({ cause: 'y', number: 2 });
      expect(await store.caseNumbered('nobody', 2)).toBeUndefined();
    });

    it('say how often a failure was seen in other threads, since when, and what became of one', async () => {
      const { store } = await keeper.begin();
      const { tenant } = opened();
      const like = (thread: string) => store.casesLike(tenant, 'f1', { thread });
      expect(await like('t')).toEqual({ count: 0 });
      const first = await open(store, { openedAt: '2026-06-01T08:00:00.000Z' });
      await open(store, { thread: 'u', openedAt: '2026-06-02T08:00:00.000Z' });
      await open(store, { thread: 'v', failure: 'f2' });
      expect(await like('u')).toEqual({ count: 1, since: '2026-06-01T08:00:00.000Z' });
      expect(await like('new')).toEqual({ count: 2, since: '2026-06-01T08:00:00.000Z' });
      await store.saveCase({ ...first, outcome: 'fixed' });
      expect(await like('u')).toEqual({ count: 1, since: '2026-06-01T08:00:00.000Z', marked: 'fixed' });
      expect(await like('t')).toEqual({ count: 1, since: '2026-06-02T08:00:00.000Z' });
    });

    it('take a change only from who has seen the last one', async () => {
      const { store } = await keeper.begin();
      const one = await open(store);
      expect(await store.saveCase({ ...one, outcome: 'fixed' })).toBe(true);
      expect(await store.saveCase({ ...one, outcome: 'not-it' })).toBe(false);
      expect(await store.caseOf('t')).toMatchObject({ outcome: 'fixed', version: one.version + 1 });
    });

    it('go with their thread, and answers with their message', async () => {
      const { store } = await keeper.begin();
      await open(store);
      await open(store, { thread: 'u' });
      await store.saveAnswer({ ...record('1'), message: 'm1' });
      await store.saveAnswer({ ...record('2'), message: 'm2' });
      expect(await store.forgetMessage('m1')).toEqual(['t']);
      expect(await store.answer('1')).toBeUndefined();
      expect(await store.answer('2')).toMatchObject({ id: '2', message: 'm2' });
      await store.forget('t');
      expect(await store.caseOf('t')).toBeUndefined();
      expect(await store.caseOf('u')).toMatchObject({ thread: 'u' });
      await store.forgetAll('u');
      expect(await store.caseOf('u')).toBeUndefined();
    });
  });

  describe('where evidence can be fetched again', () => {
    const files = (message: string, thread = 't') => ({
      thread,
      message,
      files: [{ ref: { name: 'planted-marker.xml', id: 'F1', lasting: true as const }, kinds: ['freb-log'] }],
    });

    it('is kept over a crash, in order, and replaced by message', async () => {
      const before = await keeper.begin();
      await before.store.keepFiles(files('m1'));
      await before.store.keepFiles(files('m2'));
      await before.store.keepFiles({ ...files('m1'), files: [{ ref: { name: 'b.inf' }, kinds: ['rights-export'] }] });
      const { store } = await keeper.begin();
      expect((await store.filesOf('t')).map(({ files }) => files[0]?.ref.name)).toEqual([
        'b.inf',
        'planted-marker.xml',
      ]);
      expect((await store.filesOf('t'))[1]).toEqual(files('m2'));
      await store.keepFiles({ ...files('m2'), files: [] });
      expect(await store.filesOf('t')).toHaveLength(1);
    });

    it('goes with its message and with its thread', async () => {
      const { store, everything } = await keeper.begin();
      for (const message of ['m1', 'm2']) await store.keepFiles(files(message));
      await store.keepFiles(files('m3', 'u'));
      await store.forgetMessage('m1');
      expect((await store.filesOf('t')).map(({ message }) => message)).toEqual(['m2']);
      await store.forget('t');
      await store.forgetAll('u');
      expect([...(await store.filesOf('t')), ...(await store.filesOf('u'))]).toEqual([]);
      expect(await everything()).not.toContain('planted-marker');
    });
  });

  describe('what was spent', () => {
    it('adds up by account and slice, for every spender', async () => {
      const { store } = await keeper.begin();
      const spend = (account: string, slice: number, bytes = 10) => ({ account, slice, questions: 1, bytes });
      await Promise.all(Array.from({ length: 8 }, () => store.spend([spend('a', 7), spend('b', 7, 2 ** 40)])));
      await store.spend([spend('a', 8), spend('c', 8)]);
      const found = await store.spent(['a', 'b'], 7);
      expect(found.sort((a, b) => a.account.localeCompare(b.account) || a.slice - b.slice)).toEqual([
        { account: 'a', slice: 7, questions: 8, bytes: 80 },
        { account: 'a', slice: 8, questions: 1, bytes: 10 },
        { account: 'b', slice: 7, questions: 8, bytes: 8 * 2 ** 40 },
      ]);
      expect(await store.spent(['a'], 8)).toHaveLength(1);
    });
  });

  describe('the inbox', () => {
    it('gives a tenant with nothing in hand its turn before a tenant that fills it', async () => {
      const { inbox, outcome } = await keeper.begin();
      const order: string[] = [];
      let release: () => void = () => {};
      const gate = new Promise<void>((open) => {
        release = open;
      });
      inbox.start(async ({ tenant }) => {
        order.push(tenant);
        await gate;
        return { state: 'silent' };
      });
      const many = Array.from({ length: 12 }, () => message({ tenant: 'busy' }));
      for (const one of many) await inbox.claim(one);
      await until(() => order.length === 4);
      const late = message({ tenant: 'quiet' });
      await inbox.claim(late);
      await new Promise((resolve) => setTimeout(resolve, 20));
      release();
      for (const { key } of [...many, late]) await until(() => outcome(key));
      expect(order.indexOf('quiet')).toBeLessThan(8);
    });

    it('ends what was deleted while it waited, and erases it', async () => {
      const { inbox, outcome, everything } = await keeper.begin();
      const deleted = message({ text: 'planted-marker', addressed: false });
      await inbox.claim(deleted);
      await inbox.withdraw(deleted.key);
      expect(await everything()).not.toContain('planted-marker');
      let worked = 0;
      inbox.start(async () => {
        worked++;
        return { state: 'silent' };
      });
      await inbox.claim({ ...deleted, addressed: true });
      const other = message();
      await inbox.claim(other);
      await until(() => outcome(other.key));
      expect(worked).toBe(1);
    });

    it('tells who works on a deleted message before it posts', async () => {
      const { inbox, outcome } = await keeper.begin();
      const [deleted, other] = [message(), message()];
      const may: string[] = [];
      inbox.start(async ({ key }, attempt) => {
        if (key === deleted.key) await inbox.withdraw(key);
        may.push(await attempt.beginPost());
        return { state: 'silent' };
      });
      await inbox.claim(deleted);
      await until(() => may.length === 1);
      await inbox.claim(other);
      await until(() => outcome(other.key));
      expect(may).toEqual(['withdrawn', 'go']);
    });

    it('hands a message over as JSON made it, after the claim has returned', async () => {
      const { inbox, outcome } = await keeper.begin();
      const seen: Message[] = [];
      inbox.start(async (one) => {
        seen.push(one);
        return { state: 'answered', posted: { ts: '1' } };
      });
      const given = message({ text: 'hello \u0000 "quoted"', files: [{ name: 'a.xml', size: 3, url: 'https://x' }] });
      expect(await inbox.claim(given)).toBe(true);
      expect(seen).toHaveLength(0);
      expect(await until(() => outcome(given.key))).toEqual({ state: 'answered', posted: { ts: '1' } });
      expect(seen).toEqual([JSON.parse(JSON.stringify(given))]);
    });

    it('claims once, also among claims at the same moment, and works on it once', async () => {
      const { inbox, outcome } = await keeper.begin();
      let worked = 0;
      inbox.start(async () => {
        worked++;
        return { state: 'silent' };
      });
      const one = message();
      const claims = await Promise.all(Array.from({ length: 20 }, () => inbox.claim({ ...one })));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await until(() => outcome(one.key));
      expect(await inbox.claim(one)).toBe(false);
      expect(worked).toBe(1);
    });

    it('works on several at a time, but not on all', async () => {
      const { inbox, outcome } = await keeper.begin();
      let now = 0;
      let most = 0;
      inbox.start(async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 20));
        now--;
        return { state: 'silent' };
      });
      const all = Array.from({ length: 20 }, () => message());
      for (const one of all) await inbox.claim(one);
      for (const { key } of all) await until(() => outcome(key));
      // Four at most; how many meet depends on how busy the machine is.
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(4);
    });

    it('gives a row an end even when the handler throws', async () => {
      const { inbox, outcome } = await keeper.begin();
      inbox.start(() => Promise.reject(new Error('a defect')));
      const one = message();
      await inbox.claim(one);
      expect(await until(() => outcome(one.key))).toEqual({ state: 'failed', code: 'internal' });
    });

    it('takes up after a crash what had no outcome, and only that', async () => {
      const before = await keeper.begin();
      const [finished, begun, waiting] = [message(), message(), message()];
      let hanging = 0;
      before.inbox.start(({ key }) => {
        if (key === finished.key) return silent();
        hanging++;
        return new Promise(() => {});
      });
      await before.inbox.claim(finished);
      await until(() => before.outcome(finished.key));
      await before.inbox.claim(begun);
      await until(() => hanging === 1);

      const after = await keeper.begin();
      await after.inbox.claim(waiting);
      const worked: string[] = [];
      after.inbox.start(async ({ key }) => {
        worked.push(key);
        return { state: 'silent' };
      });
      await until(() => after.outcome(begun.key));
      await until(() => after.outcome(waiting.key));
      expect(worked.sort()).toEqual([begun.key, waiting.key].sort());
      expect(await after.inbox.claim(finished)).toBe(false);
    });

    it('waits for work in hand, but not for ever', async () => {
      const { inbox } = await keeper.begin();
      let running = 0;
      let release: () => void = () => {};
      inbox.start(async ({ text }) => {
        running++;
        if (text === 'long') await new Promise<void>((resolve) => (release = resolve));
        return { state: 'silent' };
      });
      await inbox.claim(message({ text: 'long' }));
      await until(() => running === 1);
      const started = Date.now();
      await inbox.drain(150);
      expect(Date.now() - started).toBeGreaterThan(140);
      release();
    });

    it('leaves nothing of a finished message but its key', async () => {
      const { inbox, outcome, everything } = await keeper.begin();
      inbox.start(silent);
      const one = message({ text: 'planted-marker' });
      await inbox.claim(one);
      await until(() => outcome(one.key));
      const stored = await everything();
      expect(stored).toContain(one.key);
      expect(stored).not.toContain('planted-marker');
    });
  });

  describe('a message delivered twice, overheard and addressed', () => {
    /** Notes which of the twins was worked on; the overheard one ends in silence. */
    async function listening() {
      const life = await keeper.begin();
      const worked: boolean[] = [];
      const gate = { open: Promise.resolve() };
      life.inbox.start(async ({ addressed }) => {
        worked.push(addressed);
        await gate.open;
        return { state: addressed ? 'answered' : 'silent' };
      });
      return { ...life, worked, gate };
    }

    it('is answered when the addressed one comes after the silence', async () => {
      const { inbox, outcome, worked } = await listening();
      const addressed = message();
      expect(await inbox.claim({ ...addressed, addressed: false })).toBe(true);
      await until(async () => (await outcome(addressed.key))?.state === 'silent');
      expect(await inbox.claim(addressed)).toBe(false);
      await until(async () => (await outcome(addressed.key))?.state === 'answered');
      expect(worked).toEqual([false, true]);
    });

    it('is answered when the addressed one comes while the other is worked on', async () => {
      const { inbox, outcome, worked, gate } = await listening();
      let release: () => void = () => {};
      gate.open = new Promise((resolve) => {
        release = resolve;
      });
      const addressed = message();
      await inbox.claim({ ...addressed, addressed: false });
      await until(() => worked.length === 1);
      expect(await inbox.claim(addressed)).toBe(false);
      release();
      await until(async () => (await outcome(addressed.key))?.state === 'answered');
      expect(worked).toEqual([false, true]);
    });

    it('is worked on once when the addressed one came first', async () => {
      const { inbox, outcome, worked } = await listening();
      const addressed = message();
      await inbox.claim(addressed);
      await until(() => outcome(addressed.key));
      expect(await inbox.claim({ ...addressed, addressed: false })).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(worked).toEqual([true]);
    });
  });
}
