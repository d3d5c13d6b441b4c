import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Message } from '../../src/desk/ports/message.js';
import { QuotaGuard } from '../../src/desk/quotas.js';
import { createIntake } from '../../src/intake/intake.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { frebLog } from '../scenarios/logs.js';
import { done, FakeDoor, file, HandClock, knowledge, message, world } from './support.js';

const quotas = {
  user: { questions: 2, bytes: 1000, readingMs: 500 },
  channel: { questions: 3, bytes: 1500, readingMs: 800 },
  workspace: { questions: 4, bytes: 2000, readingMs: 1000 },
};
const ada = { tenant: 'T1', place: 'C1', who: 'ada' };

describe('limits', () => {
  it('count questions, for a person, a channel and a workspace; no tenant uses up another’s', async () => {
    const limits = new QuotaGuard(memoryStore(), new HandClock(), quotas);
    const ask = async (more: object = {}) => (await limits.admit({ ...ada, ...more }, 1)) === 0;
    expect([await ask(), await ask(), await ask()]).toEqual([true, true, false]);
    expect([await ask({ who: 'ben' }), await ask({ who: 'cy' })]).toEqual([true, false]);
    expect([await ask({ who: 'cy', place: 'C2' }), await ask({ who: 'di', place: 'C3' })]).toEqual([true, false]);
    expect(await ask({ tenant: 'T2' })).toBe(true);
  });

  it('count bytes, also those that were unknown beforehand', async () => {
    const limits = new QuotaGuard(memoryStore(), new HandClock(), quotas);
    expect(await limits.admit(ada, 600)).toBe(0);
    expect(await limits.admit(ada, 600)).toBeGreaterThan(0);
    await limits.addBytes(ada, 500);
    expect(await limits.admit(ada, 1)).toBeGreaterThan(0);
  });

  it('count the time of reading, for a person, a channel and a workspace', async () => {
    const clock = new HandClock();
    const limits = new QuotaGuard(memoryStore(), clock, quotas);
    const wait = (more: object = {}) => limits.admit({ ...ada, ...more }, 1);
    await limits.addReadingTime(ada, 499);
    expect(await wait()).toBe(0);
    await limits.addReadingTime(ada, 1);
    expect(await wait()).toBeGreaterThan(3000);
    expect(await wait({ who: 'ben' })).toBe(0);
    await limits.addReadingTime({ ...ada, who: 'ben' }, 300);
    expect(await wait({ who: 'cy' })).toBeGreaterThan(0);
    expect(await wait({ who: 'cy', place: 'C2' })).toBe(0);
    await limits.addReadingTime({ ...ada, who: 'cy', place: 'C2' }, 200);
    expect(await wait({ who: 'di', place: 'C3' })).toBeGreaterThan(0);
    expect(await wait({ tenant: 'T2' })).toBe(0);
    await clock.pass(3600 * 1000);
    expect(await wait()).toBe(0);
  });

  it('are over when the hour is, and say when', async () => {
    const clock = new HandClock();
    const limits = new QuotaGuard(memoryStore(), clock, quotas);
    for (let i = 0; i < 2; i++) await limits.admit(ada, 1);
    const seconds = await limits.admit(ada, 1);
    expect(seconds).toBeGreaterThan(3000);
    expect(seconds).toBeLessThanOrEqual(3600);
    await clock.pass(seconds * 1000);
    expect(await limits.admit(ada, 1)).toBe(0);
  });

  it('are one quota for all replicas', async () => {
    const store = memoryStore();
    const [one, other] = [
      new QuotaGuard(store, new HandClock(), quotas),
      new QuotaGuard(store, new HandClock(), quotas),
    ];
    expect([await one.admit(ada, 1), await other.admit(ada, 1)]).toEqual([0, 0]);
    expect(await one.admit(ada, 1)).toBeGreaterThan(0);
  });

  it('leave no name in the store', async () => {
    const store = memoryStore();
    await new QuotaGuard(store, new HandClock(), quotas).admit({ tenant: 'T1', place: 'C1', who: 'ada.lovelace' }, 1);
    expect(store.snapshot()).not.toContain('ada');
  });
});

describe('over the limit', () => {
  it('an addressed message gets the sentence with its number, an overheard one nothing', async () => {
    const w = world();
    for (let i = 0; i < 60; i++) await w.tell({ text: 'explain 500.19' });
    await w.tell({ text: 'explain 500.19' });
    const text = renderText(w.door.answers.at(-1) as never);
    expect(text).toMatch(/too many requests[\s\S]*Try again in \d+ seconds[\s\S]*Request [0-9a-f]{8}/);
    w.door.files = { 'a.xml': frebLog() };
    await w.tell({ files: [file('a.xml', 10)], addressed: false });
    expect(w.door.answers).toHaveLength(61);
    await w.tell({ text: 'explain 500.19', tenant: 'T2' });
    expect(renderText(w.door.answers.at(-1) as never)).toMatch(/500\.19/);
    const call = { door: 'slack' as const, tenant: 'T1', who: 'U1', thread: 'slack:T1:C1:command:1' };
    expect(renderText((await w.desk.command('help', call)).answer)).toMatch(/too many requests/);
  });
});

