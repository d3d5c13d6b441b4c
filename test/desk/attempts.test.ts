import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { AnswerStore } from '../../src/desk/conversation/answer-store.js';
import { createParts } from '../../src/desk/desk-parts.js';
import { workOnMessage } from '../../src/desk/messages/work-on-message.js';
import { CatalogueError, StoreError } from '../../src/desk/ports/errors.js';
import type { Attempt, ReadingMarks } from '../../src/desk/ports/inbox.js';
import type { PostedMessage } from '../../src/desk/ports/message.js';
import { QuotaGuard } from '../../src/desk/quotas.js';
import { createIntake } from '../../src/intake/intake.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { zipOf } from '../intake/zips.js';
import { frebLog } from '../scenarios/logs.js';
import { until } from '../store/contract.js';
import { attemptOf, FakeDoor, file, HandClock, knowledge, message, settled } from './support.js';

const intake = createIntake({ workers: 0 });

/** One attempt at a message, as an inbox that survives crashes hands it over. */
function attempted(given: Partial<Attempt> = {}) {
  const clock = new HandClock();
  const store = memoryStore();
  const events: { name: string; [fact: string]: unknown }[] = [];
  const notes: string[] = [];
  const attempt = attemptOf({
    beginPost: async () => {
      notes.push('posting');
      return 'go';
    },
    withdrawPost: async () => void notes.push('refused'),
    recordPost: async (posted: PostedMessage) => void notes.push(`posted ${posted.ts}`),
    ...given,
  });
  const parts = createParts({
    knowledge,
    intake,
    store,
    clock,
    events: { emit: (event) => void events.push({ ...event }) },
  });
  parts.answers.forgetMessage = async (key) => {
    notes.push(`forget ${key}`);
    return [];
  };
  const door = new FakeDoor();
  return { clock, store, events, notes, attempt, parts, door };
}

const asked = () => message({ text: 'who holds SeImpersonatePrivilege by default?' });

