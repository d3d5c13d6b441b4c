#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Express } from 'express';
import { runTerminal } from '../adapters/terminal/index.js';
import { createDesk, type Desk } from './desk/desk.js';
import type { Check, Door } from './desk/ports/door.js';
import type { Events, Vault } from './desk/ports/environment.js';
import type { Inbox } from './desk/ports/inbox.js';
import type { Store } from './desk/ports/store.js';
import { traceOf } from './desk/trouble.js';
import { createIntake } from './intake/intake.js';
import { readKnowledge } from './knowledge/compiled.js';
import { systemClock } from './service/clock.js';
import { type Config, ConfigError, readConfig } from './service/config.js';
import { Lifetime, stopWithin } from './service/lifetime.js';
import { OperatorError } from './service/operator-error.js';
import { packageRoot } from './service/root.js';
import type { Engine } from './store/engine.js';
import { memoryInbox, memoryStore } from './store/memory.js';
import { memoryVault } from './store/vault.js';
import { openLater } from './store/when-open.js';

/** How long a stop in order waits for work in hand and for requests of the page. */
const drainMs = 20_000;
/** How long after that it may take to close what the work needed; then the process ends all the same. */
const closingMs = 8_000;

const root = packageRoot();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
/** What remembers, until the process ends. */
const inMemory = (events: Events): Kept => ({
  store: memoryStore(),
  inbox: memoryInbox(events, systemClock),
  vault: memoryVault(),
});

interface Kept {
  store: Store;
  inbox: Inbox;
  vault: Vault;
}

/** A desk, and the workers to close when it is done. */
function compose(slowMs: number, events: Events, { vault, ...kept }: Kept = inMemory(events)) {
  const intake = createIntake();
  const desk = createDesk({
    knowledge: readKnowledge(root),
    intake,
    ...kept,
    events,
    clock: systemClock,
    slowMs,
  });
  return { desk, vault, close: () => intake.close() };
}

