import type { WatchRequest } from '../../adapters/terminal/index.js';
import { traceOf } from '../desk/trouble.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Config, readConfig } from '../service/config.js';
import { readEnvironment } from '../service/env-file.js';
import { Lifetime } from '../service/lifetime.js';
import type { Logger } from '../service/log.js';
import { OperatorError } from '../service/operator-error.js';
import { openKnowledge } from './desk.js';
import { routeThroughProxy } from './proxy.js';
import type { PostDesk } from './targets.js';
import type { WatchOutput } from './watcher.js';

/** Watches the folders of the settings beside the doors. Returns what stops it. */
export function watchBeside(config: Config, knowledge: Knowledge, log: Logger, desk?: PostDesk): () => Promise<void> {
  const stop = new AbortController();
  const request = {
    folders: config.watch,
    to: config.watchTo,
    reportTo: config.reportTo,
    muted: config.watchMute,
    rights: config.watchRights,
    config: config.watchConfig,
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
    ...(desk && { desk }),
  };
  const watching = import('./watcher.js')
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
export async function watchFolders(
  request: WatchRequest,
  dataDir: string | undefined,
  io: WatchOutput,
): Promise<number> {
  const env = readEnvironment(process.env, process.cwd());
  const { listMisspeltSettings } = await import('./unknown-settings.js');
  const config = readConfig(env);
  for (const sentence of listMisspeltSettings(env)) io.note(sentence);
  await routeThroughProxy();
  const lifetime = new Lifetime((error) => io.note(`I stop: ${JSON.stringify(traceOf(error))}`));
  const stop = new AbortController();
  const { runWatch } = await import('./watcher.js');
  const { createFreeMemory } = await import('../service/free-memory.js');
  // A watcher answers no questions.
  const knowledge = { ...openKnowledge(config.knowledgeDir), learned: Buffer.alloc(0) };
  const orConfigured = <T>(values: readonly T[], otherwise: readonly T[]) => (values.length > 0 ? values : otherwise);
  const to = orConfigured(request.to, config.watchTo);
  const muted = orConfigured(request.muted, config.watchMute);
  const rights = orConfigured(request.rights, config.watchRights);
  const { slowMs, reportToken } = config;
  const freeMemory = createFreeMemory();
  const surroundings = { knowledge, slowMs, freeMemory, reportToken, dataDir: dataDir ?? config.dataDir, ...io };
  const reportTo = request.reportTo ?? config.reportTo;
  const end = lifetime.waitForEnd().finally(() => stop.abort());
  const whole = { ...request, to, muted, rights, reportTo, config: request.config ?? config.watchConfig };
  await runWatch(whole, surroundings, stop.signal);
  return (await end) === 'asked' ? 0 : 1;
}
