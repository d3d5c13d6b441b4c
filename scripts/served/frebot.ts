// One Frebot as src/main.ts serves it, with both chat doors turned to the fakes. It reports its events and memory until it is killed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import express from 'express';
import nock from 'nock';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { createTeamsDoor } from '../../adapters/teams/index.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Events } from '../../src/desk/ports/environment.js';
import type { DeskEvent } from '../../src/desk/ports/events.js';
import { createIntake } from '../../src/intake/intake.js';
import { systemClock } from '../../src/service/clock.js';
import { makeDownload } from '../../src/service/download.js';
import { createLog } from '../../src/service/log.js';
import { createMetrics } from '../../src/service/metrics.js';
import { openEngine } from '../../src/store/engine.js';
import { builtKnowledge } from '../../test/built-knowledge.js';
import { appToken, botToken } from '../../test/fakes/slack/state.js';
import { appId, tenantId } from '../../test/fakes/teams/identity.js';
import type { FromFrebot, Memory, Surroundings } from './process.js';

const surroundings = JSON.parse(process.env.SURROUNDINGS ?? '{}') as Surroundings;
const report = (message: FromFrebot) => process.send?.(message);
const log = createLog('error');
const metrics = createMetrics(log);
const countedEvents = new Set<DeskEvent['name']>([
  'post-interrupted',
  'post-repeated',
  'message-given-up',
  'unexpected-error',
]);
const events: Events = {
  emit: (event) => {
    metrics.emit(event);
    if (countedEvents.has(event.name)) report({ event });
  },
};

nock.disableNetConnect();
nock.enableNetConnect(/^127\.0\.0\.1/);
// Entra gives one token that lasts. Then nock is removed, because it leaves an HTTP parser behind with every request, which
// would look like a leak of Frebot.
nock('https://login.microsoftonline.com')
  .persist()
  .post(`/${tenantId}/oauth2/v2.0/token`)
  .query(true)
  .reply(200, { token_type: 'Bearer', expires_in: 86_400, ext_expires_in: 86_400, access_token: 'token' })
  .on('replied', () => setTimeout(() => nock.restore(), 1_000));

const engine = await openEngine(
  { dataDir: surroundings.dataDir, databaseUrl: surroundings.databaseUrl, key: Buffer.alloc(32, 1), retentionDays: 30 },
  { events, clock: systemClock, notice: () => {} },
);
// A few people send everything, so the hourly quotas must not end the run.
const unlimited = {
  questions: Number.MAX_SAFE_INTEGER,
  bytes: Number.MAX_SAFE_INTEGER,
  readingMs: Number.MAX_SAFE_INTEGER,
};
const desk = createDesk({
  knowledge: builtKnowledge(),
  intake: createIntake(),
  store: engine.store,
  inbox: engine.inbox,
  quotas: { user: unlimited, channel: unlimited, workspace: unlimited },
  events,
  clock: systemClock,
});
const download = makeDownload({
  standIns: {
    [new URL(surroundings.slack).host]: 'files.slack.com',
    [new URL(surroundings.files).host]: 'contoso-my.sharepoint.com',
  },
});
const slack = await createSlackDoor(
  { botToken, appToken, apiUrl: `${surroundings.slack}/api/` },
  { desk, clock: systemClock, vault: engine.vault, log, download },
);
const teams = await createTeamsDoor(
  {
    appId,
    tenantId,
    secret: 'not-a-secret',
    loopback: true,
    development: true,
    endpoints: { openIdMetadata: `${surroundings.teams}/.well-known/openidconfiguration` },
  },
  { desk, clock: systemClock, log, download },
);
for (const { door } of [slack, teams]) desk.addDoor(door);
const app = express();
teams.mount(app);
const server = createServer(app);
// As at the start of serve: the first message finds a warm index.
desk.warmUp();
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
desk.start();
await slack.start();

setInterval(() => report({ memory: memory() }), 1_000);
// Memory in use right after a full collection is still referenced. The run shows whether that grows.
new PerformanceObserver((list) => {
  const major = (list.getEntries() as { detail?: { kind?: number } }[]).some(
    ({ detail }) => detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR,
  );
  if (major) report({ live: memory() });
}).observe({ entryTypes: ['gc'] });
process.on('message', (message) => {
  if (message === 'collect') report({ collected: measureAfterCollection() });
});
process.once('disconnect', () => process.exit(0));
report({ ready: (server.address() as AddressInfo).port });

function memory(): Memory {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rss: rss / 1e6, heapUsed: heapUsed / 1e6, external: external / 1e6, cpuMs: (user + system) / 1e3 };
}

/** Returns the memory after two collections, because the second one frees what the first one finalizes. */
function measureAfterCollection(): Memory {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return memory();
}
