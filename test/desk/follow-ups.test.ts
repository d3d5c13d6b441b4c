import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { message, type World, world } from './support.js';

const last = (w: World) => renderText(w.door.answers.at(-1) as Answer, { columns: 10_000, folded: false });

/** A thread in which a log was dropped. */
async function withLog(log = frebLog({ pool: 'Orders', server: 'WEB07' })): Promise<World> {
  const w = world();
  w.door.files = { 'fr000001.xml': log, 'rights.inf': rightsExport() };
  await w.tell({ files: [{ name: 'fr000001.xml' }] });
  return w;
}

async function say(w: World, text: string): Promise<string> {
  await w.tell({ text });
  return last(w);
}

describe('a question about the failure of its thread', () => {
  it.each([
    ['which pool is it', /^The pool is Orders\./],
    ['which machine', /^It happened on WEB07\./],
    ['the error code?', /^The code is 0x80070542\./],
    ['when was it', /^The request came at 2026-06-08 19:53:49 UTC\./],
    ['which page was it', /^The request was for \/secure\/secret\.html\./],
    ['which user was it', /^I keep names of people out of my answers\./],
  ])('is answered by the fact: %s', async (question, wanted) => {
    expect(await say(await withLog(), question)).toMatch(wanted);
  });

  it('says how to find out what the log does not tell, with the pool in the command', async () => {
    const said = await say(await withLog(), 'which account is it');
    expect(said).toMatch(/^What I have seen doesn't show which account the pool Orders runs as\./);
    expect(said).toContain('list apppool "Orders" /text:processModel.identityType');
  });

  it('knows the list once an export was dropped', async () => {
    const w = await withLog();
    expect(await say(w, 'who is missing')).toMatch(/^I have not seen the list of that server\./);
    await w.tell({ files: [{ name: 'rights.inf' }] });
    expect(await say(w, 'who is missing')).toMatch(/^Missing on the list: IIS_IUSRS\./);
  });

  it('is answered after a restart too', async () => {
    const before = await withLog();
    const after = world({ store: before.store.snapshot(), inbox: before.inbox.snapshot() });
    expect(await say(after, 'which pool is it')).toMatch(/^The pool is Orders\./);
  });

  it('knows nothing of a message that was deleted', async () => {
    const w = world();
    w.door.files = { 'fr000001.xml': frebLog({ pool: 'Orders' }) };
    const dropped = message({ files: [{ name: 'fr000001.xml' }] });
    await w.tell(dropped);
    await w.desk.forgetMessage(dropped.key);
    expect(w.store.snapshot()).not.toContain('Orders');
    expect(await say(w, 'which pool is it')).not.toContain('Orders');
  });

  it('shows a hostile name as it is, and puts it into no command', async () => {
    const w = await withLog(frebLog({ pool: 'x" & del *' }));
    const said = await say(w, 'which account is it');
    expect(said).toContain('the pool x" & del * runs as');
    expect(said).not.toContain('apppool "x" & del');
  });
});

describe('another cause that a question names', () => {
  it('is said not to be the one that was found', async () => {
    const said = await say(await withLog(), 'is the application pool stopped?');
    expect(said).toMatch(/^No\. What I have seen points to another cause: the worker process lost the right/);
    expect(said).toContain('HTTP.sys answered 503');
  });
});

describe('a few words in a thread', () => {
  it.each([
    'why',
    'how do I fix it',
    'how do I check that',
    'still broken',
    'what else do you need',
    'are you sure',
    'huh?',
    'how bad is it',
    'the other node is fine',
    'and then?',
  ])('get an answer, no choices: %s', async (words) => {
    expect(await say(await withLog(), words)).not.toMatch(/^(Closest I have|I only know)/);
  });

  it('mean what was said last', async () => {
    const w = world();
    await w.tell({ text: 'explain application-pool-stopped' });
    expect(await say(w, 'why')).toMatch(/^HTTP\.sys answered 503/);
    expect(await say(w, 'how do I check that')).toContain('list apppool');
  });

  it('mean the subject of a thread of which only the topic is stored', async () => {
    const w = world();
    const thread = message().thread;
    await w.store.saveThread(thread, { joined: true, muted: false, topic: 'application-pool-stopped' });
    expect(await say(w, 'why')).toMatch(/^HTTP\.sys answered 503/);
  });

  it('never fail in a thread about a card that is gone', async () => {
    const w = world();
    await w.store.saveThread(message().thread, { joined: true, muted: false, topic: 'no-such-card' });
    expect(await say(w, 'why')).not.toMatch(/internal error/);
  });

  it('get the reason of a failure, not the whole card again', async () => {
    const w = await withLog();
    expect(await say(w, 'why')).toMatch(/^IIS opens content as the caller/);
  });
});

describe('a log of which no cause is known', () => {
  it('is a thread about its status', async () => {
    const w = world();
    await w.tell({ text: '2026-06-08 19:53:49 10.0.0.4 GET /api - 443 - 10.0.0.9 curl/8.0 503 0 0 12' });
    expect(await say(w, 'why')).toMatch(/^That depends on the cause: 503 can mean that/);
  });
});
