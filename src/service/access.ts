import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { hashToken, readBearer } from './bearer.js';
import { isLoopback } from './config.js';

/** Refuses requests whose Host is not this machine, so that a foreign page whose name resolves to loopback gets nothing. */
export const ownHostOnly: RequestHandler = (req, res, next) => {
  const host = hostName(req.headers.host);
  if (host !== undefined && isLoopback(host)) return next();
  res.status(403).type('text').send('Frebot answers here only as localhost.\n');
};

/** Refuses changes that a browser sends from another origin: another site's script must not press our buttons. */
export const sameOriginOnly: RequestHandler = (req, res, next) => {
  const origin = req.headers.origin;
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  if (origin === undefined || isRead) return next();
  if (URL.canParse(origin) && new URL(origin).host === req.headers.host) return next();
  res.status(403).type('text').send('This request comes from another site.\n');
};

const cookieName = 'frebot_access';

/** Slows down guessing: milliseconds before a wrong token is answered, and how many requests may wait at a time. */
const guessDelay = { ms: 1000, maxWaiting: 50 };

/** Returns a function that delays the answer to a wrong token; it resolves to false at once when too many wait already. */
export function createGuessBrake(waitMs = guessDelay.ms): () => Promise<boolean> {
  let waiting = 0;
  return async () => {
    if (waiting >= guessDelay.maxWaiting) return false;
    waiting++;
    await sleep(waitMs);
    waiting--;
    return true;
  };
}

/** Called for each refused request with its status and one of a few fixed reasons. */
export type RefusalListener = (status: number, reason: string) => void;

/**
 * Admits callers that send the token: as `Authorization: Bearer`, in the cookie, or once as `?token=`, which sets the cookie
 * and redirects to the address without it. Answers 401 otherwise, after a second when a wrong token was sent.
 * @param refused called for each wrong token
 * @param waitMs milliseconds before a wrong token is answered
 */
export function accessToken(token: string, refused: RefusalListener, waitMs = guessDelay.ms): RequestHandler {
  const cookieToken = hashToken(token).toString('base64url');
  const brake = createGuessBrake(waitMs);
  return async (req, res, next) => {
    const query = typeof req.query.token === 'string' ? req.query.token : undefined;
    if (query !== undefined && isEqual(query, token)) {
      const secure = req.secure || req.headers['x-forwarded-proto'] === 'https';
      res.cookie(cookieName, cookieToken, { httpOnly: true, sameSite: 'strict', secure });
      return void res.redirect(303, localPath(req.path));
    }
    const bearer = readBearer(req.headers.authorization);
    if (bearer !== undefined && isEqual(bearer, token)) return next();
    const cookie = cookieValue(req.headers.cookie);
    if (cookie !== undefined && isEqual(cookie, cookieToken)) return next();
    const wrong = query ?? bearer ?? cookie;
    if (wrong !== undefined) {
      refused(401, 'wrong page token');
      if (!(await brake())) return void res.status(429).set('connection', 'close').end();
    }
    res.status(401).type('text').send('Open this page once as /?token=<FREBOT_PAGE_TOKEN>.\n');
  };
}

/** Returns a path that a browser resolves on this host only; `//other.example` and `/\other.example` name another host. */
function localPath(path: string): string {
  const url = `http://localhost/${path.replace(/^[/\\]+/, '')}`;
  const pathname = URL.canParse(url) ? new URL(url).pathname : '/';
  return `/${pathname.replace(/^\/+/, '')}`;
}

function hostName(host: string | undefined): string | undefined {
  return host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}

function cookieValue(header: string | undefined): string | undefined {
  return new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(header ?? '')?.[1];
}

/** Compares in constant time, so that the duration does not reveal how much was right. */
function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(hashToken(a), hashToken(b));
}
