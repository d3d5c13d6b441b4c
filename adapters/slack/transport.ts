import { ExpressReceiver, type Logger, LogLevel, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { TransportState } from './checks.js';
import type { SlackLog } from './listeners/context.js';
import { endpointPath } from './manifest.js';
import { DeliveryShapeError } from './receiver.js';
import { slackCode } from './refusals.js';
import { type SlackSettings, SlackSettingsError, transportKind } from './settings.js';

/** How Slack reaches us: a receiver for Bolt, with functions to open and close it. */
export interface SlackTransport extends TransportState {
  receiver: Receiver;
  /** Mounts the request URL of signed HTTP on the shared HTTP app, before any body parser. */
  mount?(app: { use(handler: Router): unknown }): void;
  /** Waits in the background for a Slack that cannot be reached. @throws SlackSettingsError when Slack refuses the token */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface TransportDeps {
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
  log: SlackLog;
  clock: Clock;
  /** Milliseconds that the SDK waits before it reconnects, and for an answer to its pings; 5,000 unless set. */
  reconnectMs?: number | undefined;
  refused(status: number, reason: string): void;
}

export function createTransport(settings: SlackSettings, deps: TransportDeps): SlackTransport {
  return transportKind(settings) === 'socket'
    ? openSocketMode(settings.appToken as string, deps)
    : openHttp(settings, deps);
}

/** Milliseconds that the start waits for a connection before it continues without one. */
const startWaitMs = 5_000;
/** Pauses between attempts to connect, milliseconds. */
const pauses = { first: 1000, longest: 60_000 };

function openSocketMode(
  appToken: string,
  { clientOptions, logger, log, clock, reconnectMs }: TransportDeps,
): SlackTransport {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    logLevel: LogLevel.WARN,
    installerOptions: { clientOptions },
    ...(reconnectMs !== undefined && { clientPingTimeout: reconnectMs }),
    // Bolt would acknowledge when it cannot find the workspace. Without an acknowledgement Slack delivers again.
    processEventErrorHandler: async ({ error }) => {
      log.error({ error: error.name }, 'Slack: a delivery was not accepted');
      return false;
    },
  });
  const stopping = new AbortController();
  const isConnected = watchConnection(receiver.client);
  retryConnecting(receiver.client, stopping.signal, clock, log);

  return {
    receiver,
    connected: isConnected,
    requestConnection: () => new webApi.WebClient(appToken, clientOptions).apps.connections.open({}),
    async start() {
      const waiting = new AbortController();
      const starting = receiver.start().finally(() => waiting.abort());
      await Promise.race([
        starting.catch((error) => Promise.reject(explainStartFailure(error))),
        clock.sleep(startWaitMs, waiting.signal),
      ]);
      if (isConnected()) return;
      starting.catch((error) =>
        log.error({ code: slackCode(error) ?? (error as Error).name }, 'Slack Socket Mode stays closed'),
      );
    },
    async stop() {
      stopping.abort();
      await receiver.stop();
    },
  };
}

/** Returns a function that tells whether the client is connected. */
function watchConnection(client: SocketModeReceiver['client']): () => boolean {
  let connected = false;
  client.on('connected', () => {
    connected = true;
  });
  for (const lost of ['close', 'disconnected', 'reconnecting'] as const) {
    client.on(lost, () => {
      connected = false;
    });
  }
  return () => connected;
}

/**
 * Lets the client connect again until it is stopped, because a network that is down comes back. The SDK itself gives up after a
 * failed attempt, with an unhandled rejection that would end the process.
 */
function retryConnecting(
  client: SocketModeReceiver['client'],
  stopped: AbortSignal,
  clock: Clock,
  log: TransportDeps['log'],
): void {
  const connect = client.start.bind(client);
  let connectedOnce = false;
  client.start = async () => {
    for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.longest)) {
      try {
        const connection = await connect();
        connectedOnce = true;
        return connection;
      } catch (error) {
        // A refusal at the start is a mistake in the settings. The cause of a later one may be fixed while the process runs.
        if (!connectedOnce && slackCode(error)) throw error;
        log.warn({ code: slackCode(error) ?? (error as Error).name }, 'no connection to Slack; retrying');
      }
      await clock.sleep(pause, stopped);
      if (stopped.aborted) return new Promise<never>(() => undefined);
    }
  };
}

function explainStartFailure(error: unknown): unknown {
  const code = slackCode(error);
  if (!code) return error;
  return new SlackSettingsError(
    `Slack refuses a Socket Mode connection (${code}): SLACK_APP_TOKEN must be an app-level token of this app with connections:write, and Socket Mode must be on.`,
  );
}

/** Seconds by which Slack's clock and this machine's may differ: Slack's documented limit. */
const clockSeconds = 5 * 60;

function openHttp(settings: SlackSettings, { logger: boltLogger, refused }: TransportDeps): SlackTransport {
  // Bolt's warnings before the signature check quote the request, so only the refusal is reported.
  const logger: Logger = { ...boltLogger, warn: () => refused(401, 'not signed by Slack') };
  const receiver = new ExpressReceiver({
    signingSecret: settings.signingSecret as string,
    endpoints: endpointPath,
    logger,
    // Slack reads a bare status and delivers again.
    processEventErrorHandler: async ({ error, response }) => {
      const malformed = (error as Error) instanceof DeliveryShapeError;
      if (malformed) refused(400, 'a signed body of another shape');
      if (!response.headersSent) response.writeHead(malformed ? 400 : 500);
      response.end();
      // Keeps Bolt from warning three seconds later that the request has no answer.
      return true;
    },
  });
  return {
    receiver,
    connected: () => true,
    mount: (app) => {
      const router = express.Router();
      // Bolt refuses time stamps that are too old, but accepts those from the future.
      router.use(endpointPath, (request: Request, response: Response, next: NextFunction) => {
        if (isRecent(request.headers['x-slack-request-timestamp'])) return next();
        refused(401, 'time stamp too old or in the future');
        response.status(401).end();
      });
      router.use(receiver.router);
      app.use(router);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

function isRecent(stamp: string | string[] | undefined): boolean {
  if (typeof stamp !== 'string' || !/^\d{1,12}$/.test(stamp)) return false;
  return Math.abs(Date.now() / 1000 - Number(stamp)) <= clockSeconds;
}
