#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTerminal } from '../adapters/terminal/index.js';
import type { Answer } from './answer/answer.js';
import { createDesk, type Desk } from './desk/desk.js';
import type { Check } from './desk/ports/door.js';
import type { Events, Vault } from './desk/ports/environment.js';
import type { Inbox } from './desk/ports/inbox.js';
import type { Store } from './desk/ports/store.js';
import { traceOf } from './desk/trouble.js';
import type { ConfiguredDoor, OpenDoor } from './doors.js';
import { createIntake } from './intake/intake.js';
import { compiledFolder, readKnowledge } from './knowledge/compiled.js';
import type { Knowledge } from './knowledge/knowledge.js';
import type { WatchOutput, WatchRequest } from './run-watch.js';
import { findApiToken } from './service/api-tokens.js';
import { systemClock } from './service/clock.js';
import { type Config, readConfig } from './service/config.js';
import { readEnvironment } from './service/env-file.js';
import { Lifetime, stopWithin } from './service/lifetime.js';
import type { Logger } from './service/log.js';
import { OperatorError } from './service/operator-error.js';
import { loadPart } from './service/optional-parts.js';
import { packageRoot } from './service/root.js';
import type { Environment } from './service/settings.js';
import { reportChecks } from './service/start-report.js';
import type { Engine } from './store/engine.js';
import { memoryInbox, memoryStore } from './store/memory.js';
import { memoryVault } from './store/vault.js';
import { openLater } from './store/when-open.js';

/** Milliseconds that a stop waits for claimed work and for requests of the page. */
const drainMs = 20_000;
/** Milliseconds that closing may take after that; then the process ends by force. */
const closingMs = 8_000;

const root = packageRoot();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
/** Returns storage that lasts until the process ends. */
const createMemoryStorage = (events: Events): Storage => ({
  store: memoryStore(),
  inbox: memoryInbox(events, systemClock),
  vault: memoryVault(),
});

interface Storage {
  store: Store;
  inbox: Inbox;
  vault: Vault;
}

/** Reads the operator's own compiled knowledge, or the package's. */
function openKnowledge(own: string | undefined): Knowledge {
  try {
    return readKnowledge(own === undefined ? join(root, 'dist') : join(own, compiledFolder));
  } catch (error) {
    throw own === undefined ? error : new OperatorError(`FREBOT_KNOWLEDGE: ${(error as Error).message}`);
  }
}

/** Returns a desk, its vault, and a function that closes the readers. */
function composeDesk(
  { slowMs, knowledgeDir }: Pick<Config, 'slowMs' | 'knowledgeDir'>,
  events: Events,
  { vault, ...storage }: Storage = createMemoryStorage(events),
) {
  const intake = createIntake();
  const knowledge = openKnowledge(knowledgeDir);
  const desk = createDesk({
    knowledge,
    intake,
    ...storage,
    events,
    clock: systemClock,
    slowMs,
  });
  return { desk, vault, knowledge, close: () => intake.close() };
}

/**
 * Opens the configured doors and adds them to the desk.
 * @param refused called with the door's name for each request that a door turns away
 */
async function openDoors(
  configured: readonly ConfiguredDoor[],
  { desk, vault }: { desk: Desk; vault: Vault },
  log: Logger,
  refused?: (door: string, status: number, reason: string) => void,
): Promise<OpenDoor[]> {
  const { reportPage } = await import('../adapters/web/index.js');
  const report = reportPage(root, systemClock.now);
  const doors: OpenDoor[] = [];
  for (const { name, open } of configured) {
    const deps = { desk, vault, log: log.child({ door: name }), clock: systemClock, report };
    doors.push(await open({ ...deps, refused: refused?.bind(undefined, name) }));
  }
  for (const { door } of doors) desk.addDoor(door);
  return doors;
}

/**
 * Runs until SIGINT or SIGTERM; then finishes the claimed messages and closes.
 * @param settings settings that were typed, which win over the environment
 * @returns the exit code: 0 after a signal, 1 after an uncaught failure
 */
