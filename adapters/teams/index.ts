import type { Answer } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';
import type { Door } from '../../src/desk/ports/door.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import { guardedDownload, uploadGuarded } from '../../src/service/download.js';
import { checkTeams } from './checks.js';
import type { TeamsDownload } from './download.js';
import type { TeamsFileRef } from './file-ref.js';
import { fetchTeamsFile } from './files.js';
import { createGraph } from './graph/index.js';
import { readTeamsMessage } from './graph/messages.js';
import { TeamsBot } from './inbound/activities.js';
import { type App, mountMessages, type TeamsRefusalListener } from './inbound/http.js';
import type { TeamsLog } from './log.js';
import { findTeamsPlace, threadBelowPost } from './named-place.js';
import { ReportCards, type ReportUpload } from './outbound/report.js';
import { type TeamsPosted, TeamsSender } from './outbound/sender.js';
import type { TeamsPlace } from './place.js';
import { BotFramework } from './platform/bot-framework.js';
import { mountPages } from './public-pages.js';
import type { TeamsSettings } from './settings.js';

export type { TeamsLog } from './log.js';
export type { TeamsSettings } from './settings.js';

export interface TeamsDeps {
  desk: Pick<
    Desk,
    'answerPrivately' | 'forgetAll' | 'forgetMessage' | 'receive' | 'press' | 'storedAnswer' | 'trouble' | 'publicPage'
  >;
  log: TeamsLog;
  clock: Clock;
  /** Makes the self-contained HTML report of an answer; without it no report is offered. */
  report?: (answer: Answer) => string;
  /** Called for each refused request with the reason; without it the refusal is logged. */
  refused?: TeamsRefusalListener | undefined;
  /** For tests: a guarded download that also allows a local address. */
  download?: TeamsDownload;
  upload?: ReportUpload;
  /** For tests: how long the work of an invoke may take, milliseconds. */
  invokeTimeoutMs?: number;
}

export interface TeamsDoor {
  door: Door;
  mount(app: App): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Returns the Teams door. Its `mount` adds `POST /api/messages` to the shared HTTP app. */
export async function createTeamsDoor(settings: TeamsSettings, deps: TeamsDeps): Promise<TeamsDoor> {
  const download = deps.download ?? guardedDownload;
  const platform = new BotFramework(settings);
  const reports = new ReportCards(settings, { ...deps, upload: deps.upload ?? uploadGuarded });
  const sender = new TeamsSender(platform, deps.clock, (answer, scope) => reports.makeButton(answer, scope));
  const graph =
    settings.graph !== false && settings.appId ? createGraph(settings, platform, download, deps.clock) : undefined;
  const { desk, log, invokeTimeoutMs } = deps;
  const bot = new TeamsBot({ desk, log, sender, reports, graph: graph !== undefined, timeoutMs: invokeTimeoutMs });
  const door: Door<TeamsFileRef, TeamsPlace, TeamsPosted> = {
    name: 'teams',
    fetch: (file, admit) => fetchTeamsFile(file, download, graph?.files, admit),
    readMessage: (ref) => readTeamsMessage(ref, graph?.files, settings.appId),
    acknowledge: async (place) => void (await sender.sendTyping(place)),
    // The typing indicator goes by itself.
    showStatus: async (place, text) => text === '' || sender.sendTyping(place),
    remove: async (place, { id }) => (id ? sender.removePost(place, id) : undefined),
    say: (place, answer, key, posted) => sender.postAnswer(place, answer, key, posted),
    redraw: (place, answer) => sender.redraw(place, answer).catch(() => undefined),
    find: async (_place, key) => sender.findPost(key),
    findPlace: (name) => findTeamsPlace(name, settings),
    threadBelow: threadBelowPost,
    permits: async (command, { who }) => !settings.adminCommands?.includes(command) || isAdmin(settings.admins, who),
    check: () => checkTeams(settings, { graph, download, now: () => deps.clock.now() }),
  };
  return {
    door,
    mount(app) {
      mountMessages(app, { settings, platform, bot, log, refused: deps.refused });
      reports.mount(app);
      if (deps.report) mountPages(app, desk, deps.report);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

function isAdmin(admins: readonly string[] | undefined, who: string): boolean {
  return admins?.some((id) => id.toLowerCase() === who.toLowerCase()) ?? false;
}
