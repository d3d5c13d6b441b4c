import { App, ExpressReceiver, LogLevel, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt';
import type { Desk } from '../../src/desk/desk.js';
import type { Clock, Door } from '../../src/desk/ports.js';
import { guardedDownload } from '../../src/service/download.js';
import { checks, type Way } from './checks.js';
import { type Download, fetchFile, type SlackFileRef } from './files.js';
import { identityOf } from './identity.js';
import { listenToButtons } from './listeners/buttons.js';
import { listenToCommand } from './listeners/command.js';
import type { Context, Log } from './listeners/context.js';
import { listenToMessages } from './listeners/messages.js';
import { boltLogger } from './logger.js';
import { requestPath } from './manifest.js';
import { acknowledgeWhenClaimed } from './receiver.js';
import { Sender } from './send.js';
import { checkSettings, type SlackSettings, transportOf } from './settings.js';

export type { Log } from './listeners/context.js';
export { type SlackSettings, SlackSettingsError } from './settings.js';

export interface SlackDeps {
  desk: Desk;
  log: Log;
  clock: Clock;
  /** For tests: the guarded download with a local address let in. */
  download?: Download;
}

export interface SlackDoor {
  door: Door;
  /** With signed HTTP: puts `POST /slack/events` on the shared HTTP app, before any body parser. */
  mount?(app: { use(handler: ExpressReceiver['router']): unknown }): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Calls for people: a few quick tries instead of the SDK's half hour. Retry-After of a 429 is honoured besides.
 * The SDK repeats calls that got no answer; a post that arrived all the same is found again by its metadata.
 */
const retryConfig = { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3000, randomize: true };
const callTimeoutMs = 15_000;

/**
 * The Slack door: Socket Mode when an app-level token is set, else signed HTTP.
 * @throws SlackSettingsError when the settings cannot work or would leave the door unguarded
 */
export async function createSlackDoor(settings: SlackSettings, deps: SlackDeps): Promise<SlackDoor> {
  checkSettings(settings);
  const logger = boltLogger(deps.log);
  const clientOptions: webApi.WebClientOptions = {
    logger,
    retryConfig,
    timeout: callTimeoutMs,
    ...(settings.apiUrl && { slackApiUrl: settings.apiUrl }),
  };
  const client = new webApi.WebClient(settings.botToken, clientOptions);
  const us = identityOf(client);
  const sender = new Sender(client);

  const way = wayIn(settings, clientOptions, logger);
  const app = new App({
    receiver: acknowledgeWhenClaimed(way.receiver),
    authorize: async () => {
      const { bot, user } = await us();
      return { botToken: settings.botToken, botId: bot, botUserId: user };
    },
    // Our own messages are left out by messageOf, which also sees those of other bots.
    ignoreSelf: false,
    convoStore: false,
    logger,
    clientOptions,
  });
  // Bolt would swallow the failure of a listener; passed on, it keeps Slack from hearing yes.
  app.error((error) => Promise.reject(error));
  const context: Context = { desk: deps.desk, client, sender, clock: deps.clock, log: deps.log, us };
  listenToMessages(app, context);
  listenToCommand(app, context);
  listenToButtons(app, context);

  const scopes = async () => (await us()).scopes;
  const door: Door = {
    name: 'slack',
    fetch: (file) =>
      fetchFile(file as SlackFileRef, {
        client,
        token: settings.botToken,
        download: deps.download ?? guardedDownload,
        scopes,
      }),
    acknowledge: (where) => sender.acknowledge(where),
    say: (where, answer, key, posted) => sender.say(where, answer, key, posted),
    find: (where, key) => sender.find(where, key),
    check: () => checks(client, settings, way),
  };
  return { door, ...(way.mount && { mount: way.mount }), start: way.start, stop: way.stop };
}

interface WayIn extends Pick<SlackDoor, 'mount' | 'start' | 'stop'>, Way {
  receiver: Receiver;
}

type Logger = ReturnType<typeof boltLogger>;

function wayIn(settings: SlackSettings, clientOptions: webApi.WebClientOptions, logger: Logger): WayIn {
  return transportOf(settings) === 'socket' ? socket(settings, clientOptions, logger) : http(settings, logger);
}

function socket(settings: SlackSettings, clientOptions: webApi.WebClientOptions, logger: Logger): WayIn {
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken as string,
    logger,
    logLevel: LogLevel.WARN,
    installerOptions: {
      clientOptions: { ...clientOptions, retryConfig: { ...retryConfig, retries: 100, maxTimeout: 30_000 } },
    },
  });
  let connected = false;
  receiver.client.on('connected', () => {
    connected = true;
  });
  for (const gone of ['disconnected', 'reconnecting', 'close']) {
    receiver.client.on(gone, () => {
      connected = false;
    });
  }
  return {
    receiver,
    connected: () => connected,
    reach: () => new webApi.WebClient(settings.appToken, clientOptions).apps.connections.open({}),
    start: async () => {
      await receiver.start();
    },
    stop: async () => {
      await receiver.stop();
    },
  };
}

function http(settings: SlackSettings, logger: Logger): WayIn {
  const receiver = new ExpressReceiver({
    signingSecret: settings.signingSecret as string,
    endpoints: requestPath,
    logger,
    // Whatever went wrong, Slack hears no, and nothing else; it delivers again.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
      return false;
    },
  });
  return {
    receiver,
    connected: () => true,
    mount: (app) => {
      app.use(receiver.router);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}