async function serve(settings: Environment): Promise<number> {
  await routeThroughProxy();
  const env = { ...readEnvironment(process.env, process.cwd()), ...settings };
  const config = readConfig(env);
  const [
    { configureDoors, describeDoors },
    { createLog },
    { createAuditTrail, withoutAudit },
    { createMetrics },
    { listen },
    { webDoor },
  ] = await Promise.all([
    import('./doors.js'),
    import('./service/log.js'),
    import('./service/audit.js'),
    import('./service/metrics.js'),
    import('./service/http.js'),
    import('../adapters/web/index.js'),
  ]);
  const configured = configureDoors(env, config);
  const log = createLog(config.logLevel);
  const lifetime = new Lifetime((error) => log.fatal(traceOf(error), 'uncaught-failure'));
  const metrics = createMetrics(log);
  const audit = config.auditFile
    ? createAuditTrail(resolve(config.auditFile), systemClock.now, (reason) => log.error({ reason }, 'audit-failed'))
    : undefined;
  const events = audit?.events(metrics) ?? withoutAudit(metrics);
  const engine = openEngine(config, configured.length > 0, metrics);
  if (engine) metrics.watch(async () => (await engine).queue());
  const { desk, vault, knowledge, close } = composeDesk(config, events, engine && openLater(engine));
  // The readers end before the engine, because they write their results to it.
  const closing = [async () => audit?.close(), async () => (await engine?.catch(() => undefined))?.close(), close];
  try {
    const doors = await openDoors(configured, { desk, vault }, log, metrics.refused);
    desk.warmUp();
    const api = await openApi(config, { desk, knowledge, log }, metrics.refused);
    closing.push(api.close);
    const listening = await listen(config, {
      platforms: [...doors.flatMap((door) => (door.mount ? [door.mount.bind(door)] : [])), ...api.mounts],
      page: webDoor({ desk, root, now: systemClock.now }),
      ready: async () => [...(await desk.check()), ...(engine ? [await (await engine).check()] : [])],
      metrics: () => metrics.text(),
      review: () => desk.doubts(),
      refused: (status, reason) => metrics.refused('page', status, reason),
      failed: (error, id) => log.error({ id, ...traceOf(error) }, 'request-failed'),
    });
    closing.push(() => desk.stop(drainMs, listening.close(drainMs)));
    // The page answers while the database opens; chat messages are claimed once it is open.
    await engine;
    desk.start();
    for (const door of doors) {
      await door.start();
      closing.push(() => door.stop());
    }
    if (config.watch.length > 0) closing.push(watchBeside(config, knowledge, log));
    process.stdout.write(describeStart(describeDoors(configured), listening.page));
    // Not awaited: a platform that does not answer delays nothing else.
    void desk.check().then((checks) => reportChecks(checks, log));
    return (await lifetime.waitForEnd()) === 'asked' ? 0 : 1;
  } finally {
    stopWithin(drainMs + closingMs, () => log.error('stop-overdue'));
    // Closes in reverse order: the listeners, then the work in hand, then what that work needs.
    for (const end of closing.reverse()) {
      await end().catch((error: unknown) => log.error(traceOf(error), 'stop-failed'));
    }
  }
}

/** Returns what mounts the door for pipelines; nothing when no token is set. */
async function openApi(
  config: Config,
  { desk, knowledge, log }: { desk: Desk; knowledge: Knowledge; log: Logger },
  refused: (door: string, status: number, reason: string) => void,
) {
  const { apiTokens, loopback, pageToken } = config;
  if (apiTokens.length === 0) return { mounts: [], close: async () => undefined };
  const { mountApi } = await import('../adapters/api/index.js');
  const { createGuessBrake } = await import('./service/access.js');
  const deps = {
    desk,
    findToken: (authorization: string | undefined) => findApiToken(apiTokens, authorization),
    brake: createGuessBrake(),
    // Without a page token, the page is on another listener off loopback.
    pageBehind: loopback || pageToken !== undefined,
    loopback,
    now: systemClock.now,
    refused: refused.bind(undefined, 'api'),
  };
  const reports = await openReportsOf(config, knowledge, log);
  const { mountReports } = await import('../adapters/api/reports.js');
  const mounts = [mountApi(deps), ...(reports ? [mountReports({ ...deps, accept: reports.accept })] : [])];
  return { mounts, close: async () => reports?.close() };
}

