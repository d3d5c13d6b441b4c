import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, type Logger, type webApi } from '@slack/bolt';
import type { Express } from 'express';
import type { Answer } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';
import type { Door, FileAdmission } from '../../src/desk/ports/door.js';
import type { Clock, Vault } from '../../src/desk/ports/environment.js';
import { guardedDownload } from '../../src/service/download.js';
import { Admins } from './access.js';
import { checkSlack } from './checks.js';
import { fetchSlackFile, type SlackDownload, type SlackFileRef } from './files.js';
import { readSlackHistory } from './history.js';
import { createInstaller, type Installer } from './installations.js';
import { channelKey, messageKey } from './keys.js';
import { listenToButtons } from './listeners/buttons.js';
import { listenToCommand } from './listeners/command.js';
import type { ListenerContext, SlackLog } from './listeners/context.js';
import { listenToFiles } from './listeners/file-shared.js';
import { listenToForm } from './listeners/form.js';
import { listenToGreeting } from './listeners/greeting.js';
import { guardListener } from './listeners/guard.js';
import { listenToHome } from './listeners/home.js';
import { listenToMessages } from './listeners/messages.js';
import { listenToRemoval } from './listeners/removal.js';
import { listenToShortcut } from './listeners/shortcut.js';
import { listenToUnknown } from './listeners/unknown-actions.js';
import { listenToStep } from './listeners/workflow-step.js';
import { createBoltLogger } from './logger.js';
import { installPath, redirectPath } from './manifest.js';
import type { SlackPlace } from './message.js';
import { findSlackPlace } from './named-place.js';
import type { SlackPosted } from './post-metadata.js';
import { Preferences } from './preferences.js';
import { acknowledgeWhenClaimed } from './receiver.js';
import { SlackSender } from './sender.js';
import type { SlackSettings } from './settings.js';
import { createTransport, type SlackTransport } from './transport.js';
import { installedWorkspaces, NotInstalledError, singleWorkspace, type Workspaces } from './workspaces.js';

export type { SlackSettings } from './settings.js';

export interface SlackDeps {
  desk: Desk;
  log: SlackLog;
  clock: Clock;
  /** Stores installations and preferences of workspaces, sealed. */
  vault: Vault;
  /** Renders an answer that is larger than a message as one HTML file. */
  report?: ((answer: Answer) => string) | undefined;
  /** Called for each refused request with the reason; without it the refusal is logged. */
  refused?: ((status: number, reason: string) => void) | undefined;
  /** For tests: a guarded download that also allows a local address. */
  download?: SlackDownload;
  /** For tests: milliseconds until a lost connection is opened again. */
  reconnectMs?: number;
}

/** The part of the shared HTTP app that the door uses. */
type HttpApp = Pick<Express, 'use'>;

export interface SlackDoor extends Pick<SlackTransport, 'start' | 'stop'> {
  door: Door;
  /** Mounts the request URL and the two pages of an installation on the shared HTTP app, before any body parser. */
  mount?(app: HttpApp): void;
}

/** A few quick retries in place of the SDK's half hour, because a person waits. The SDK also respects Retry-After of a 429. */
const retryConfig = { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3000, randomize: true };
const callTimeoutMs = 15_000;

/**
 * Returns the Slack door: Socket Mode when an app-level token is set, else signed HTTP; for the workspace of one bot token,
 * or for all that install the app through OAuth.
 */
