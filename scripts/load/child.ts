// One Frebot as src/main.ts serves it, with both chat doors turned to the fakes and an account of its memory every second.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import nock from 'nock';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { createTeamsDoor } from '../../adapters/teams/index.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Clock } from '../../src/desk/ports.js';
import { createIntake } from '../../src/intake/intake.js';
import { loadKnowledge } from '../../src/knowledge/load.js';
import { makeDownload } from '../../src/service/download.js';
import { createLog } from '../../src/service/log.js';
import { createMetrics } from '../../src/service/metrics.js';
import { openEngine } from '../../src/store/engine.js';
import { appToken, botToken } from '../../test/fakes/slack/state.js';
import { appId, tenantId } from '../../test/fakes/teams/identity.js';
import type { Surroundings } from '../chaos/child.js';

/** What the child tells its parent. */
export type FromChild = { ready: number } | { memory: { rss: number; heap: number } };

const around = JSON.parse(process.env.LOAD ?? '{}') as Surroundings;
const tell = (message: FromChild) => process.send?.(message);
const clock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};
const log = createLog('error');
const events = createMetrics(log);

nock.disableNetConnect();
nock.enableNetConnect(/^127\.0\.0\.1/);
nock('https://login.microsoftonline.com')
  .persist()
  .post(`/${tenantId}/oauth2/v2.0/token`)
  .query(true)
  .reply(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: 'token' });

const engine = await openEngine(
  { dataDir: around.dataDir, databaseUrl: around.databaseUrl, key: Buffer.alloc(32, 1), retentionDays: 30 },
  { events, clock, notice: () => {} },
);
// Two people ask it all: what one may use in an hour is not what is measured here.
const unlimited = { questions: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };
const desk = createDesk({
  knowledge: loadKnowledge(),
  intake: createIntake(),
  store: engine.store,
  inbox: engine.inbox,
  quotas: { user: unlimited, channel: unlimited, workspace: unlimited },
  events,
  clock,
});
const download = makeDownload({
  standIns: {
    [new URL(around.slack).host]: 'files.slack.com',
    [new URL(around.files).host]: 'contoso-my.sharepoint.com',
  },
});
const slack = await createSlackDoor(
  { botToken, appToken, apiUrl: `${around.slack}/api/` },
  { desk, clock, vault: engine.vault, log, download },
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
  { desk, clock, log, download },
);
for (const { door } of [slack, teams]) desk.addDoor(door);
const app = express();
teams.mount(app);
const server = createServer(app);
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
desk.start();
await slack.start();
setInterval(() => {
  const { rss, heapUsed } = process.memoryUsage();
  tell({ memory: { rss, heap: heapUsed } });
}, 1_000);
tell({ ready: (server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
