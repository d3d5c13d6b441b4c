import { ExpressReceiver, type Logger, LogLevel, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt';
import type { Clock } from '../../src/desk/ports.js';
import type { Way } from './checks.js';
import type { Log } from './listeners/context.js';
import { requestPath } from './manifest.js';
import { slackCode } from './send.js';
import { type SlackSettings, SlackSettingsError, transportOf } from './settings.js';

/** How Slack reaches us: a receiver for Bolt, and what opening and closing it takes. */
export interface WayIn extends Way {
  receiver: Receiver;
  /** With signed HTTP: puts the request URL on the shared HTTP app, before any body parser. */
  mount?(app: { use(handler: ExpressReceiver['router']): unknown }): void;
  /** @throws SlackSettingsError when Slack refuses the token; an unreachable Slack is waited for in the background */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface WayDeps {
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
  log: Log;
  clock: Clock;
}

export function wayIn(settings: SlackSettings, deps: WayDeps): WayIn {
  return transportOf(settings) === 'socket' ? socketMode(settings.appToken as string, deps) : http(settings, deps);
}

/** How long the start waits for a connection before it goes on without one. */
const patienceMs = 10_000;
/** Pause after a refused reconnection. */
const againMs = 60_000;
/** A network that is away comes back: the address of a connection is asked for until there is one. */
const askForever = { forever: true, factor: 1.5, minTimeout: 500, maxTimeout: 30_000, randomize: true };

function socketMode(appToken: string, { clientOptions, logger, log, clock }: WayDeps): WayIn {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    logLevel: LogLevel.WARN,
    installerOptions: { clientOptions: { ...clientOptions, retryConfig: askForever } },
  });
  const { client } = receiver;
  let connected = false;
  let stopped = false;
  client.on('connected', () => {
    connected = true;
  });
  for (const gone of ['close', 'disconnected', 'reconnecting'] as const) {
    client.on(gone, () => {
      connected = false;
    });
  }

  // The SDK reconnects by itself, but leaves a refusal then as an unhandled rejection, which would end the process.
  const connect = client.start.bind(client);
  let begun = false;
  client.start = async () => {
    for (;;) {
      try {
        const connection = await connect();
        begun = true;
        return connection;
      } catch (error) {
        if (!begun || stopped) throw error;
        log.error({ code: slackCode(error) ?? (error as Error).name }, 'Slack refused to reconnect');
        await clock.sleep(againMs);
      }
    }
  };

  return {
    receiver,
    connected: () => connected,
    reach: () => new webApi.WebClient(appToken, clientOptions).apps.connections.open({}),
    async start() {
      const patience = new AbortController();
      const up = receiver.start().finally(() => patience.abort());
      await Promise.race([
        up.catch((error) => Promise.reject(refusal(error))),
        clock.sleep(patienceMs, patience.signal),
      ]);
      if (connected) return;
      log.warn({}, 'Slack does not answer yet; trying on');
      up.catch((error) =>
        log.error({ code: slackCode(error) ?? (error as Error).name }, 'Slack Socket Mode stays closed'),
      );
    },
    async stop() {
      stopped = true;
      await receiver.stop();
    },
  };
}

function refusal(error: unknown): unknown {
  const code = slackCode(error);
  if (!code) return error;
  return new SlackSettingsError(
    `Slack refuses a Socket Mode connection (${code}): SLACK_APP_TOKEN must be an app-level token of this app with connections:write, and Socket Mode must be on.`,
  );
}

function http(settings: SlackSettings, { logger }: WayDeps): WayIn {
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
