import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Desk } from '../../src/desk/desk.js';
import { watchBeside } from '../../src/run/watch.js';
import { readConfig } from '../../src/service/config.js';
import type { Logger } from '../../src/service/log.js';
import { builtKnowledge } from '../built-knowledge.js';
import { SlackRun } from '../slack/driver.js';

// The watcher inside `frebot serve` takes all its options from settings.
let folder: string;
let stop: (() => Promise<void>) | undefined;
const log = { warn: vi.fn(), error: vi.fn() };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frebot-beside-'));
  mkdirSync(join(folder, 'logs'));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  await stop?.();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function start(settings: Record<string, string>, desk?: Desk): void {
  const config = readConfig({ FREBOT_WATCH: join(folder, 'logs'), FREBOT_DATA: join(folder, 'data'), ...settings });
  stop = watchBeside(config, builtKnowledge(), log as unknown as Logger, desk);
}
const reasons = (lines: typeof log.warn) => lines.mock.calls.map(([{ reason }]) => String(reason)).join('\n');

it('a cause to mute that is unknown stops it with a sentence', async () => {
  start({ FREBOT_WATCH_MUTE: 'file-not-found, nonsense' });
  await vi.waitFor(() => expect(reasons(log.error)).toContain('there is no cause nonsense to mute'), 20_000);
});

it('files of rights and configuration are read, and one that is missing is told', async () => {
  start({
    FREBOT_WATCH_MUTE: 'file-not-found',
    FREBOT_WATCH_RIGHTS: join(folder, 'rights.inf'),
    FREBOT_WATCH_CONFIG: join(folder, 'applicationHost.config'),
  });
  await vi.waitFor(() => {
    expect(reasons(log.warn)).toContain(`I can't read ${join(folder, 'rights.inf')}`);
    expect(reasons(log.warn)).toContain(`I can't read ${join(folder, 'applicationHost.config')}`);
  }, 20_000);
});

it('posts go through the door of a chat', async () => {
  const chat = await SlackRun.start();
  start({ FREBOT_WATCH_TO: 'slack:iis-prod' }, chat.desk);
  const post = await chat.slack.until('the first post', () => chat.slack.state.messages[0]);
  expect(post).toMatchObject({ channel: 'C0OPS', text: expect.stringContaining('I watch') });
  await chat.stop();
});

it('a door that is closed stops it with a sentence', async () => {
  const chat = await SlackRun.start();
  start({ FREBOT_WATCH_TO: 'teams:https://teams.microsoft.com/l/channel/19%3Ax%40thread.tacv2/x' }, chat.desk);
  await vi.waitFor(() => expect(reasons(log.error)).toContain('teams is closed'), 20_000);
  await chat.stop();
});
