// One Frebot as src/main.ts composes it, with both chat doors turned to the fakes. It lives to be killed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import nock from 'nock';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { createTeamsDoor } from '../../adapters/teams/index.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Clock, Events } from '../../src/desk/ports.js';
import { createIntake } from '../../src/intake/intake.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { makeDownload } from '../../src/service/download.js';
import { openEngine } from '../../src/store/engine.js';
import { appToken, botToken } from '../../test/fakes/slack/state.js';
import { appId, tenantId } from '../../test/fakes/teams/identity.js';

/** Where the platforms are, and what to keep things in; told by the parent. */
export interface Surroundings {
  slack: string;
  teams: string;
  files: string;
  dataDir: string;
  databaseUrl?: string;
}

const around = JSON.parse(process.env.CHAOS ?? '{}') as Surroundings;
const clock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};
const counted = new Set(['post-interrupted', 'post-repeated', 'message-given-up', 'unexpected-error']);
const events: Events = {
  emit: (event) => {
    if (counted.has(event.name)) process.send?.({ event });
  },
};
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

nock.disableNetConnect();
nock.enableNetConnect(/^127\.0\.0\.1/);
nock('https://login.microsoftonline.com')
  .persist()
  .post(`/${tenantId}/oauth2/v2.0/token`)
  .query(true)
  .reply(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: 'token' });

const unlimited = { questions: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };
const engine = await openEngine(
  { dataDir: around.dataDir, databaseUrl: around.databaseUrl, key: Buffer.alloc(32, 1), retentionDays: 30 },
  { events, clock, notice: () => {} },
);
const desk = createDesk({
  knowledge: loadKnowledge(),
  intake: createIntake({ workers: 1 }),
  store: engine.store,
  inbox: engine.inbox,
  events,
  clock,
  // All messages come from one person: an hour's limit would answer most of them with a sentence about itself.
  quotas: { user: unlimited, channel: unlimited, workspace: unlimited },
});
const download = makeDownload({
  standIns: {
    [new URL(around.slack).host]: 'files.slack.com',
    [new URL(around.files).host]: 'contoso-my.sharepoint.com',
  },
});
const slack = await createSlackDoor(
  { botToken, appToken, apiUrl: `${around.slack}/api/` },
  { desk, clock, vault: engine.vault, log: quiet, download },
);
const teams = await createTeamsDoor(
  {
    appId,
    tenantId,
    secret: 'not-a-secret',
    loopback: true,
    development: true,
    endpoints: { openIdMetadata: `${around.teams}/.well-known/openidconfiguration` },
  },
  { desk, clock, log: quiet, download },
);
for (const { door } of [slack, teams]) desk.addDoor(door);
const app = express();
teams.mount(app);
const server = createServer(app);
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
desk.start();
await slack.start();
process.send?.({ ready: (server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
