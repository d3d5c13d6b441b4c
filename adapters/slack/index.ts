import { App, webApi } from '@slack/bolt';
import type { Desk } from '../../src/desk/desk.js';
import type { Clock, Door } from '../../src/desk/ports.js';
import { guardedDownload } from '../../src/service/download.js';
import { checks } from './checks.js';
import { type Download, fetchFile, type SlackFileRef } from './files.js';
import { identityOf } from './identity.js';
import { listenToButtons } from './listeners/buttons.js';
import { listenToCommand } from './listeners/command.js';
import type { Context, Log } from './listeners/context.js';
import { listenToForm } from './listeners/form.js';
import { listenToHome } from './listeners/home.js';
import { listenToMessages } from './listeners/messages.js';
import { listenToShortcut } from './listeners/shortcut.js';
import { boltLogger } from './logger.js';
import { acknowledgeWhenClaimed } from './receiver.js';
import { Sender } from './send.js';
import { checkSettings, type SlackSettings } from './settings.js';
import { type WayIn, wayIn } from './way.js';

export type { Log } from './listeners/context.js';
export { type SlackSettings, SlackSettingsError } from './settings.js';

export interface SlackDeps {
  desk: Desk;
  log: Log;
  clock: Clock;
  /** For tests: the guarded download with a local address let in. */
  download?: Download;
}

export interface SlackDoor extends Pick<WayIn, 'mount' | 'start' | 'stop'> {
  door: Door;
}

/** Calls for people: a few quick tries instead of the SDK's half hour. Retry-After of a 429 is honoured besides. */
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
  // A post that got no answer may have arrived: the desk looks before it posts again, so the SDK must not.
  const once = { ...clientOptions, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const sender = new Sender(client, new webApi.WebClient(settings.botToken, once), deps.clock);

  const way = wayIn(settings, { clientOptions, logger, log: deps.log, clock: deps.clock });
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
  listenToForm(app, context);
  listenToShortcut(app, context);
  listenToHome(app, context);

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
