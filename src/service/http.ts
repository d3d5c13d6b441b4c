import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Check } from '../desk/ports/door.js';
import { accessToken, ownHostOnly, type RefusalListener, sameOriginOnly } from './access.js';
import { type Config, ConfigError } from './config.js';

/** Everything that is served. `platforms` mounts `/api/messages`, `/slack/*`, `/teams/*` and, with a public address, `/reports/*`; `page` is for this machine alone. */
export interface Routes {
  platforms: ((app: Express) => void)[];
  page: Router;
  ready(): Promise<Check[]>;
  metrics(): Promise<{ type: string; text: string }>;
  /** Returns one JSON object for each diagnosis that a user rejected with "Not it". */
  review(): Promise<object[]>;
  /** Called with an unexpected error and the id that the caller got. */
  failed(error: unknown, id: string): void;
  refused: RefusalListener;
}

export interface Listeners {
  /** URL at which the platforms reach Frebot. */
  address: string;
  /** URL of the page. */
  page: string;
  /** Accepts no new connections; closes those with requests in hand after `limitMs` milliseconds. */
  close(limitMs: number): Promise<void>;
}

/**
 * Starts listening. On loopback one listener serves everything. Off loopback the outer listener answers only
 * `/api/messages`, `/slack/*`, `/teams/*` and `/healthz`; page, `/readyz` and `/metrics` move to loopback on the next port, unless an
 * access token is set: then the outer listener serves them to callers that have it. Throws ConfigError when a port is taken.
 */
export async function listen(config: Config, routes: Routes): Promise<Listeners> {
  const outer = createPlatformApp(routes.platforms);
  const inner = config.loopback || config.pageToken ? outer : createPlatformApp([]);
  const guard = config.pageToken && !config.loopback ? accessToken(config.pageToken, routes.refused) : ownHostOnly;
  inner.use(guard, sameOriginOnly, pageHeaders, operatorRoutes(routes), routes.page);
  const apps = inner === outer ? [outer] : [outer, inner];
  for (const app of apps) {
    app.use((_req, res) => void res.status(404).end());
    app.use(errorHandler(routes.failed));
  }

  const servers = [await start(outer, config.host, config.port)];
  if (inner !== outer) servers.push(await start(inner, '127.0.0.1', config.port && config.port + 1));
  return {
    address: `http://${config.host}:${port(servers[0] as Server)}`,
    page: `http://${inner === outer && !config.loopback ? config.host : 'localhost'}:${port(servers.at(-1) as Server)}`,
    close: async (limitMs) => {
      await Promise.all(servers.map((server) => stop(server, limitMs)));
    },
  };
}

/** Creates an app with the platforms' routes and `/healthz`. */
function createPlatformApp(platforms: Routes['platforms']): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_req, res) => void res.json({ alive: true }));
  for (const mount of platforms) mount(app);
  return app;
}

/** Returns the operator's routes. */
function operatorRoutes(routes: Routes): Router {
  const router = express.Router();
  const ready = cacheBriefly(() => routes.ready());
  router.get('/readyz', async (_req, res) => {
    const checks = await ready();
    res.status(checks.some((check) => check.state === 'missing' && !check.optional) ? 503 : 200).json({ checks });
  });
  router.get('/metrics', async (_req, res) => {
    const { type, text } = await routes.metrics();
    res.type(type).send(text);
  });
  router.get('/review', async (_req, res) => {
    const lines = (await routes.review()).map((line) => `${JSON.stringify(line)}\n`);
    res.type('application/x-ndjson').send(lines.join(''));
  });
  return router;
}

const checkCacheMs = 15_000;

/** Caches the result, so that a probe every second does not call Slack and Entra every second. */
function cacheBriefly<T>(check: () => Promise<T>): () => Promise<T> {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let result: Promise<T>;
  return () => {
    if (performance.now() - checkedAt > checkCacheMs) {
      checkedAt = performance.now();
      result = check();
      result.catch(() => {
        checkedAt = Number.NEGATIVE_INFINITY;
      });
    }
    return result;
  };
}

const pageHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  // The page is plain http on loopback; a browser that insists on https could not open it again.
  strictTransportSecurity: false,
});

/** Sends neither a stack nor a page of the framework: a malformed body gets its status, any other error an id. */
function errorHandler(failed: Routes['failed']): ErrorRequestHandler {
  return (error, _req, res, _next) => {
    const status = Number((error as { status?: unknown }).status);
    if (res.headersSent) return void res.destroy();
    if (status >= 400 && status < 500) return void res.status(status).end();
    const id = crypto.randomUUID().slice(0, 8);
    failed(error, id);
    res.status(500).json({ error: 'internal', id });
  };
}

function start(app: Express, host: string, portNumber: number): Promise<Server> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError(
              `FREBOT_PORT ${portNumber} is in use by another process; for example: FREBOT_PORT=${portNumber + 10}`,
            )
          : error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
            ? new ConfigError('FREBOT_HOST is not an address of this machine; for example: 127.0.0.1')
            : error,
      );
    });
    server.listen(portNumber, host, () => resolve(server));
  });
}

function port(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function stop(server: Server, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    // Without a limit, an upload that never ends would block the stop.
    const limit = setTimeout(() => server.closeAllConnections(), limitMs);
    server.close(() => {
      clearTimeout(limit);
      resolve();
    });
    server.closeIdleConnections();
  });
}
