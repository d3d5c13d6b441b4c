import type { Answer } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';
import type { Door } from '../../src/desk/ports/door.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import { guardedDownload, guardedUpload } from '../../src/service/download.js';
import { TeamsAdapter } from './adapter.js';
import { checkTeams } from './checks.js';
import type { TeamsDownload } from './download.js';
import { fetchTeamsFile } from './files.js';
import { createGraph } from './graph/index.js';
import { TeamsBot } from './inbound/activities.js';
import { type App, mountMessages, type TeamsRefusalListener } from './inbound/http.js';
import type { TeamsLog } from './log.js';
import { ReportCards, type ReportUpload } from './outbound/report.js';
import { TeamsSender } from './outbound/sender.js';
import { checkTeamsSettings, type TeamsSettings, withCertificate } from './settings.js';

export type { TeamsLog } from './log.js';
export type { TeamsSettings } from './settings.js';

export interface TeamsDeps {
  desk: Pick<Desk, 'forgetAll' | 'forgetMessage' | 'receive' | 'press' | 'storedAnswer' | 'trouble'>;
  log: TeamsLog;
  clock: Clock;
  /** Makes the self-contained HTML report of an answer; without it no report is offered. */
  report?: (answer: Answer) => string;
  /** Told of requests that are turned away; without it the log is. */
  refused?: TeamsRefusalListener | undefined;
  /** For tests: the guarded download with a local address let in. */
  download?: TeamsDownload;
  upload?: ReportUpload;
  /** For tests: how long a call waits for what it brings about. */
  invokeTimeoutMs?: number;
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
  checkTeamsSettings(settings);
  const download = deps.download ?? guardedDownload;
  const adapter = new TeamsAdapter(settings);
  const reports = new ReportCards(settings, { ...deps, upload: deps.upload ?? guardedUpload });
  const sender = new TeamsSender(adapter, deps.clock, (answer, scope) => reports.makeButton(answer, scope));
  const wanted = settings.graph ?? true;
  const graph = wanted && settings.appId ? createGraph(settings, adapter, download, deps.clock) : undefined;
  const { desk, log, invokeTimeoutMs } = deps;
  const bot = new TeamsBot({ desk, log, sender, reports, graph: graph !== undefined, timeoutMs: invokeTimeoutMs });
  const door: Door = {
    name: 'teams',
    fetch: (file) => fetchTeamsFile(file, download, graph?.files),
    acknowledge: (where) => sender.sendTyping(where).catch(() => undefined),
    say: (where, answer, key, posted) => sender.postAnswer(where, answer, key, posted),
    find: async (_where, key) => sender.findPost(key),
    permits: async (command, { who }) => !settings.adminCommands?.includes(command) || isAdmin(settings.admins, who),
    check: () => checkTeams(settings, { graph, download, now: () => deps.clock.now() }),
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
