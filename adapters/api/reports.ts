import type { Express, RequestHandler } from 'express';
import { RefusedBody, readBody } from './body.js';
import { RequestRate } from './request-rate.js';
import { checkToken, createRefusal, type TokenCheck } from './token-check.js';

/** Limits of watchers: bytes of a report, reports of a token in a minute, milliseconds without data. */
const limits = { bodyBytes: 256 * 1024, perMinute: 120, idleMs: 10_000 } as const;

export interface ReportDeps extends TokenCheck {
  /** Takes one report of a watcher. */
  accept(watcher: string, body: unknown): 'taken' | 'wrong';
  /** Only this machine can reach the listener. */
  loopback: boolean;
  now(): Date;
}

const sentences = {
  400: 'This is not a report of a watcher.',
  401: 'Send the token of this watcher as "Authorization: Bearer …"; frebot token makes one.',
  403: 'Watchers send reports over https, and not from a page.',
  408: 'The body stopped for 10 seconds.',
  413: 'The report is larger than 256 KB.',
  415: 'Send the report as application/json.',
  429: 'Too many requests; try again later.',
} as const;
const refuse = createRefusal(sentences);

/** Returns a function that mounts `POST /api/reports`, where watchers report what they found. */
export function mountReports(deps: ReportDeps): (app: Express) => void {
  const rate = new RequestRate(limits.perMinute, deps.now);

  const handle: RequestHandler = async (req, res) => {
    const { authorization, origin } = req.headers;
    if (origin !== undefined || !isSecure(req, deps.loopback)) return refuse(res, 403);
    const watcher = await checkToken(authorization, deps);
    if (typeof watcher === 'number') return refuse(res, watcher);
    if (rate.admit(watcher) > 0) return refuse(res, 429);
    if (!req.is('application/json')) return refuse(res, 415);
    try {
      const body = parse(await readBody(req, limits.bodyBytes, limits.idleMs));
      if (deps.accept(watcher, body) === 'wrong') return refuse(res, 400);
      res.status(202).json({ taken: true });
    } catch (error) {
      if (!(error instanceof RefusedBody)) throw error;
      refuse(res, error.status);
    }
  };
  return (app) => app.post('/api/reports', handle);
}

/** Off loopback, the proxy in front says whether the watcher spoke TLS. */
function isSecure(req: Parameters<RequestHandler>[0], loopback: boolean): boolean {
  const forwarded = req.headers['x-forwarded-proto'];
  return req.secure || forwarded === 'https' || (loopback && forwarded === undefined);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
