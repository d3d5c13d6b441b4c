import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { frebLog } from '../scenarios/logs.js';
import { mutesOf, WatchRun } from './driver.js';

const hour = 3_600_000;
let run: WatchRun;
beforeEach(() => {
  run = new WatchRun();
});
afterEach(() => run.stop());

const notFound = (page: string) => ({
  url: `http://web03:80/${page}`,
  status: 404,
  errorCode: [2147942402, 'The system cannot find the file specified. (0x80070002)'] as [number, string],
  notification: [16, 'MAP_REQUEST_HANDLER'] as [number, string],
});

describe('a watched folder', () => {
  it('makes one post of a new cause: where, how often, and the first step', async () => {
    await run.look();
    run.log(1);
    run.log(2);
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'new']);
    expect(run.target.text).toContain('New: Likely cause: the worker process lost the right to impersonate users');
    expect(run.target.text).toContain('I have seen it 2 times');
    expect(run.target.text).toContain('pool Portal, site 2 on WEB03');
    expect(run.target.text).toMatch(/First step\n {2}1\. /);
    expect(run.target.text).toContain('W3SVC2/fr000001.xml');
    expect(run.target.posts[1]?.group).toMatchObject({
      cause: 'impersonation-right-missing',
      pool: 'Portal',
      count: 2,
    });
  });

  it('says the same again as a count, once in an hour', async () => {
    await run.look();
    run.log(1);
    await run.look();
    for (let i = 2; i < 30; i++) {
      run.log(i);
      await run.look();
    }
    expect(run.target.kinds).toEqual(['first-look', 'new']);
    await run.look(1, hour);
    expect(run.target.kinds).toEqual(['first-look', 'new', 'again']);
    expect(run.target.text).toContain('28 more logs of 1 known cause');
    await run.look(3, hour / 4);
    expect(run.target.posts).toHaveLength(3);
  });

  it('another pool, or another page of a fault of pages, is another cause', async () => {
    await run.look();
    run.log(1);
    run.log(2, { pool: 'Shop' });
    await run.look();
    run.log(3, notFound('a.png'));
    run.log(4, notFound('b.png'));
    run.log(5, notFound('a.png?x=1'));
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'new', 'new', 'new', 'new']);
  });

  it('many new causes are one post, and in an hour ten posts are enough', async () => {
    await run.look();
    for (let i = 1; i <= 40; i++) run.log(i, notFound(`old/${String.fromCharCode(96 + (i % 26) + 1)}${i}x.png`));
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'several']);
    expect(run.target.text).toContain('40 new causes at once');
    for (let i = 41; i <= 80; i++) {
      run.log(i, notFound(`new/p${i}x.png`));
      await run.look();
    }
    expect(run.target.posts.length).toBeLessThanOrEqual(11);
    // None is lost: after the hour one post tells of the rest.
    await run.look(1, hour);
    const told = [...run.journal.state.groups.values()].map(({ state }) => state);
    expect(told.every((state) => state === 'told')).toBe(true);
  });

  it('normal traffic and muted causes are counted and not posted', async () => {
    run.form = { muted: mutesOf('impersonation-right-missing') };
    await run.look();
    run.log(1);
    run.log(2, { works: true, status: 200 });
    await run.look();
    await run.look(1, 2 * hour);
    expect(run.target.kinds).toEqual(['first-look']);
    expect([...run.journal.state.groups.values()].map(({ count }) => count)).toEqual([1, 1]);
  });

  it('says that a cause is not seen any more, and whether tracing is on', async () => {
    await run.look();
    run.log(1);
    await run.look();
    await run.look(1, 7 * hour);
    expect(run.target.kinds).toEqual(['first-look', 'new', 'again']);
    expect(run.target.text).toContain("not seen since 2026-06-08 19:53:49 UTC. I can't see whether tracing is on.");
    run.log(2);
    await run.look();
    expect(run.target.kinds.at(-1)).toBe('back');
    expect(run.target.text).toContain('It is back:');
  });

  it('a log is read when its end is there, or when it no longer grows', async () => {
    await run.look();
    const whole = frebLog();
    run.write('W3SVC2/fr000001.xml', whole.slice(0, 2000));
    await run.look();
    run.write('W3SVC2/fr000001.xml', whole);
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'new']);
    run.write('W3SVC2/fr000002.xml', frebLog({ pool: 'Shop' }).slice(0, -20));
    await run.look(2);
    expect(run.target.posts).toHaveLength(2);
    await run.look(3);
    expect(run.target.posts).toHaveLength(3);
    // Its end comes late: it is one log.
    run.write('W3SVC2/fr000002.xml', frebLog({ pool: 'Shop' }));
    await run.look();
    expect([...run.journal.state.groups.values()].map(({ count }) => count)).toEqual([1, 1]);
  });

  it('old logs are grouped once, in one post', async () => {
    for (let i = 1; i <= 120; i++) run.log(i, i % 2 ? {} : notFound('a.png'));
    await run.look();
    expect(run.target.kinds).toEqual(['first-look']);
    expect(run.target.text).toContain('It held 120 logs already, with 2 causes to look at.');
    await run.look(3);
    expect(run.target.posts).toHaveLength(1);
  });

  it('of very many old logs the newest are read, from each site, and the post says how to read the others', async () => {
    run.write('W3SVC3/fr000001.xml', frebLog(notFound('a.png')));
    run.time += 60_000;
    for (let i = 1; i <= 1050; i++) run.log(i);
    await run.look(3);
    expect(run.target.kinds).toEqual(['first-look']);
    expect(run.target.text).toContain('It held 1,051 logs already. I read the newest 1,000, with 2 causes to look at.');
    expect(run.target.text).toContain('51 older logs left unread');
    expect(run.target.text).toContain(`frebot diagnose "${run.folder}"`);
    const read = () => run.journal.state.logs.size;
    expect(read()).toBe(1000);
    // Neither the check of all sizes nor a restart reads them after all.
    await run.look(61);
    run.restart();
    await run.look(2);
    expect(read()).toBe(1000);
    run.time += 60_000;
    run.log(2000, { pool: 'Shop' });
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'new']);
  });

  it('a number that IIS uses again holds a new log', async () => {
    await run.look();
    run.log(1);
    await run.look();
    run.time += 60_000;
    run.log(1, { pool: 'Shop!' });
    await run.look(61);
    expect(run.target.posts.filter(({ kind }) => kind === 'new')).toHaveLength(2);
  });

  it('what is no log is noted once and does not stop the others', async () => {
    await run.look();
    run.write('W3SVC2/fr000001.xml', '<rss></failedRequest>');
    run.write('W3SVC2/readme.txt', 'hello');
    run.log(2);
    await run.look(3);
    expect(run.target.kinds).toEqual(['first-look', 'new']);
    expect(run.notes.filter((note) => note.includes('could not be read as logs'))).toHaveLength(1);
  });
});
