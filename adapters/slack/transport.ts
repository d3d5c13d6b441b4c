import { ExpressReceiver, type Logger, LogLevel, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { TransportState } from './checks.js';
import type { SlackLog } from './listeners/context.js';
import { requestPath } from './manifest.js';
import { DeliveryShapeError } from './receiver.js';
import { slackCode } from './refusals.js';
import { type SlackSettings, SlackSettingsError, transportKind } from './settings.js';

/** How Slack reaches us: a receiver for Bolt, and what opening and closing it takes. */
export interface SlackTransport extends TransportState {
  receiver: Receiver;
  /** With signed HTTP: puts the request URL on the shared HTTP app, before any body parser. */
  mount?(app: { use(handler: Router): unknown }): void;
  /** @throws SlackSettingsError when Slack refuses the token; an unreachable Slack is waited for in the background */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface TransportDeps {
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
  log: SlackLog;
  clock: Clock;
  /** Milliseconds the SDK waits before it connects anew, and for an answer to its pings; 5,000 unless set. */
  reconnectMs?: number | undefined;
  refused(status: number, reason: string): void;
}

export function createTransport(settings: SlackSettings, deps: TransportDeps): SlackTransport {
  return transportKind(settings) === 'socket' ? socketMode(settings.appToken as string, deps) : http(settings, deps);
}

/** How long the start waits for a connection before it goes on without one. */
const patienceMs = 5_000;
/** Pauses between attempts to connect. */
const pauses = { first: 1000, longest: 60_000 };

function socketMode(
  appToken: string,
  { clientOptions, logger, log, clock, reconnectMs }: TransportDeps,
): SlackTransport {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    logLevel: LogLevel.WARN,
    installerOptions: { clientOptions },
    ...(reconnectMs !== undefined && { clientPingTimeout: reconnectMs }),
    // Bolt would say yes where it could not find out whose workspace it is; whatever went wrong, Slack delivers again.
    processEventErrorHandler: async ({ error }) => {
      log.error({ error: error.name }, 'a delivery of Slack was not taken');
      return false;
    },
  });
  const { client } = receiver;
  let connected = false;
  const stopping = new AbortController();
  client.on('connected', () => {
    connected = true;
  });
  for (const gone of ['close', 'disconnected', 'reconnecting'] as const) {
    client.on(gone, () => {
      connected = false;
    });
  }

  // The SDK reconnects by itself, but gives up after a failed attempt, as an unhandled rejection that would end the
  // process. A network that is away comes back, so this tries on until it is stopped.
  const connect = client.start.bind(client);
  let begun = false;
  client.start = async () => {
    for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.longest)) {
      try {
        const connection = await connect();
        begun = true;
        return connection;
      } catch (error) {
        // Refused at the start: a mistake in the settings. Refused later: somebody may mend it while we run.
        if (!begun && slackCode(error)) throw error;
        log.warn({ code: slackCode(error) ?? (error as Error).name }, 'no connection to Slack; trying on');
      }
      await clock.sleep(pause, stopping.signal);
      if (stopping.signal.aborted) return new Promise<never>(() => undefined);
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
      up.catch((error) =>
        log.error({ code: slackCode(error) ?? (error as Error).name }, 'Slack Socket Mode stays closed'),
      );
    },
    async stop() {
      stopping.abort();
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

/** Slack's own limit: so far apart may its clock and ours be, seconds. */
const clockSeconds = 5 * 60;

function http(settings: SlackSettings, { logger: own, refused }: TransportDeps): SlackTransport {
  // Until a signature is checked, what Bolt warns of is what strangers wrote.
  const logger: Logger = { ...own, warn: () => refused(401, 'not signed by Slack') };
  const receiver = new ExpressReceiver({
    signingSecret: settings.signingSecret as string,
    endpoints: requestPath,
    logger,
    // Whatever went wrong, Slack hears no, and nothing else; it delivers again.
    processEventErrorHandler: async ({ error, response }) => {
      const malformed = (error as Error) instanceof DeliveryShapeError;
      if (malformed) refused(400, 'a signed body of another shape');
      if (!response.headersSent) response.writeHead(malformed ? 400 : 500);
      response.end();
      // The request has its answer: Bolt does not warn three seconds later that there is none.
      return true;
    },
  });
  return {
    receiver,
    connected: () => true,
    mount: (app) => {
      const router = express.Router();
      // Bolt refuses a time that is long gone, and takes every other.
      router.use(requestPath, (request: Request, response: Response, next: NextFunction) => {
        if (isNow(request.headers['x-slack-request-timestamp'])) return next();
        refused(401, 'time stamp of another time');
        response.status(401).end();
      });
      router.use(receiver.router);
      app.use(router);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

function isNow(stamp: string | string[] | undefined): boolean {
  if (typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp)) return false;
  return Math.abs(Date.now() / 1000 - Number(stamp)) <= clockSeconds;
}