/** What a door adds to the process. */
interface OpenDoor {
  door: Door;
  mount?(app: Express): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the doors that are configured. Their packages are loaded only then: botbuilder alone costs 0.3 s and 50 MB. */
async function openDoors(
  config: Config,
  { desk, vault }: { desk: Desk; vault: Vault },
  log: Parameters<typeof import('./service/metrics.js').createMetrics>[0],
  refused?: (door: string, status: number, reason: string) => void,
) {
  const doors: OpenDoor[] = [];
  const report = async () => (await import('../adapters/web/index.js')).reportPage(root, systemClock.now);
  if (config.slack) {
    const { createSlackDoor } = await import('../adapters/slack/index.js');
    const deps = { desk, vault, log: log.child({ door: 'slack' }), clock: systemClock, report: await report() };
    doors.push(await createSlackDoor(config.slack, { ...deps, refused: refused?.bind(undefined, 'slack') }));
  }
  if (config.teams) {
    const { createTeamsDoor } = await import('../adapters/teams/index.js');
    const { appPassword, devWithoutAuth, ...teams } = config.teams;
    const { loopback, publicUrl } = config;
    const settings = { ...teams, secret: appPassword, development: devWithoutAuth, loopback, publicUrl };
    doors.push(
      await createTeamsDoor(settings, {
        desk,
        log: log.child({ door: 'teams' }),
        clock: systemClock,
        report: await report(),
        refused: refused?.bind(undefined, 'teams'),
      }),
    );
  }
  for (const { door } of doors) desk.addDoor(door);
  return doors;
}

/**
 * Runs until SIGINT or SIGTERM; then finishes what was claimed and closes.
 * @returns the exit code: 0 when it was asked to end, 1 when something failed that nobody caught
 */
async function serve(): Promise<number> {
  const config = readConfig(process.env);
  const [{ createLog }, { createAuditTrail, withoutAudit }, { createMetrics }, { listen }, { webDoor }] =
    await Promise.all([
      import('./service/log.js'),
      import('./service/audit.js'),
      import('./service/metrics.js'),
      import('./service/http.js'),
      import('../adapters/web/index.js'),
    ]);
  const log = createLog(config.logLevel);
  const lifetime = new Lifetime((error) => log.fatal(traceOf(error), 'uncaught-failure'));
  const metrics = createMetrics(log);
  const audit = config.auditFile
    ? createAuditTrail(resolve(config.auditFile), systemClock.now, (reason) => log.error({ reason }, 'audit-failed'))
    : undefined;
  const events = audit?.events(metrics) ?? withoutAudit(metrics);
  const engine = openEngine(config, metrics);
  if (engine) metrics.watch(async () => (await engine).queue());
  const { desk, vault, close } = compose(config.slowMs, events, engine && openLater(engine));
  // The readers end before the engine: what they still find has nowhere to go.
  const closing = [async () => audit?.close(), async () => (await engine?.catch(() => undefined))?.close(), close];
  try {
    const doors = await openDoors(config, { desk, vault }, log, metrics.refused);
    const listening = await listen(config, {
      platforms: doors.flatMap((door) => (door.mount ? [door.mount.bind(door)] : [])),
      page: webDoor({ desk, root, now: systemClock.now }),
      ready: async () => [...(await desk.check()), ...(engine ? [await (await engine).check()] : [])],
      metrics: () => metrics.text(),
      review: () => desk.doubts(),
      refused: (status, reason) => metrics.refused('page', status, reason),
      failed: (error, id) => log.error({ id, ...traceOf(error) }, 'request-failed'),
    });
    closing.push(() => desk.stop(drainMs, listening.close(drainMs)));
    // The page answers while the database still opens; chat messages are claimed once it has.
    await engine;
    desk.start();
    for (const door of doors) {
      await door.start();
      closing.push(() => door.stop());
    }
    process.stdout.write(opening(config, listening.page));
    return (await lifetime.over()) === 'asked' ? 0 : 1;
  } finally {
    stopWithin(drainMs + closingMs, () => log.error('stop-overdue'));
    // Backwards: nothing new comes in, what is in hand ends, then what it needs is closed.
    for (const end of closing.reverse()) {
      await end().catch((error: unknown) => log.error(traceOf(error), 'stop-failed'));
    }
  }
}

/** Chat doors and a database that was asked for need an engine; page and terminal forget with the process. */
function openEngine(config: Config, events: Events): Promise<Engine> | undefined {
  if (!config.slack && !config.teams && !config.databaseUrl) return undefined;
  const { databaseUrl, key, retentionDays } = config;
  const settings = { dataDir: resolve(config.dataDir), databaseUrl, key, retentionDays };
  const notice = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  return import('./store/engine.js').then((store) =>
    store.openEngine(settings, { events, clock: systemClock, notice }),
  );
}

/** What the operator reads after the start: which doors are open, and the one setting that opens each closed one. */
function opening(config: Config, page: string): string {
  const slack = config.slack ? `open (${config.slack.appToken ? 'Socket Mode' : 'HTTP at /slack/events'})` : undefined;
  const teams = config.teams
    ? `open (${config.teams.devWithoutAuth ? 'without authentication, this machine only' : '/api/messages'})`
    : undefined;
  return `Frebot ${version}
  page      open: ${page}
  terminal  open: npm run -s frebot -- diagnose <file>
  Slack     ${slack ?? 'closed: set SLACK_BOT_TOKEN (README, "Slack in five minutes")'}
  Teams     ${teams ?? 'closed: set TEAMS_APP_ID (README, "Teams in ten minutes")'}
`;
}

/** Everything that can be checked without serving: configuration, knowledge, and each configured door. */
async function doctor(): Promise<Check[]> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ name: 'configuration', state: 'missing', detail: error.message }];
  }
  const { createLog } = await import('./service/log.js');
  const { desk, vault, close } = compose(config.slowMs, { emit: () => {} });
  await openDoors(config, { desk, vault }, createLog('error'));
  const closed: Check[] = [
    ...(config.slack
      ? []
      : [{ name: 'slack', state: 'missing' as const, detail: 'the door is closed', next: 'set SLACK_BOT_TOKEN' }]),
    ...(config.teams
      ? []
      : [{ name: 'teams', state: 'missing' as const, detail: 'the door is closed', next: 'set TEAMS_APP_ID' }]),
  ];
  const checks = [...(await desk.check()), ...closed];
  await close();
  return checks;
}

async function main(): Promise<number> {
  let composed: ReturnType<typeof compose> | undefined;
  try {
    return await runTerminal(process.argv.slice(2), {
      desk: () => {
        composed ??= compose(readConfig(process.env).slowMs, { emit: () => {} });
        return composed.desk;
      },
      serve,
      doctor,
      cwd: process.env.INIT_CWD ?? process.cwd(),
      stdin: process.stdin,
      out: (text) => void process.stdout.write(text),
      error: (text) => void process.stderr.write(text),
      columns: process.stdout.isTTY ? process.stdout.columns : 100,
      version,
    });
  } catch (error) {
    // A mistake in the configuration, the knowledge or a door's settings is one sentence; anything else is a defect.
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`frebot: ${error.message}\n`);
    return 2;
  } finally {
    await composed?.close();
  }
}

process.exitCode = await main();