export async function createSlackDoor(settings: SlackSettings, deps: SlackDeps): Promise<SlackDoor> {
  const { desk, log, clock, vault } = deps;
  const logger = createBoltLogger(log);
  const clientOptions: webApi.WebClientOptions = {
    logger,
    retryConfig,
    timeout: callTimeoutMs,
    ...(settings.apiUrl && { slackApiUrl: settings.apiUrl }),
  };
  const { oauth, botToken, access } = settings;
  const installer = oauth && createInstaller(oauth, { access, vault, clientOptions, logger });
  const workspaces = installer
    ? installedWorkspaces(installer.tokenOf, clientOptions)
    : singleWorkspace(botToken as string, clientOptions);
  const workspace = (team: string) => workspaces.of(team);

  const transport = createTransport(settings, {
    clientOptions,
    logger,
    log,
    clock,
    reconnectMs: deps.reconnectMs,
    refused: deps.refused ?? ((status, reason) => log.warn({ status, reason }, 'Slack: request refused')),
  });
  const app = createApp(transport, workspaces, clientOptions, logger);
  const fetch = async (file: SlackFileRef, admit?: FileAdmission) => {
    const { client, token, us } = await workspace(file.team);
    const scopes = async () => (await us()).scopes;
    const access = { client, token, download: deps.download ?? guardedDownload, scopes };
    return fetchSlackFile(file, access, admit);
  };
  const context: ListenerContext = {
    desk,
    clock,
    log,
    vault,
    workspace,
    sender: new SlackSender({ workspace, clock, log, report: deps.report }),
    access,
    answersInSharedChannels: settings.answersInSharedChannels ?? false,
    admins: new Admins(access, clock, log),
    preferences: new Preferences(vault),
  };
  guardListener(app, context);
  for (const listen of listeners) listen(app, context);
  listenToRemoval(app, context, installer);
  listenToStep(app, context, fetch);

  const door = {
    ...createDoor(context, fetch, async () => checkSlack(await workspaces.findAny(), settings, transport)),
    findPlace: (name: string) => findSlackPlace(name, workspaces, installer !== undefined),
  };
  const mount = createMount(transport, installer);
  return { door, ...(mount && { mount }), start: transport.start, stop: transport.stop };
}

function createApp(
  transport: SlackTransport,
  workspaces: Workspaces,
  clientOptions: webApi.WebClientOptions,
  logger: Logger,
): App {
  const app = new App({
    receiver: acknowledgeWhenClaimed(transport.receiver),
    authorize: ({ teamId }) => authorize(teamId, workspaces),
    // readSlackMessage skips our own messages, together with those of other bots.
    ignoreSelf: false,
    convoStore: false,
    logger,
    clientOptions,
  });
  // Rethrows a listener's failure, which Bolt would swallow, so that the delivery is not acknowledged. The last events of a
  // workspace that removed the app are acknowledged and dropped.
  app.error(async (error) => {
    if (error.original instanceof NotInstalledError) return;
    throw error;
  });
  return app;
}

type SlackPort = Door<SlackFileRef, SlackPlace, SlackPosted>;

/** Returns the door as the desk sees it. */
function createDoor(context: ListenerContext, fetch: SlackPort['fetch'], check: SlackPort['check']): SlackPort {
  const { access, admins, sender, workspace } = context;
  return {
    name: 'slack',
    fetch,
    readMessage: (ref) => readSlackHistory(ref, workspace),
    acknowledge: (place) => sender.acknowledge(place),
    say: (place, answer, key, posted) => sender.postAnswer(place, answer, key, posted),
    showStatus: (place, text) => sender.showStatus(place, text),
    remove: (place, posted) => sender.remove(place, posted),
    redraw: (place, answer, outcome) => sender.redraw(place, answer, outcome),
    find: (place, key, since) => sender.find(place, key, since),
    threadBelow: ({ team, channel }, posted) =>
      'ts' in posted ? messageKey(team, posted.channel, posted.ts) : channelKey(team, channel),
    async permits(command, { tenant, who }) {
      if (!access?.adminCommands?.includes(command)) return true;
      return admins.has(who, () => workspace(tenant));
    },
    check,
  };
}

const listeners = [
  listenToMessages,
  listenToFiles,
  listenToCommand,
  listenToButtons,
  listenToForm,
  listenToShortcut,
  listenToHome,
  listenToGreeting,
  listenToUnknown,
];

async function authorize(team: string | undefined, workspaces: Workspaces) {
  const { token, us } = await workspaces.of(team ?? '');
  const { bot, user } = await us();
  return { botToken: token, botId: bot, botUserId: user };
}

/** Returns the function that mounts the door on the HTTP app; undefined when there is nothing to mount. */
function createMount(transport: SlackTransport, installer: Installer | undefined): SlackDoor['mount'] {
  if (!transport.mount && !installer) return undefined;
  return (app) => {
    if (installer) {
      const handle = (request: IncomingMessage, response: ServerResponse, next: (error: unknown) => void) => {
        installer.handle(request, response).catch(next);
      };
      app.use((request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => {
        const path = (request.url ?? '').replace(/\?.*$/, '');
        const isInstallation = request.method === 'GET' && (path === installPath || path === redirectPath);
        return isInstallation ? handle(request, response, next) : next();
      });
    }
    transport.mount?.(app);
  };
}