/** Opens the place where watchers report. Where that is not possible, everything else still runs. */
async function openReportsOf({ apiTokens, watchTo, dataDir }: Config, knowledge: Knowledge, log: Logger) {
  const { openReports } = await import('./run-reports.js');
  const watchers = apiTokens.map(({ name }) => name);
  const note = (reason: string) => log.warn({ reason }, 'reports');
  const settings = { to: watchTo, dataDir, watchers, knowledge };
  return openReports(settings, (line) => void process.stdout.write(line), note).catch((error: unknown) => {
    log.error(error instanceof OperatorError ? { reason: error.message } : traceOf(error), 'reports-closed');
    return undefined;
  });
}

/** Learns from the examples of the operator's own folder of knowledge, or of the package's. */
async function train(): Promise<string> {
  const { knowledgeDir } = readConfig(process.env);
  const { compileKnowledge } = await import('./train.js');
  const { KnowledgeError } = await import('./knowledge/yaml.js');
  const [folder, target] = knowledgeDir
    ? [knowledgeDir, join(knowledgeDir, compiledFolder)]
    : [join(root, 'knowledge'), join(root, 'dist')];
  try {
    return `${compileKnowledge(folder, target)} entries learned from ${join(folder, 'examples')}\n`;
  } catch (error) {
    throw error instanceof KnowledgeError ? new OperatorError(error.message) : error;
  }
}

/** Sends outgoing calls through the proxy that the environment names; without one its packages are not loaded. */
async function routeThroughProxy(): Promise<void> {
  const { HTTPS_PROXY, https_proxy: httpsProxy } = process.env;
  if (HTTPS_PROXY || httpsProxy) (await import('./service/proxy.js')).installEnvironmentProxy();
}

/** Opens the database when a chat door is open or a server is named; page and terminal keep everything in memory. */
function openEngine(config: Config, chatDoors: boolean, events: Events): Promise<Engine> | undefined {
  if (!chatDoors && !config.databaseUrl) return undefined;
  const { databaseUrl, key, retentionDays } = config;
  const settings = { dataDir: resolve(config.dataDir), databaseUrl, key, retentionDays };
  const notice = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  return loadPart('The database', async () => {
    const store = await import('./store/engine.js');
    return store.openEngine(settings, { events, clock: systemClock, notice });
  });
}

