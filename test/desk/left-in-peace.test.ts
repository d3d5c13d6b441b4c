import { describe, expect, it } from 'vitest';
import { decideRelevance } from '../../src/desk/messages/relevance.js';
import type { ThreadState } from '../../src/desk/ports/store.js';
import { frebLog } from '../scenarios/logs.js';
import { colleagueLines, followUps } from './overheard-lines.js';
import { file, knowledge, message, world } from './support.js';

const threadAbout = (topic: string): ThreadState => ({ joined: true, muted: false, topic, askers: ['U1'] });
const topics = ['impersonation-right-missing', 'SeImpersonatePrivilege', '500.19'];

const isHeard = (text: string, who: string, topic: string, more = {}) =>
  decideRelevance(message({ addressed: false, text, who, ...more }), threadAbout(topic), knowledge).reason !== 'none';

describe.each(topics)('people in a thread about %s', (topic) => {
  it.each(['U1', 'U2'])('are left in peace, when the asker speaks and when another person does (%s)', (who) => {
    expect(colleagueLines.filter((line) => isHeard(line, who, topic))).toEqual([]);
  });
});

describe('follow-up questions', () => {
  it.each(['impersonation-right-missing', 'SeImpersonatePrivilege'])('of the asker are answered (%s)', (topic) => {
    const answered = followUps.filter((line) => isHeard(line, 'U1', topic));
    expect(answered.length / followUps.length).toBeGreaterThanOrEqual(0.9);
  });

  it('of others are answered where one entry plainly answers, and offered nothing to choose from', () => {
    const topic = 'impersonation-right-missing';
    const ofOthers = followUps.filter((line) => isHeard(line, 'U2', topic));
    const ofAsker = followUps.filter((line) => isHeard(line, 'U1', topic));
    expect(ofOthers.length).toBeGreaterThan(followUps.length / 3);
    expect(ofAsker).toEqual(expect.arrayContaining(ofOthers));
    expect(ofOthers.length).toBeLessThan(ofAsker.length);
  });

  it('that name another person are for that person', () => {
    const line = 'what does 0x80070542 mean?';
    expect(isHeard(line, 'U1', 'SeImpersonatePrivilege')).toBe(true);
    expect(isHeard(line, 'U1', 'SeImpersonatePrivilege', { toOthers: true })).toBe(false);
    expect(isHeard(`@tom ${line}`, 'U1', 'SeImpersonatePrivilege')).toBe(false);
  });
});

it('who was answered in a thread counts as its asker, who has not does not', async () => {
  const { tell, door, store } = world();
  door.files = { 'fr000001.xml': frebLog() };
  await tell({ files: [file('fr000001.xml')], who: 'U1' });
  const thread = await store.thread(message().thread);
  const hears = (text: string, who: string) =>
    decideRelevance(message({ addressed: false, text, who }), thread, knowledge).reason !== 'none';
  const text = followUps.find((line) => hears(line, 'U1') && !hears(line, 'U2')) ?? '';
  const ask = { addressed: false, text };
  await tell({ ...ask, who: 'U2' });
  expect(door.answers).toHaveLength(1);
  await tell({ ...ask, who: 'U1' });
  expect(door.answers).toHaveLength(2);
});
