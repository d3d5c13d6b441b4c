// Runs Frebot in its own process, so that a test can kill it. SLACK_API is the address of the fake of Slack, DATA the folder of
// the database; without it Frebot stores in memory. The test sends a mode: `deaf` receives messages and never claims one, `idle`
// claims them and does not work on them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { Inbox } from '../../src/desk/ports/inbox.js';
import { createIntake } from '../../src/intake/intake.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { memoryVault } from '../../src/store/vault.js';
import { builtKnowledge } from '../built-knowledge.js';
import { openCrashDatabase } from '../crash-database.js';
import { appToken, botToken, signingSecret } from '../fakes/slack/state.js';
import { downloadFrom, clock as testClock } from './driver.js';

const { SLACK_API = '', TRANSPORT, DATA = '' } = process.env;
const clock: Clock = { now: () => new Date(), sleep: testClock.sleep };
const events = { emit: () => undefined };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const engine = DATA
  ? await openCrashDatabase(DATA)
  : { store: memoryStore(), inbox: new MemoryInbox(events, clock), vault: memoryVault() };
const never = () => new Promise<never>(() => undefined);
let mode: unknown;
process.on('message', (sent) => {
  mode = sent;
  process.send?.({ mode });
});
const inbox: Inbox = {
  claim: (message) => {
    if (mode !== 'deaf') return engine.inbox.claim(message);
    process.send?.({ received: true });
    return never();
  },
  withdraw: (key) => engine.inbox.withdraw(key),
  start: (handler) => engine.inbox.start((message, attempt) => (mode === 'idle' ? never() : handler(message, attempt))),
  drain: (limitMs) => engine.inbox.drain(limitMs),
};
const { store, vault } = engine;
const intake = createIntake({ workers: 0 });
const desk = createDesk({ knowledge: builtKnowledge(), intake, store, inbox, events, clock });
const transport = TRANSPORT === 'socket' ? { appToken } : { signingSecret };
const slack = await createSlackDoor(
  { botToken, apiUrl: SLACK_API, ...transport },
  { desk, clock, vault, log, download: downloadFrom(SLACK_API) },
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
