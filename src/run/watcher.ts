import { join, resolve } from 'node:path';
import type { WatchRequest } from '../../adapters/terminal/index.js';
import { createIntake } from '../intake/intake.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { systemClock } from '../service/clock.js';
import { OperatorError } from '../service/operator-error.js';
import { isOwnAddress, sendJson } from '../service/send-json.js';
import { createWatchFiles } from '../watch/files.js';
import type { Note, PostTarget } from '../watch/ports.js';
import { reportTarget } from '../watch/report-target.js';
import { rightsFromFiles, rightsFromWindows } from '../watch/rights-sources.js';
import { Watcher } from '../watch/watcher.js';
import { createMutes } from './mutes.js';
import { openState } from './state.js';
import { openTargets, type PostDesk } from './targets.js';

/** Milliseconds that one call to a file system may take before its folder counts as hanging. */
const callMs = 20_000;

/** Where a watcher writes: posts, and lines for the operator. */
export interface WatchOutput {
  /** Columns of the terminal. */
  columns: number;
  out(text: string): void;
  note: Note;
}

interface WatchSurroundings extends WatchOutput {
  knowledge: Knowledge;
  slowMs: number;
  /** Frees what is no longer used; for a process that does nothing else. */
  freeMemory?: () => void;
  /** Token of this watcher at the central Frebot. */
  reportToken: string | undefined;
  /** Directory of the state. */
  dataDir: string;
  /** Posts into chats; inside `frebot serve`. */
  desk?: PostDesk;
}

/**
 * Watches until the signal aborts.
 * @throws OperatorError when the request cannot work, or another watcher uses the state
 */
export async function runWatch(
  request: WatchRequest,
  { knowledge, slowMs, freeMemory, reportToken, dataDir, columns, out, note, desk }: WatchSurroundings,
  signal: AbortSignal,
): Promise<void> {
  const { targets, chats } = openTargets(request.to, columns, out, desk);
  if (request.reportTo !== undefined) targets.push(openCentre(request.reportTo, reportToken));
  const muted = createMutes(request.muted, knowledge, desk && { desk, targets: chats });
  const { journal, close } = await openState(dataDir, 'watch');
  // Its own thread would take more memory than a watcher may; large logs are read in a process.
  const intake = createIntake({ workers: 0 });
  const largeIntake = createIntake({ workers: 1 });
  const files = createWatchFiles(callMs, systemClock.sleep);
  const config = request.config ? resolve(request.cwd, request.config) : configOfWindows();
  const rights = request.rights.map((path) => resolve(request.cwd, path));
  const source =
    rights.length > 0
      ? rightsFromFiles([...rights, ...(request.config ? [config as string] : [])], files)
      : rightsOfWindows(config);
  try {
    const folders = request.folders.map((folder) => resolve(request.cwd, folder));
    const watcher = new Watcher({
      folders,
      files,
      intake,
      largeIntake,
      knowledge,
      clock: systemClock,
      journal,
      targets,
      muted,
      slowMs,
      freeMemory,
      note,
      config,
      rights: source,
    });
    note(`I watch ${folders.join(', ')}. Posts go to ${targets.map(({ name }) => name).join(', ')}.`);
    await watcher.run(signal);
  } finally {
    await Promise.all([intake.close(), largeIntake.close()]);
    await close();
  }
}

function openCentre(address: string, token: string | undefined): PostTarget {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isOwnAddress(url))
    throw new OperatorError('reports go to an https address, such as https://frebot.example.org');
  if (token === undefined)
    throw new OperatorError('FREBOT_REPORT_TOKEN is not set; run frebot token <name> where the central Frebot runs');
  return reportTarget(url, (place, body) => sendJson(place, body, { token, isOwn: true }));
}

function configOfWindows(): string | undefined {
  const windows = process.platform === 'win32' ? process.env.windir : undefined;
  return windows && join(windows, 'System32', 'inetsrv', 'config', 'applicationHost.config');
}

function rightsOfWindows(config: string | undefined) {
  return process.platform === 'win32' ? rightsFromWindows(config ? [config] : []) : undefined;
}
