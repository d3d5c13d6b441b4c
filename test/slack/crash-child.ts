// One Frebot in a process of its own, over a database on disk where DATA names one, so that a test can kill it. Told by its
// environment where the fake Slack is; told `deaf` it hears messages and never gets to claim one, told `idle` it claims them and never gets on.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { Inbox } from '../../src/desk/ports/inbox.js';
import { createIntake } from '../../src/intake/intake.js';
import { openEngine } from '../../src/store/engine.js';
import { memoryInbox, memoryStore } from '../../src/store/memory.js';
import { memoryVault } from '../../src/store/vault.js';
import { builtKnowledge } from '../built-knowledge.js';
import { appToken, botToken, signingSecret } from '../fakes/slack/state.js';
import { downloadFrom, clock as standing } from './driver.js';

const { SLACK_API = '', TRANSPORT, DATA = '' } = process.env;
const clock: Clock = { now: () => new Date(), sleep: standing.sleep };
const events = { emit: () => undefined };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const engine = DATA
  ? await openEngine(
      { dataDir: DATA, key: Buffer.alloc(32, 1), retentionDays: 30 },
      { events, clock, notice: () => undefined },
    )
  : { store: memoryStore(), inbox: memoryInbox(events, clock), vault: memoryVault() };
const never = () => new Promise<never>(() => undefined);
let mood: unknown;
process.on('message', (told) => {
  mood = told;
  process.send?.({ mood });
});
const inbox: Inbox = {
  claim: (message) => {
    if (mood !== 'deaf') return engine.inbox.claim(message);
    process.send?.({ heard: true });
    return never();
  },
  withdraw: (key) => engine.inbox.withdraw(key),
  start: (handler) => engine.inbox.start((message, attempt) => (mood === 'idle' ? never() : handler(message, attempt))),
  drain: (limitMs) => engine.inbox.drain(limitMs),
};
const { store, vault } = engine;
const intake = createIntake({ workers: 0 });
const desk = createDesk({ knowledge: builtKnowledge(), intake, store, inbox, events, clock });
const way = TRANSPORT === 'socket' ? { appToken } : { signingSecret };
const slack = await createSlackDoor(
  { botToken, apiUrl: SLACK_API, ...way },
  { desk, clock, vault, log: silent, download: downloadFrom(SLACK_API) },
);
desk.addDoor(slack.door);
desk.start();
const app = express();
slack.mount?.(app);
const server = createServer(app);
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
await slack.start();
process.once('disconnect', () => process.exit(0));
process.send?.({ ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` });
