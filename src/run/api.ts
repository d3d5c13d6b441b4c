import type { Desk } from '../desk/desk.js';
import { traceOf } from '../desk/trouble.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { findApiToken } from '../service/api-tokens.js';
import { systemClock } from '../service/clock.js';
import type { Config } from '../service/config.js';
import type { Logger } from '../service/log.js';
import { OperatorError } from '../service/operator-error.js';
import type { PostDesk } from './targets.js';

/** Returns what mounts the door for pipelines; nothing when no token is set. */
export async function openApi(
  config: Config,
  { desk, knowledge, log }: { desk: Desk; knowledge: Knowledge; log: Logger },
  refused: (door: string, status: number, reason: string) => void,
) {
  const { apiTokens, loopback, pageToken } = config;
  if (apiTokens.length === 0) return { mounts: [], close: async () => undefined };
  const { mountApi } = await import('../../adapters/api/index.js');
  const { createGuessBrake } = await import('../service/access.js');
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
  const reports = await openReportsOf(config, knowledge, desk, log);
  const { mountReports } = await import('../../adapters/api/reports.js');
  const mounts = [mountApi(deps), ...(reports ? [mountReports({ ...deps, accept: reports.accept })] : [])];
  return { mounts, close: async () => reports?.close() };
}

/** Opens the place where watchers report. Where that is not possible, everything else still runs. */
async function openReportsOf(
  { apiTokens, watchTo, watchMute, dataDir }: Config,
  knowledge: Knowledge,
  desk: PostDesk,
  log: Logger,
) {
  const { openReports } = await import('./reports.js');
  const watchers = apiTokens.map(({ name }) => name);
  const note = (reason: string) => log.warn({ reason }, 'reports');
  const settings = { to: watchTo, muted: watchMute, dataDir, watchers, knowledge, desk };
  return openReports(settings, (line) => void process.stdout.write(line), note).catch((error: unknown) => {
    log.error(error instanceof OperatorError ? { reason: error.message } : traceOf(error), 'reports-closed');
    return undefined;
  });
}
