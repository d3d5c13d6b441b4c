import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { Limits } from '../../src/desk/limits.js';
import { frebLog } from '../scenarios/logs.js';
import { file, HandClock, world } from './support.js';

const quotas = {
  user: { questions: 2, bytes: 1000 },
  channel: { questions: 3, bytes: 1500 },
  workspace: { questions: 4, bytes: 2000 },
};
const ada = { tenant: 'T1', place: 'C1', who: 'ada' };

describe('limits', () => {
  it('of questions, for a person, a channel and a workspace; nobody uses up another tenant’s', () => {
    const limits = new Limits(new HandClock(), quotas);
    let n = 0;
    const ask = (more: object = {}) => limits.admit({ ...ada, ...more }, `m${n++}`, 1) === 0;
    expect([ask(), ask(), ask()]).toEqual([true, true, false]);
    expect([ask({ who: 'ben' }), ask({ who: 'cy' })]).toEqual([true, false]);
    expect([ask({ who: 'cy', place: 'C2' }), ask({ who: 'di', place: 'C3' })]).toEqual([true, false]);
    expect(ask({ tenant: 'T2' })).toBe(true);
  });

  it('of bytes, also those nobody knew beforehand', () => {
    const limits = new Limits(new HandClock(), quotas);
    expect(limits.admit(ada, 'a', 600)).toBe(0);
    expect(limits.admit(ada, 'b', 600)).toBeGreaterThan(0);
    limits.used(ada, 500);
    expect(limits.admit(ada, 'c', 1)).toBeGreaterThan(0);
  });

  it('are over when the hour is, and say when', async () => {
    const clock = new HandClock();
    const limits = new Limits(clock, quotas);
    for (const key of ['a', 'b']) limits.admit(ada, key, 1);
    const seconds = limits.admit(ada, 'c', 1);
    expect(seconds).toBeGreaterThan(3000);
    expect(seconds).toBeLessThanOrEqual(3600);
    await clock.pass(seconds * 1000);
    expect(limits.admit(ada, 'd', 1)).toBe(0);
  });

  it('count a message once, however often it is attempted', () => {
    const limits = new Limits(new HandClock(), quotas);
    for (let i = 0; i < 9; i++) expect(limits.admit(ada, 'same', 1)).toBe(0);
    expect(limits.admit(ada, 'other', 1)).toBe(0);
  });
});

describe('over the limit', () => {
  it('an addressed message gets the sentence with its number, an overheard one nothing', async () => {
    const w = world();
    for (let i = 0; i < 60; i++) await w.tell({ text: 'explain 500.19' });
    await w.tell({ text: 'explain 500.19' });
    const said = renderText(w.door.answers.at(-1) as never);
    expect(said).toMatch(/Too many requests[\s\S]*Try again in \d+ seconds[\s\S]*Request [0-9a-f]{8}/);
    w.door.files = { 'a.xml': frebLog() };
    await w.tell({ files: [file('a.xml', 10)], addressed: false });
    expect(w.door.answers).toHaveLength(61);
    await w.tell({ text: 'explain 500.19', tenant: 'T2' });
    expect(renderText(w.door.answers.at(-1) as never)).toMatch(/500\.19/);
    const call = { tenant: 'T1', who: 'U1', thread: 'slack:T1:C1:command:1' };
    expect(renderText((await w.desk.command('help', call)).answer)).toMatch(/Too many requests/);
  });
});
