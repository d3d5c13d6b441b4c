import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { QuotaGuard } from '../../src/desk/messages/quotas.js';
import { memoryStore } from '../../src/store/memory.js';
import { frebLog } from '../scenarios/logs.js';
import { file, HandClock, world } from './support.js';

const quotas = {
  user: { questions: 2, bytes: 1000, readingMs: 500 },
  channel: { questions: 3, bytes: 1500, readingMs: 800 },
  workspace: { questions: 4, bytes: 2000, readingMs: 1000 },
};
const ada = { tenant: 'T1', place: 'C1', who: 'ada' };

describe('limits', () => {
  it('of questions, for a person, a channel and a workspace; nobody uses up another tenant’s', async () => {
    const limits = new QuotaGuard(memoryStore(), new HandClock(), quotas);
    const ask = async (more: object = {}) => (await limits.admit({ ...ada, ...more }, 1)) === 0;
    expect([await ask(), await ask(), await ask()]).toEqual([true, true, false]);
    expect([await ask({ who: 'ben' }), await ask({ who: 'cy' })]).toEqual([true, false]);
    expect([await ask({ who: 'cy', place: 'C2' }), await ask({ who: 'di', place: 'C3' })]).toEqual([true, false]);
    expect(await ask({ tenant: 'T2' })).toBe(true);
  });

  it('of bytes, also those nobody knew beforehand', async () => {
    const limits = new QuotaGuard(memoryStore(), new HandClock(), quotas);
    expect(await limits.admit(ada, 600)).toBe(0);
    expect(await limits.admit(ada, 600)).toBeGreaterThan(0);
    await limits.addBytes(ada, 500);
    expect(await limits.admit(ada, 1)).toBeGreaterThan(0);
  });

  it('of time of reading, for a person, a channel and a workspace', async () => {
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
    const said = renderText(w.door.answers.at(-1) as never);
    expect(said).toMatch(/too many requests[\s\S]*Try again in \d+ seconds[\s\S]*Request [0-9a-f]{8}/);
    w.door.files = { 'a.xml': frebLog() };
    await w.tell({ files: [file('a.xml', 10)], addressed: false });
    expect(w.door.answers).toHaveLength(61);
    await w.tell({ text: 'explain 500.19', tenant: 'T2' });
    expect(renderText(w.door.answers.at(-1) as never)).toMatch(/500\.19/);
    const call = { door: 'slack' as const, tenant: 'T1', who: 'U1', thread: 'slack:T1:C1:command:1' };
    expect(renderText((await w.desk.command('help', call)).answer)).toMatch(/too many requests/);
  });
});