describe('an attempt', () => {
  it('records before the post that it begins, and after the post what was posted', async () => {
    const { door, parts, attempt, notes } = attempted();
    const order: string[] = [];
    const say = door.say.bind(door);
    door.say = async (...args) => {
      order.push(...notes, 'say');
      return say(...args);
    };
    expect(await workOnMessage(asked(), door, attempt, parts)).toEqual({ state: 'answered', posted: { ts: '1' } });
    expect(order).toEqual(['posting', 'say']);
    expect(notes).toEqual(['posting', 'posted 1']);
  });

  it('posts nothing when another process has the message by now', async () => {
    const { door, parts, attempt } = attempted({ beginPost: async () => 'lost' });
    expect(await workOnMessage(asked(), door, attempt, parts)).toEqual({ state: 'silent' });
    expect(door.said).toHaveLength(0);
  });

  it('after a crash inside the post finds the posted answer, and posts nothing', async () => {
    const { door, parts, attempt, events } = attempted({ isPostInterrupted: true });
    const one = asked();
    door.arrived.set(one.key, { posted: { ts: '7' }, state: 'whole' });
    expect(await workOnMessage(one, door, attempt, parts)).toEqual({ state: 'answered', posted: { ts: '7' } });
    expect(door.said).toHaveLength(0);
    expect(events).toContainEqual({ name: 'post-interrupted', door: 'slack', found: 'whole' });
  });

  it('answers as usual when the platform has no such post', async () => {
    const { door, parts, attempt, events } = attempted({ isPostInterrupted: true });
    await workOnMessage(asked(), door, attempt, parts);
    expect(renderText(door.answers[0] as never)).not.toMatch(/repeated/);
    expect(events.map(({ name }) => name)).not.toContain('post-repeated');
  });

  it('answers again, and says so, where the platform cannot be asked', async () => {
    const { door, parts, attempt, events } = attempted({ isPostInterrupted: true, isAfterCrash: true });
    door.find = async () => ({ state: 'cannot-tell' }) as const;
    await workOnMessage(asked(), door, attempt, parts);
    expect(door.answers).toHaveLength(1);
    expect(renderText(door.answers[0] as never)).toMatch(/\(repeated after a restart\)[\s\S]*LOCAL SERVICE/);
    expect(events).toContainEqual({ name: 'post-repeated', door: 'slack' });
  });

  it('after a crash inside the post posts the stored answer, without fetching anything again', async () => {
    const { door, parts, attempt, store } = attempted();
    door.files = { 'a.xml': frebLog() };
    const one = message({ files: [file('a.xml')] });
    const dies = { ...attempt, recordPost: () => new Promise<void>(() => {}) };
    void workOnMessage(one, door, dies, parts);
    await until(() => door.said.length === 1);
    door.files = { 'a.xml': new CatalogueError('download-forbidden') };
    const answers = await store.recent('', 9);
    expect((await workOnMessage(one, door, { ...attempt, isRetry: true, isPostInterrupted: true }, parts)).state).toBe(
      'answered',
    );
    expect(door.answers[1]).toEqual(door.answers[0]);
    expect(await store.recent('', 9)).toEqual(answers);
  });

  it('after a crash right after the post still joins the thread, with its topic', async () => {
    const { door, parts, attempt, store } = attempted();
    const one = asked();
    void workOnMessage(one, door, { ...attempt, recordPost: () => new Promise<void>(() => {}) }, parts);
    await until(() => door.said.length === 1);
    expect((await store.thread(one.thread))?.joined).toBeUndefined();
    door.arrived.set(one.key, { posted: { ts: '1' }, state: 'whole' });
    await workOnMessage(one, door, { ...attempt, isRetry: true, isPostInterrupted: true }, parts);
    expect(await store.thread(one.thread)).toMatchObject({ joined: true, topic: 'SeImpersonatePrivilege' });
  });

  it('completes an answer of which only a part was posted', async () => {
    const { door, parts, attempt, events } = attempted();
    const one = asked();
    await workOnMessage(one, door, attempt, parts);
    door.arrived.set(one.key, { posted: { ts: '1', messages: [0] }, state: 'partial' });
    expect((await workOnMessage(one, door, { ...attempt, isRetry: true, isPostInterrupted: true }, parts)).state).toBe(
      'answered',
    );
    expect(door.said.map(({ over }) => over)).toEqual([undefined, { ts: '1', messages: [0] }]);
    expect(events).toContainEqual({ name: 'post-interrupted', door: 'slack', found: 'partial' });
  });

  it('posts and stores nothing when its message was deleted meanwhile', async () => {
    const { door, parts, attempt, notes } = attempted({ beginPost: async () => 'withdrawn' });
    const one = asked();
    expect(await workOnMessage(one, door, attempt, parts)).toEqual({ state: 'silent' });
    expect(door.said).toHaveLength(0);
    expect(notes).toEqual([`forget ${one.key}`]);
  });

  it('deletes the progress message of an earlier process', async () => {
    const { door, parts, attempt, clock } = attempted({ isRetry: true });
    const one = message({ files: [file('a.xml')] });
    door.arrived.set(`${one.key}:progress`, { posted: { ts: 'left' }, state: 'whole' });
    door.files = { 'a.xml': frebLog() };
    await workOnMessage(one, door, attempt, parts);
    await clock.pass(1);
    expect(door.said.filter(({ key }) => key.endsWith(':progress'))).toEqual([]);
    expect(door.removed).toEqual([{ ts: 'left' }]);
  });

  it('after the first costs no quota', async () => {
    const { door, parts, attempt, store, clock } = attempted({ isRetry: true });
    const none = { questions: 0, bytes: 0, readingMs: 0 };
    const quotas = new QuotaGuard(store, clock, { user: none, channel: none, workspace: none });
    expect((await workOnMessage(asked(), door, attempt, { ...parts, quotas })).state).toBe('answered');
    expect(await workOnMessage(asked(), door, { ...attempt, isRetry: false }, { ...parts, quotas })).toMatchObject({
      code: 'rate-limited',
    });
  });

  it('reports a failing download only after the last attempt', async () => {
    const { door, parts, attempt } = attempted();
    door.files = { 'a.xml': new CatalogueError('download-timeout'), 'b.xml': frebLog() };
    const one = message({ files: [file('a.xml'), file('b.xml')] });
    expect(await workOnMessage(one, door, attempt, parts)).toEqual({ state: 'again', code: 'download-timeout' });
    expect(door.said).toHaveLength(0);
    expect((await workOnMessage(one, door, { ...attempt, number: 3 }, parts)).state).toBe('again');
    expect((await workOnMessage(one, door, { ...attempt, number: 6, isLast: true }, parts)).state).toBe('answered');
    expect(renderText(door.answers[0] as never)).toMatch(/0x80070542[\s\S]*a\.xml/);
  });

  it('says after three attempts that a file is gone, because a new one may only just be written', async () => {
    const { door, parts, attempt } = attempted();
    door.files = { 'a.xml': new CatalogueError('download-not-found') };
    const one = message({ files: [file('a.xml')] });
    expect((await workOnMessage(one, door, attempt, parts)).state).toBe('again');
    expect((await workOnMessage(one, door, { ...attempt, number: 3 }, parts)).state).toBe('answered');
    expect(renderText(door.answers[0] as never)).toMatch(/a\.xml is gone/);
  });

  it('waits as long as the file host asks', async () => {
    const { door, parts, attempt } = attempted();
    door.files = { 'a.xml': new CatalogueError('download-failed', { reason: 'status 429', seconds: '90' }) };
    const outcome = await workOnMessage(message({ files: [file('a.xml')] }), door, attempt, parts);
    expect(outcome).toEqual({ state: 'again', code: 'download-failed', pauseMs: 90_000 });
  });

  it('ends with the first refusal that is final, logged with the code of the platform', async () => {
    const { door, parts, attempt, events } = attempted();
    door.failing = [new CatalogueError('slack-archived', { reason: 'is_archived' })];
    expect(await workOnMessage(asked(), door, attempt, parts)).toEqual({ state: 'failed', code: 'slack-archived' });
    expect(door.failing).toEqual([]);
    const failed = events.find(({ name }) => name === 'post-failed');
    expect(failed).toMatchObject({ code: 'slack-archived', advice: expect.stringContaining('is_archived') });
  });

  it('marks the second copy of a post whose response was lost, and says nothing of a restart', async () => {
    const { door, parts, attempt, clock } = attempted();
    door.failing = [new CatalogueError('platform-unreachable', { host: 'slack.com' })];
    door.find = async () => ({ state: 'cannot-tell' }) as const;
    const working = workOnMessage(asked(), door, attempt, parts);
    await settled();
    await clock.pass(500);
    expect((await working).state).toBe('answered');
    const shown = renderText(door.answers.at(-1) as never);
    expect(shown).toMatch(/perhaps the second copy/);
    expect(shown).not.toMatch(/restart/);
  });

  it('tries an overheard log again too, silently', async () => {
    const { door, parts, attempt } = attempted();
    door.files = { 'a.xml': new CatalogueError('download-failed') };
    const one = message({ files: [file('a.xml')], addressed: false });
    expect((await workOnMessage(one, door, attempt, parts)).state).toBe('again');
    door.files = { 'a.xml': frebLog() };
    expect((await workOnMessage(one, door, { ...attempt, number: 2 }, parts)).state).toBe('answered');
  });

  it('after a certain refusal posts again without searching', async () => {
    const { door, parts, attempt, notes, clock } = attempted();
    door.failing = Array.from({ length: 4 }, () => new CatalogueError('rate-limited'));
    const working = workOnMessage(asked(), door, attempt, parts);
    for (const ms of [500, 2_000, 8_000]) {
      await settled();
      await clock.pass(ms);
    }
    expect(await working).toEqual({ state: 'again', code: 'rate-limited' });
    expect(notes).toEqual(['posting', 'refused']);
  });

  it('waits for a store that cannot be reached', async () => {
    const { door, parts, attempt, store } = attempted();
    const brokenStore = { ...store, thread: () => Promise.reject(new StoreError('57P01')) };
    const away = { ...parts, answers: new AnswerStore(brokenStore, parts.clock, parts.mutes) };
    expect(await workOnMessage(asked(), door, attempt, away)).toEqual({ state: 'again', code: 'internal' });
    expect(door.said).toHaveLength(0);
  });

  it('after too many deaths only says that it gives up', async () => {
    const { door, parts, attempt } = attempted({ isCrashLoop: true });
    door.files = { 'a.xml': new Error('must not be fetched') };
    const one = message({ files: [file('a.xml')] });
    expect(await workOnMessage(one, door, attempt, parts)).toMatchObject({ state: 'answered', code: 'gave-up' });
    expect(renderText(door.answers[0] as never)).toMatch(/tried several times/);
    expect(await workOnMessage({ ...one, addressed: false }, door, attempt, parts)).toEqual({
      state: 'failed',
      code: 'gave-up',
    });
    expect(door.answers).toHaveLength(1);
  });
});

