import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { isLoopback } from './config.js';

/** Only requests that name this machine as Host: a foreign page whose name resolves to loopback gets nothing. */
export const ownHostOnly: RequestHandler = (req, res, next) => {
  const host = hostName(req.headers.host);
  if (host !== undefined && isLoopback(host)) return next();
  res.status(403).type('text').send('Frebot answers here only as localhost.\n');
};

/** A browser says where a request comes from; another site's script may not press our buttons. */
export const sameOriginOnly: RequestHandler = (req, res, next) => {
  const origin = req.headers.origin;
  const reading = req.method === 'GET' || req.method === 'HEAD';
  if (origin === undefined || reading) return next();
  if (URL.canParse(origin) && new URL(origin).host === req.headers.host) return next();
  res.status(403).type('text').send('This request comes from another site.\n');
};

const cookieName = 'frebot_access';

/** Milliseconds a wrong token waits for its answer, and how many may wait at a time. */
const patience = { ms: 1000, waiting: 50 };

/** Told of each request that is turned away: its status, and why in one of a few words. */
export type RefusalListener = (status: number, reason: string) => void;

/**
 * Lets in who has the token: as `Authorization: Bearer`, in the cookie, or once as `?token=`, which sets the cookie and
 * takes the token out of the address. A wrong one waits a second for its answer.
 */
export function accessToken(token: string, refused: RefusalListener, waitMs = patience.ms): RequestHandler {
  const kept = digest(token).toString('base64url');
  let waiting = 0;
  return async (req, res, next) => {
    const query = typeof req.query.token === 'string' ? req.query.token : undefined;
    if (query !== undefined && same(query, token)) {
      const secure = req.secure || req.headers['x-forwarded-proto'] === 'https';
      res.cookie(cookieName, kept, { httpOnly: true, sameSite: 'strict', secure });
      return void res.redirect(303, ownPath(req.path));
    }
    const bearer = /^bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
    if (bearer !== undefined && same(bearer, token)) return next();
    const cookie = cookieValue(req.headers.cookie);
    if (cookie !== undefined && same(cookie, kept)) return next();
    const wrong = query ?? bearer ?? cookie;
    if (wrong !== undefined) {
      refused(401, 'wrong page token');
      if (waiting >= patience.waiting) return void res.status(429).set('connection', 'close').end();
      waiting++;
      await sleep(waitMs);
      waiting--;
    }
    res.status(401).type('text').send('Open this page once as /?token=<FREBOT_PAGE_TOKEN>.\n');
  };
}

/** A path that a browser can only take for one of this host: `//other.example` and `/\other.example` name another. */
function ownPath(path: string): string {
  const url = `http://localhost/${path.replace(/^[/\\]+/, '')}`;
  const plain = URL.canParse(url) ? new URL(url).pathname : '/';
  return `/${plain.replace(/^\/+/, '')}`;
}

function hostName(host: string | undefined): string | undefined {
  return host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}

function cookieValue(header: string | undefined): string | undefined {
  return new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(header ?? '')?.[1];
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares without telling by its time how much was right. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}
