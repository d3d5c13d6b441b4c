import { resolve } from 'node:path';
import { traceOf } from '../desk/trouble.js';
import { systemClock } from '../service/clock.js';
import { readConfig } from '../service/config.js';
import { readEnvironment } from '../service/env-file.js';
import { Lifetime, stopWithin } from '../service/lifetime.js';
import { packageRoot, packageVersion } from '../service/package-root.js';
import type { Environment } from '../service/settings.js';
import { reportChecks } from '../service/start-report.js';
import { openLater } from '../store/open-later.js';
import { openApi } from './api.js';
import { composeDesk } from './desk.js';
import { openConfiguredEngine } from './engine.js';
import { openDoors } from './open-doors.js';
import { routeThroughProxy } from './proxy.js';
import { watchBeside } from './watch.js';

/** Milliseconds that a stop waits for claimed work and for requests of the page. */
const drainMs = 20_000;
/** Milliseconds that closing may take after that; then the process ends by force. */
const closingMs = 8_000;

/**
 * Runs until SIGINT or SIGTERM; then finishes the claimed messages and closes.
 * @param settings settings that were typed, which win over the environment
 * @returns the exit code: 0 after a signal, 1 after an uncaught failure
 */
export async function serveFrebot(settings: Environment): Promise<number> {
  await routeThroughProxy();
  const env = { ...readEnvironment(process.env, process.cwd()), ...settings };
  const config = readConfig(env);
  const { configureDoors, describeDoors, createLog, createAuditTrail, withoutAudit, createMetrics, listen, webDoor } =
    await loadServer();
  const { listMisspeltSettings } = await import('./unknown-settings.js');
  const log = createLog(config.logLevel);
  // A door whose setting is misspelt may refuse to open.
  for (const reason of listMisspeltSettings(env)) log.warn({ reason }, 'setting-misspelt');
  const configured = configureDoors(env, config);
  const lifetime = new Lifetime((error) => log.fatal(traceOf(error), 'uncaught-failure'));
  const metrics = createMetrics(log);
  const audit = config.auditFile
    ? createAuditTrail(resolve(config.auditFile), systemClock.now, (reason) => log.error({ reason }, 'audit-failed'))
    : undefined;
  const events = audit?.events(metrics) ?? withoutAudit(metrics);
  const engine = openConfiguredEngine(config, configured.length > 0, metrics);
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
      page: webDoor({ desk, root: packageRoot(), now: systemClock.now }),
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
    if (config.watch.length > 0) closing.push(watchBeside(config, knowledge, log, desk));
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

/** Loads what only a served Frebot needs. No other way to run waits for it. */
async function loadServer() {
  const modules = await Promise.all([
    import('../doors.js'),
    import('../service/log.js'),
    import('../service/audit.js'),
    import('../service/metrics.js'),
    import('../service/http.js'),
    import('../../adapters/web/index.js'),
  ]);
  const [doors, log, audit, metrics, http, web] = modules;
  return { ...doors, ...log, ...audit, ...metrics, ...http, ...web };
}

/** Returns the start-up text: which doors are open, and the setting that opens each closed one. */
function describeStart(doors: readonly string[], page: string): string {
  const lines = [`page      open: ${page}`, 'terminal  open: npx frebot diagnose <file>', ...doors];
  return `Frebot ${packageVersion()}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
