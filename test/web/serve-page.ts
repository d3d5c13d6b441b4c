import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { type WebDeps, webDoor } from '../../adapters/web/index.js';

export interface ServedPage {
  origin: string;
  port: number;
  stop(): Promise<void>;
}

interface PageOptions extends Partial<Pick<WebDeps, 'now' | 'uploads'>> {
  /** Handles a request before the page does. */
  before?: RequestHandler;
  /** Handles what the page throws. */
  onError?: ErrorRequestHandler;
}

const fixedTime = () => new Date('2026-06-08T20:00:00Z');

/** Serves the page of a desk on a free port of loopback; the time is fixed unless `now` says otherwise. */
export async function servePage(desk: WebDeps['desk'], options: PageOptions = {}): Promise<ServedPage> {
  const { now = fixedTime, uploads, before, onError } = options;
  const app = express();
  if (before) app.use(before);
  app.use(webDoor({ desk, root: resolve(import.meta.dirname, '../..'), now, ...(uploads && { uploads }) }));
  if (onError) app.use(onError);
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
