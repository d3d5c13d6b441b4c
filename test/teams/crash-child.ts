// Runs Frebot in its own process over a database on disk, so that a test can kill it. CONNECTOR is the address of the fake
// of Teams. With IDLE set it claims messages and does not work on them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import nock from 'nock';
import { createTeamsDoor } from '../../adapters/teams/index.js';
import { createDesk } from '../../src/desk/desk.js';
import { createIntake } from '../../src/intake/intake.js';
import { systemClock } from '../../src/service/clock.js';
import { builtKnowledge } from '../built-knowledge.js';
import { openCrashDatabase } from '../crash-database.js';
import { appId, serveEntra, tenantId } from '../fakes/teams/index.js';

const { CONNECTOR = '', DATA = '', IDLE } = process.env;
nock.disableNetConnect();
nock.enableNetConnect(/^127\.0\.0\.1/);
serveEntra();
const events = { emit: () => undefined };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const { store, inbox } = await openCrashDatabase(DATA);
const intake = createIntake({ workers: 0 });
const desk = createDesk({ knowledge: builtKnowledge(), intake, store, inbox, events, clock: systemClock });
const endpoints = { openIdMetadata: `${CONNECTOR}/.well-known/openidconfiguration` };
const teams = await createTeamsDoor(
  { appId, tenantId, secret: 'not-a-secret', loopback: true, development: true, endpoints },
  { desk, clock: systemClock, log },
);
desk.addDoor(teams.door);
if (!IDLE) desk.start();
// An earlier answer with buttons.
const { answer } = await desk.command('explain 500.19', {
  door: 'teams',
  thread: 'teams:earlier',
  tenant: tenantId,
  who: 'earlier',
});
const app = express();
teams.mount(app);
const server = createServer(app);
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
process.once('disconnect', () => process.exit(0));
const { port } = server.address() as AddressInfo;
process.send?.({ ready: `http://127.0.0.1:${port}/api/messages`, answer: answer.case });
