import type { Express, Request, RequestHandler } from 'express';
import type { Desk } from '../../src/desk/desk.js';
import { diagnosisJson } from '../../src/desk/json.js';
import { RefusedBody, readBody } from './body.js';
import { RequestRate } from './request-rate.js';
import { checkToken, createRefusal, type TokenCheck } from './token-check.js';

const megabyte = 1024 * 1024;

/** Limits of pipelines: bytes of a body, bodies in hand, requests of a token in a minute, milliseconds without data. */
const limits = { bodyBytes: 50 * megabyte, atOnce: 4, perMinute: 60, idleMs: 20_000 } as const;

export interface ApiDeps extends TokenCheck {
  desk: Desk;
  /** True when the page answers at the same address: what carries no token of ours is left to it. */
  pageBehind: boolean;
  now(): Date;
  /** For tests: smaller limits. */
  limits?: Partial<Record<keyof typeof limits, number>>;
}

const sentences = {
  401: 'Send the token of this pipeline as "Authorization: Bearer …"; frebot token makes one.',
  413: 'The file is larger than 50 MB; send it as a zip, or send fewer logs.',
  415: 'Send one file as the body, with Content-Type application/octet-stream, application/xml, application/zip or text/plain; several files go into a zip.',
  429: 'Too many requests; try again later.',
  400: 'The body broke off, or is empty.',
  408: 'The body stopped for 20 seconds.',
} as const;
const refuse = createRefusal(sentences);

/** Returns a function that mounts `POST /api/diagnose` for pipelines: a file in, the object of `diagnose --json` out. */
export function mountApi(deps: ApiDeps): (app: Express) => void {
  const { desk, pageBehind } = deps;
  const { bodyBytes, atOnce, perMinute, idleMs } = { ...limits, ...deps.limits };
  const rate = new RequestRate(perMinute, deps.now);
  let inHand = 0;

  const handle: RequestHandler = async (req, res, next) => {
    const { authorization } = req.headers;
    if (authorization === undefined && pageBehind) return next();
    const name = await checkToken(authorization, deps);
    if (typeof name === 'number') return refuse(res, name);
    const waitSeconds = rate.admit(name);
    if (waitSeconds > 0 || inHand >= atOnce) {
      res.set('Retry-After', String(Math.max(1, waitSeconds)));
      return refuse(res, 429);
    }
    if (!isFile(req)) return refuse(res, 415);
    inHand++;
    try {
      const bytes = await readBody(req, bodyBytes, idleMs);
      if (bytes.length === 0) return refuse(res, 400);
      const { report, answer } = await desk.diagnose([{ name: fileName(req), bytes }]);
      res.json(diagnosisJson(report, answer));
    } catch (error) {
      if (!(error instanceof RefusedBody)) throw error;
      refuse(res, error.status);
    } finally {
      inHand--;
    }
  };
  return (app) => app.post('/api/diagnose', handle);
}

function isFile(req: Request): boolean {
  const types = [
    'application/octet-stream',
    'application/xml',
    'application/zip',
    'application/x-zip-compressed',
    'text/*',
  ];
  return Boolean(req.is(types));
}

/** Returns the name in `?name=`, by which proofs call the file. */
function fileName(req: Request): string {
  const { name } = req.query;
  return typeof name === 'string' && name !== '' ? name.slice(0, 260) : 'body';
}
