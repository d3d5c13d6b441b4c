import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkWatcher } from '../../src/run/check-watcher.js';
import type { PostDesk } from '../../src/run/targets.js';

const folder = mkdtempSync(join(tmpdir(), 'checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const where = { where: { team: 'T1', channel: '#iis' }, tenant: 'T1', place: 'slack:T1:#iis' };
/** A desk with one door, in whose workspace Frebot is or is not. */
const deskWith = (installed: boolean) =>
  ({
    findPlace: (door: string) => (door === 'slack' ? async () => (installed ? where : undefined) : undefined),
  }) as unknown as PostDesk;

const states = async (watch: string[], watchTo: string[], installed = true) =>
  (await checkWatcher({ watch, watchTo }, deskWith(installed))).map(({ name, state }) => [name, state]);

describe('doctor, of a watcher inside serve', () => {
  it('says nothing where no folder is watched', async () => {
    expect(await states([], ['slack:#iis'])).toEqual([]);
  });

  it('tells folders that can be read from those that cannot', async () => {
    const gone = join(folder, 'gone');
    expect(await states([folder, gone], ['stdout'])).toEqual([
      [`watch ${folder}`, 'ok'],
      [`watch ${gone}`, 'missing'],
      ['watch to stdout', 'ok'],
    ]);
  });

  it('tells whether Frebot is installed where it is to post', async () => {
    expect(await states([folder], ['slack:#iis'])).toContainEqual(['watch to slack #iis', 'ok']);
    expect(await states([folder], ['slack:#iis'], false)).toContainEqual(['watch to slack #iis', 'missing']);
  });

  it('says what a place looks like that does not open, and repeats no secret address', async () => {
    const checks = await checkWatcher(
      { watch: [folder], watchTo: ['teams:nowhere', 'https://hooks.example/T0/secret'] },
      deskWith(true),
    );
    const texts = checks.filter(({ state }) => state === 'missing').map(({ name, detail }) => `${name} ${detail}`);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('teams is closed');
    expect(texts[1]).toContain('incoming webhook');
    expect(texts[1]).not.toContain('secret');
  });
});