describe('time of reading is counted', () => {
  const sixMinutes = 6 * 60 * 1000;
  /** A desk whose files and texts take six minutes each to read; a person has ten in an hour, a channel twenty. */
  function slowDesk(store = memoryStore()) {
    const clock = new HandClock();
    const real = createIntake({ workers: 1 });
    const slow = { ...real, close: () => real.close() };
    slow.read = async (...given) => {
      const read = await real.read(...given);
      await clock.pass(sixMinutes);
      return read;
    };
    slow.compare = async (...given) => {
      const compared = await real.compare(...given);
      await clock.pass(sixMinutes);
      return compared;
    };
    const inbox = new MemoryInbox({ emit: () => undefined }, clock);
    const events = { emit: () => undefined };
    const desk = createDesk({ knowledge, intake: slow, store, inbox, events, clock });
    const door = new FakeDoor();
    desk.addDoor(door);
    desk.start();
    return { desk, door, inbox };
  }
  const caller = {
    door: 'slack',
    tenant: 'T1',
    who: 'U1',
    thread: 'slack/T1/C1/command',
    place: 'slack/T1/C1',
  } as const;
  const line = '2026-06-08 19:53:49 10.0.0.4 GET /a.html - 80 - 10.0.0.9 curl/8 - 500 0 1346 15';
  const tooMuch = /too many requests/;
  const text = (answer: Answer) => renderText(answer);

  it('of text that is pasted into a slash command', async () => {
    const { desk } = slowDesk();
    expect(text((await desk.command(line, caller)).answer)).not.toMatch(tooMuch);
    expect(text((await desk.command(`diagnose ${line}`, caller)).answer)).not.toMatch(tooMuch);
    expect(text((await desk.command('help', caller)).answer)).toMatch(tooMuch);
    expect(text((await desk.command('help', { ...caller, who: 'U2' })).answer)).not.toMatch(tooMuch);
  });

  it('of text that is pasted into a message, also beside a file', async () => {
    const { desk, door, inbox } = slowDesk();
    door.files = { 'a.xml': frebLog() };
    const tell = async (given: Partial<Message>) => {
      await desk.receive(message(given));
      await done(inbox);
      return text(door.answers.at(-1) as Answer);
    };
    await tell({ text: line });
    expect(await tell({ text: 'help' })).not.toMatch(tooMuch);
    await tell({ text: line });
    expect(await tell({ text: 'help' })).toMatch(tooMuch);
    await tell({ who: 'U2', text: line, files: [file('a.xml', 10)] });
    expect(await tell({ who: 'U2', text: 'help' })).toMatch(tooMuch);
  });

  it('of a file that is read again after a restart', async () => {
    const store = memoryStore();
    const tellAnother = async (...given: Partial<Message>[]) => {
      const { desk, door, inbox } = slowDesk(store);
      door.files = { 'a.xml': frebLog() };
      for (const one of given) {
        await desk.receive(message(one));
        await done(inbox);
      }
      return text(door.answers.at(-1) as Answer);
    };
    await tellAnother({ files: [{ ...file('a.xml', 10), id: 'a', lasting: true }] });
    expect(await tellAnother({ text: 'why did it fail?' }, { text: 'help' })).toMatch(tooMuch);
  });

  it('of two logs that are compared', async () => {
    const { desk, door, inbox } = slowDesk();
    door.files = { 'a.xml': frebLog(), 'b.xml': frebLog({ status: 200, works: true }) };
    const tell = async (given: Partial<Message>) => {
      await desk.receive(message(given));
      await done(inbox);
      return text(door.answers.at(-1) as Answer);
    };
    const both = [file('a.xml', 10), file('b.xml', 10)];
    await tell({ text: 'compare', files: both });
    await tell({ text: 'compare', files: both });
    expect(await tell({ text: 'help' })).toMatch(tooMuch);
  });

  it('for a workflow, which has no person: a channel’s time and questions', async () => {
    const { desk } = slowDesk();
    const run = async () => {
      const files = [
        {
          name: 'a.xml',
          bytes: (async function* () {
            yield frebLog();
          })(),
        },
      ];
      return text((await desk.diagnoseFor({ tenant: 'T1', place: 'workflow' }, files)).answer);
    };
    for (let i = 0; i < 4; i++) expect(await run()).toMatch(/impersonate/);
    expect(await run()).toMatch(tooMuch);
    expect(text((await desk.command('help', caller)).answer)).not.toMatch(tooMuch);
  });
});