describe('an attempt after one that ended with the process', () => {
  const names = ['a.zip', 'b.zip', 'c.zip'];
  async function retried(openFiles: ReadingMarks | undefined) {
    const marks: ReadingMarks[] = [];
    const { door, parts, attempt } = attempted({
      isRetry: openFiles !== undefined,
      openFiles,
      markFiles: async (one) => void marks.push(one),
    });
    for (const name of names) door.files[name] = await zipOf({ 'fr1.xml': frebLog() });
    const opened: string[] = [];
    const fetch = door.fetch.bind(door);
    door.fetch = (ref) => {
      opened.push(ref.name);
      return fetch(ref);
    };
    await workOnMessage(message({ files: names.map((name) => file(name)) }), door, attempt, parts);
    return { marks, opened, text: renderText(door.said[0]?.answer as Answer) };
  }

  it('leaves out the file that ended the process, says so, and reads the others', async () => {
    const { opened, text } = await retried({ open: [1], dead: [] });
    expect(opened.sort()).toEqual(['a.zip', 'c.zip']);
    expect(text).toContain('My process ended while I was reading b.zip');
    expect(text).toContain('impersonat');
  });

  it('reads the suspect files last and one at a time, and marks each', async () => {
    const { opened, marks, text } = await retried({ open: [0, 1], dead: [] });
    expect(opened).toEqual(['c.zip', 'a.zip', 'b.zip']);
    expect(marks.map(({ open }) => open)).toEqual([[2], [], [0], [], [1], []]);
    expect(text).not.toContain('I was stopped');
  });

  it('remembers several such files', async () => {
    const { opened } = await retried({ open: [2], dead: [0] });
    expect(opened).toEqual(['b.zip']);
  });

  it('marks no small file that is no archive', async () => {
    const marks: ReadingMarks[] = [];
    const { door, parts, attempt } = attempted({ markFiles: async (one) => void marks.push(one) });
    door.files['fr1.xml'] = frebLog();
    await workOnMessage(message({ files: [file('fr1.xml')] }), door, attempt, parts);
    expect(door.said).toHaveLength(1);
    expect(marks).toEqual([]);
  });
});
