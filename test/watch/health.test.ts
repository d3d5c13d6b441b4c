import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileCalls } from '../../src/watch/files.js';
import { PostError } from '../../src/watch/ports.js';
import { readTracing } from '../../src/watch/tracing.js';
import { WatchRun } from './driver.js';

const hour = 3_600_000;
let run: WatchRun;
beforeEach(() => {
  run = new WatchRun();
});
afterEach(() => run.stop());

/** An applicationHost.config with two sites; `rules` puts a tracing rule into it. */
function hostConfig(one: boolean, two: boolean, rules = true): string {
  const site = (id: number, enabled: boolean) =>
    `<site name="s${id}" id="${id}"><traceFailedRequestsLogging enabled="${enabled}" /></site>`;
  const rule = '<tracing><traceFailedRequests><add path="*" /></traceFailedRequests></tracing>';
  return `\ufeff<?xml version="1.0"?><configuration><system.applicationHost><sites>${site(1, one)}${site(2, two)}<siteDefaults />
</sites></system.applicationHost><location path=""><system.webServer>${rules ? rule : ''}</system.webServer></location></configuration>`;
}

describe('silence does not look like health', () => {
  it('a folder that vanishes is told once, and when it is back nothing is lost or repeated', async () => {
    await run.look();
    run.log(1);
    await run.look();
    const away = `${run.folder}-away`;
    renameSync(run.folder, away);
    await run.look(20);
    run.restart();
    await run.look(5);
    expect(run.target.kinds).toEqual(['first-look', 'new', 'folder']);
    expect(run.target.text).toContain('The folder is gone.');
    renameSync(away, run.folder);
    run.log(2, { pool: 'Shop' });
    await run.look(2);
    expect(run.target.kinds).toEqual(['first-look', 'new', 'folder', 'folder', 'new']);
  });

  it('a share that hangs stops no other folder, and gets one call at a time', async () => {
    const share = join(run.root, 'share');
    let calls = 0;
    const { readdir } = run.calls;
    const hangs = ((path: string, options: never) => {
      if (!path.startsWith(share)) return readdir(path, options);
      calls++;
      run.hangs = true;
      return new Promise(() => undefined);
    }) as unknown as FileCalls['readdir'];
    run.calls = { ...run.calls, readdir: hangs };
    run.form = { folders: [share, run.folder] };
    await run.look();
    run.log(1);
    await run.look(3);
    expect(run.target.kinds).toEqual(['first-look', 'folder', 'new']);
    expect(calls).toBe(1);
    expect(JSON.stringify(run.target.posts[1]?.answer)).toContain("The folder doesn't answer");
  });

  it('a folder without permission names the permission', async () => {
    const denied = Object.assign(new Error('no'), { code: 'EACCES' });
    run.calls = { ...run.calls, readdir: (async () => Promise.reject(denied)) as unknown as FileCalls['readdir'] };
    await run.look(2);
    expect(run.target.kinds).toEqual(['folder']);
    expect(run.target.text).toContain('Read & execute');
  });

  it('a burst that overwrites itself is told, once in an hour', async () => {
    for (let i = 1; i <= 12; i++) run.log(i);
    await run.look();
    const replace = async (from: number, to: number) => {
      renameSync(join(run.folder, 'W3SVC2'), join(run.root, `removed${from}`));
      for (let i = from; i <= to; i++) run.log(i);
      await run.look();
    };
    await replace(101, 150);
    expect(run.target.kinds).toEqual(['first-look', 'overwritten']);
    expect(run.target.text).toContain('About 88 logs came and went');
    await replace(161, 210);
    expect(run.target.kinds).toEqual(['first-look', 'overwritten']);
    await run.look(1, hour);
    expect(run.target.kinds).toEqual(['first-look', 'overwritten', 'overwritten', 'again']);
  });

  it('tells when tracing goes off and on, and says so about what it no longer sees', async () => {
    const config = join(run.root, 'applicationHost.config');
    run.form = { config };
    run.write('../applicationHost.config', hostConfig(true, false));
    run.log(1);
    await run.look();
    expect(run.target.kinds).toEqual(['first-look', 'tracing']);
    expect(run.target.text).toContain('Failed Request Tracing is off for site 2.');
    await run.look(1, 7 * hour);
    expect(run.target.text).toContain('but tracing is off, so that proves nothing');
    run.write('../applicationHost.config', hostConfig(true, true));
    await run.look(60);
    expect(run.target.text).toContain('Tracing is on again');
    run.write('../applicationHost.config', hostConfig(true, true, false));
    await run.look(60);
    expect(run.target.text).toContain('applicationHost.config has no tracing rule');
    run.restart();
    const told = run.target.posts.length;
    await run.look(2);
    expect(run.target.posts).toHaveLength(told);
  });

  it('a configuration that cannot be read is noted once', async () => {
    run.form = { config: join(run.root, 'none.config') };
    await run.look(130);
    expect(run.notes).toEqual([`I can't read ${run.form.config}, so I can't see whether tracing is on.`]);
  });

  it('a clock that jumps back or ahead neither floods nor silences', async () => {
    await run.look();
    run.log(1);
    await run.look();
    run.time -= 400 * 24 * hour;
    run.log(2, { pool: 'Shop' });
    await run.look(3);
    expect(run.target.kinds.filter((kind) => kind === 'new')).toHaveLength(2);
    run.time += 800 * 24 * hour;
    run.log(3, { pool: 'Blog' });
    await run.look(3);
    expect(run.target.kinds.filter((kind) => kind === 'new')).toHaveLength(3);
    expect(run.target.posts.length).toBeLessThan(9);
  });

  it('each reason why a target takes no post is one line', async () => {
    await run.look();
    run.log(1);
    for (const reason of ['fake is away.', 'fake refuses the token.', 'fake is away.']) {
      run.target.trouble = new PostError(reason);
      await run.look(130);
    }
    expect(run.notes).toEqual([
      'fake is away. 1 post will be sent later.',
      expect.stringMatching(/^fake refuses the token\. \d posts? will/),
    ]);
    run.target.trouble = undefined;
    await run.look(130);
    expect(run.notes.at(-1)).toBe('fake takes posts again; none was lost.');
  });

  it('a target that is away for a day gets everything in order, and one that refuses a post gets the others', async () => {
    await run.look();
    run.target.away();
    for (let i = 1; i <= 48; i++) {
      run.log(i, { pool: `Pool${String.fromCharCode(64 + (i % 24) + 1)}` });
      await run.look(1, hour / 2);
    }
    expect(run.notes).toHaveLength(1);
    run.target.trouble = undefined;
    await run.look(61);
    const pools = run.target.posts.filter(({ kind }) => kind === 'new').map(({ group }) => group?.pool);
    expect(new Set(pools).size).toBe(24);
    expect(run.notes.at(-1)).toBe('fake takes posts again; none was lost.');
    run.target.away(true);
    run.log(90, { pool: 'Zoo' });
    await run.look();
    run.target.trouble = undefined;
    run.log(91, { pool: 'Zoo2x' });
    await run.look();
    expect(run.target.posts.at(-1)?.group?.pool).toBe('Zoo2x');
  });
});

describe('the tracing of applicationHost.config', () => {
  it.each([
    ['', undefined],
    ['<configuration><system.applicationHost><sites>', undefined],
    ['<configuration><system.webServer /></configuration>', undefined],
    [hostConfig(true, false), { 1: true, 2: false }],
  ])('is read per site, or stays unknown: %j', (text, sites) => {
    const found = readTracing(text);
    expect(found && Object.fromEntries(found.sites)).toEqual(sites);
  });
});