/** Returns the start-up text: which doors are open, and the setting that opens each closed one. */
function describeStart(doors: readonly string[], page: string): string {
  const lines = [`page      open: ${page}`, 'terminal  open: npx frebot diagnose <file>', ...doors];
  return `Frebot ${version}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Checks everything that needs no server: settings, knowledge, and each configured door. */
async function doctor(): Promise<Check[]> {
  await routeThroughProxy();
  const { configureDoors } = await import('./doors.js');
  let config: Config;
  let configured: ConfiguredDoor[];
  try {
    const env = readEnvironment(process.env, process.cwd());
    config = readConfig(env);
    configured = configureDoors(env, config);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [{ name: 'configuration', state: 'missing', detail: error.message }];
  }
  const { createLog } = await import('./service/log.js');
  const { desk, vault, close } = composeDesk(config, { emit: () => {} });
  await openDoors(configured, { desk, vault }, createLog('error'));
  const checks = await desk.check();
  await close();
  return checks;
}

/** Watches the folders of the settings beside the doors. Returns what stops it. */
function watchBeside(config: Config, knowledge: Knowledge, log: Logger): () => Promise<void> {
  const stop = new AbortController();
  const request = {
    folders: config.watch,
    to: config.watchTo,
    reportTo: config.reportTo,
    muted: [],
    rights: [],
    config: undefined,
    cwd: '.',
  };
  const surroundings = {
    knowledge,
    slowMs: config.slowMs,
    reportToken: config.reportToken,
    dataDir: config.dataDir,
    columns: 100,
    out: (text: string) => void process.stdout.write(text),
    note: (reason: string) => log.warn({ reason }, 'watch'),
  };
  const watching = import('./run-watch.js')
    .then(({ runWatch }) => runWatch(request, surroundings, stop.signal))
    .catch((error: unknown) => {
      const reason = error instanceof OperatorError ? { reason: error.message } : traceOf(error);
      log.error(reason, 'watch-stopped');
    });
  return async () => {
    stop.abort();
    await watching;
  };
}

/** Watches folders until SIGINT or SIGTERM. Notes go to standard error, because standard output carries posts. */
async function watch(request: WatchRequest, dataDir: string | undefined, io: WatchOutput): Promise<number> {
  const env = readEnvironment(process.env, process.cwd());
  const config = readConfig(env);
  await routeThroughProxy();
  const lifetime = new Lifetime((error) => io.note(`I stop: ${JSON.stringify(traceOf(error))}`));
  const stop = new AbortController();
  const { runWatch } = await import('./run-watch.js');
  const { createFreeMemory } = await import('./service/free-memory.js');
  // A watcher answers no questions.
  const knowledge = { ...openKnowledge(config.knowledgeDir), learned: Buffer.alloc(0) };
  const to = request.to.length > 0 ? request.to : config.watchTo;
  const { slowMs, reportToken } = config;
  const freeMemory = createFreeMemory();
  const surroundings = { knowledge, slowMs, freeMemory, reportToken, dataDir: dataDir ?? config.dataDir, ...io };
  const reportTo = request.reportTo ?? config.reportTo;
  const watching = runWatch({ ...request, to, reportTo }, surroundings, stop.signal);
  const end = lifetime.waitForEnd().finally(() => stop.abort());
  await Promise.race([watching, end]);
  await watching;
  return (await end) === 'asked' ? 0 : 1;
}

/** Serves an agent. Only the protocol goes to standard output; everything else goes to standard error. */
async function mcp(cwd: string, error: (text: string) => void): Promise<void> {
  const config = readConfig(readEnvironment(process.env, process.cwd()));
  const { serveMcp } = await import('../adapters/mcp/index.js');
  const { desk, close } = composeDesk(config, { emit: () => {} });
  try {
    await serveMcp({ desk, version, cwd, roots: config.mcpRoots ?? [] }, (sentence) =>
      error(`frebot mcp: ${sentence}\n`),
    );
  } finally {
    await close();
  }
}

async function makeReport(answer: Answer): Promise<string> {
  const { reportPage } = await import('../adapters/web/index.js');
  return reportPage(root, systemClock.now)(answer);
}

async function main(): Promise<number> {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const out = (text: string) => void process.stdout.write(text);
  // A terminal that does not know its width says 0.
  const columns = (process.stdout.isTTY && process.stdout.columns) || 100;
  const printError = (text: string) => void process.stderr.write(text);
  let composed: ReturnType<typeof composeDesk> | undefined;
  try {
    return await runTerminal(process.argv.slice(2), {
      desk: () => {
        composed ??= composeDesk(readConfig(process.env), { emit: () => {} });
        return composed.desk;
      },
      serve,
      doctor,
      train,
      report: makeReport,
      watch: (request, dataDir) =>
        watch(request, dataDir, { out, columns, note: (sentence) => printError(`frebot: ${sentence}\n`) }),
      mcp: () => mcp(cwd, printError),
      cwd,
      stdin: process.stdin,
      piped: !process.stdin.isTTY,
      out,
      error: printError,
      // Returns to the begin of the line and clears it.
      showProgress: process.stderr.isTTY ? (line) => void process.stderr.write(`\r\x1b[2K${line}`) : undefined,
      columns,
      colours: process.stdout.isTTY && process.stdout.hasColors(),
      version,
    });
  } catch (error) {
    // An error that the operator can mend is printed as one sentence; any other error is a defect.
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`frebot: ${error.message}\n`);
    return 2;
  } finally {
    await composed?.close();
  }
}

process.exitCode = await main();
