import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webApi } from '@slack/bolt';
import express from 'express';
import { expect, it } from 'vitest';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { makeDownload } from '../../src/service/download.js';
import { memoryVault } from '../../src/store/vault.js';
import { signature } from '../fakes/slack/index.js';
import { signingSecret } from '../fakes/slack/state.js';
import { frebLog } from '../scenarios/logs.js';
import { clock, wholeDesk } from './driver.js';

// A second opinion: the Slack emulator of vercel-labs, which we did not write. Not a dependency; to run this test:
//   npm i --no-save --ignore-scripts emulate@0.12.2   (0.12.2: its tag "latest" is another project)
// EMULATE may name the module elsewhere.
const name = process.env.EMULATE ?? 'emulate';
const emulate = (await import(/* @vite-ignore */ name).catch(() => undefined)) as
  | { createEmulator(options: object): Promise<{ url: string; close(): Promise<void> }> }
  | undefined;

it.skipIf(!emulate)(
  'answers an upload in an independent Slack emulator (skipped: emulate is not installed)',
  async () => {
    const token = 'xoxb-second-opinion';
    const seed = {
      tokens: { [token]: { login: 'developer', scopes: [] } },
      slack: { team: { name: 'T' }, users: [{ name: 'developer' }], channels: [{ name: 'general' }] },
    };
    const emulator = await emulate?.createEmulator({ service: 'slack', port: 41_773, seed });
    const { url, close } = emulator as { url: string; close(): Promise<void> };
    const client = new webApi.WebClient(token, { slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 } });
    const listed = await client.conversations.list({});
    const channel = listed.channels?.find(({ name }) => name === 'general')?.id as string;
    const team = (await client.auth.test()).team_id as string;
    await client.files.uploadV2({ channel_id: channel, file: Buffer.from(frebLog()), filename: 'fr000032.xml' });
    const history = await client.conversations.history({ channel });
    const message = history.messages?.find(({ files }) => files?.length) as { ts: string; files: { id: string }[] };
    const info = await client.files.info({ file: message.files[0]?.id as string });

    const desk = wholeDesk();
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const download = makeDownload({ standIns: { [new URL(url).host]: 'files.slack.com' } });
    const settings = { botToken: token, signingSecret, apiUrl: `${url}/api/` };
    const slack = await createSlackDoor(settings, { desk, clock, vault: memoryVault(), log: silent, download });
    desk.addDoor(slack.door);
    desk.start();
    const app = express();
    slack.mount?.(app);
    const server = createServer(app);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const event = {
      type: 'message',
      subtype: 'file_share',
      channel,
      channel_type: 'im',
      user: 'U0ANNA',
      text: '',
      ts: message.ts,
      files: [info.file],
    };
    const body = JSON.stringify({ type: 'event_callback', team_id: team, event_id: 'Ev1', event });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    const headers = { 'content-type': 'application/json', ...signature(body) };
    expect((await fetch(address, { method: 'POST', body, headers })).status).toBe(200);
    await desk.stop(5000);
    const replies = await client.conversations.replies({ channel, ts: message.ts });
    expect(JSON.stringify(replies.messages)).toContain('0x80070542');
    server.close();
    await close();
  },
);
