// One Frebot in a process of its own, so that a test can kill it. Told by its environment where the fake Slack is; with
// HANG set it hears messages but never gets to claim one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { memoryVault } from '../../src/store/vault.js';
import { appToken, botToken, signingSecret } from '../fakes/slack/state.js';
import { clock, wholeDesk } from './driver.js';

const { SLACK_API = '', TRANSPORT, HANG } = process.env;
const desk = wholeDesk();
if (HANG) {
  desk.receive = () => {
    process.send?.({ heard: true });
    return new Promise(() => undefined);
  };
}
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const way = TRANSPORT === 'socket' ? { appToken } : { signingSecret };
const slack = await createSlackDoor(
  { botToken, apiUrl: SLACK_API, ...way },
  { desk, clock, vault: memoryVault(), log: silent },
);
desk.addDoor(slack.door);
desk.start();
const app = express();
slack.mount?.(app);
const server = createServer(app);
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
await slack.start();
process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` });
