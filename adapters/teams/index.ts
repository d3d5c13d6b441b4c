import type { Answer } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';
import type { Clock, Door } from '../../src/desk/ports.js';
import { guardedDownload, guardedUpload } from '../../src/service/download.js';
import { TeamsAdapter } from './adapter.js';
import { TeamsBot } from './inbound/activities.js';
import { checks } from './checks.js';
import type { Download } from './download.js';
import { fetchFile } from './files.js';
import { graphFor } from './graph/index.js';
import { type App, mountMessages, type Refused } from './inbound/http.js';
import type { Log } from './log.js';
import { Reports, type Upload } from './outbound/report.js';
import { Sender } from './outbound/sender.js';
import { checkSettings, type TeamsSettings, withCertificate } from './settings.js';

export type { Log } from './log.js';
export type { TeamsSettings } from './settings.js';

export interface TeamsDeps {
  desk: Pick<Desk, 'forgetAll' | 'forgetMessage' | 'receive' | 'press' | 'kept' | 'trouble'>;
  log: Log;
  clock: Clock;
  /** Makes the self-contained HTML report of an answer; without it no report is offered. */
  report?: (answer: Answer) => string;
  /** Told of requests that are turned away; without it the log is. */
  refused?: Refused | undefined;
  /** For tests: the guarded download with a local address let in. */
  download?: Download;
  upload?: Upload;
  /** For tests: how long a call waits for what it brings about. */
  patienceMs?: number;
}

export interface TeamsDoor {
  door: Door;
  mount(app: App): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The Teams door: `mount` puts `POST /api/messages` on the shared HTTP app.
 * @throws TeamsSettingsError when the settings would leave the door unguarded or make it useless
 */
export async function createTeamsDoor(given: TeamsSettings, deps: TeamsDeps): Promise<TeamsDoor> {
  const settings = withCertificate(given);
  checkSettings(settings);
  const download = deps.download ?? guardedDownload;
  const adapter = new TeamsAdapter(settings);
  const reports = new Reports(settings, { ...deps, upload: deps.upload ?? guardedUpload });
  const sender = new Sender(adapter, deps.clock, (answer, scope) => reports.button(answer, scope));
  const wanted = settings.graph ?? true;
  const graph = wanted && settings.appId ? graphFor(settings, adapter, download, deps.clock) : undefined;
  const { desk, log, patienceMs } = deps;
  const bot = new TeamsBot({ desk, log, sender, reports, graph: graph !== undefined, patienceMs });
  const door: Door = {
    name: 'teams',
    fetch: (file) => fetchFile(file, download, graph?.files),
    acknowledge: (where) => sender.typing(where).catch(() => undefined),
    say: (where, answer, key, posted) => sender.answer(where, answer, key, posted),
    find: async (_where, key) => sender.find(key),
    permits: async (command, { who }) => !settings.adminCommands?.includes(command) || isAdmin(settings.admins, who),
    check: () => checks(settings, { graph, download, now: () => deps.clock.now() }),
  };
  return {
    door,
    mount(app) {
      mountMessages(app, { settings, adapter, bot, log, refused: deps.refused });
      reports.mount(app);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

function isAdmin(admins: readonly string[] | undefined, who: string): boolean {
  return admins?.some((id) => id.toLowerCase() === who.toLowerCase()) ?? false;
}
