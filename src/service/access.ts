import { createHash, timingSafeEqual } from 'node:crypto';
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

/**
 * Lets in who has the token: as `Authorization: Bearer`, in the cookie, or once as `?token=`, which sets the cookie and
 * takes the token out of the address.
 */
export function accessToken(token: string): RequestHandler {
  return (req, res, next) => {
    const offered = typeof req.query.token === 'string' ? req.query.token : undefined;
    if (offered !== undefined && same(offered, token)) {
      const secure = req.secure || req.headers['x-forwarded-proto'] === 'https';
      res.cookie(cookieName, digest(token).toString('base64url'), { httpOnly: true, sameSite: 'strict', secure });
      return void res.redirect(303, req.path);
    }
    const bearer = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1];
    if (bearer !== undefined && same(bearer, token)) return next();
    const cookie = cookieValue(req.headers.cookie);
    if (cookie !== undefined && same(cookie, digest(token).toString('base64url'))) return next();
    res.status(401).type('text').send('Open this page once as /?token=<FREBOT_PAGE_TOKEN>.\n');
  };
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
