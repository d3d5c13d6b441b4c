import type { Activity } from 'botbuilder';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { traceOf } from '../../../src/desk/trouble.js';
import { type TeamsAdapter, UnauthenticatedError, VerificationError } from '../adapter.js';
import type { TeamsLog } from '../log.js';
import type { TeamsSettings } from '../settings.js';
import type { TeamsBot } from './activities.js';
import { findRefusal } from './trust.js';

export type App = Pick<Express, 'use' | 'get'>;

/**
 * A message of Teams has at most 100 KB with everything in it (Microsoft, "Format your bot messages"), and its text comes
 * twice: plain and as HTML. A message action carries the message it was used on.
 */
const bodyLimit = '256kb';

interface Parts {
  settings: TeamsSettings;
  adapter: TeamsAdapter;
  bot: TeamsBot;
  log: TeamsLog;
  refused?: TeamsRefusalListener | undefined;
}

/** Told of each request that is turned away: its status, and why in one of a few words. */
export type TeamsRefusalListener = (status: number, reason: string) => void;

/**
 * Puts `POST /api/messages` on the app. Every refusal is a bare status: who has no token learns nothing.
 */
export function mountMessages(app: App, { settings, adapter, bot, log, refused }: Parts): void {
  const told: TeamsRefusalListener =
    refused ?? ((status, reason) => log.warn({ status, reason }, 'teams: request refused'));
  const router = express.Router();
  router.post(
    '/',
    (req: Request, res: Response, next: NextFunction) => {
      // No token, no reading of the body either.
      if (settings.appId && !req.headers.authorization) return refuse(res, 401, 'no token');
      next();
    },
    express.json({ limit: bodyLimit }),
    async (req: Request, res: Response) => {
      if (!isActivity(req.body)) return refuse(res, 400, 'not an activity');
      try {
        const answer = await adapter.receive(
          req as Request & { body: Activity },
          (activity) => {
            const reason = findRefusal(activity, settings);
            if (reason) told(403, reason);
            return reason === undefined;
          },
          (context) => bot.handleActivity(context),
        );
        if (answer === 'refused') return void res.status(403).end();
        res.status(answer?.status ?? 200);
        if (answer?.body === undefined) res.end();
        else res.json(answer.body);
      } catch (error) {
        if (error instanceof UnauthenticatedError) return refuse(res, 401, error.message);
        if (error instanceof VerificationError) return refuse(res, 503, error.message);
        throw error;
      }
    },
  );
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const { status, type } = error as { status?: number; type?: string };
    if (status !== undefined && status < 500) return refuse(res, status, type ?? 'bad request');
    log.error({ ...traceOf(error) }, 'teams: a turn failed, and Teams was told so');
    res.status(500).end();
  });
  app.use('/api/messages', router);

  function refuse(res: Response, status: number, reason: string): void {
    told(status, reason);
    res.status(status).end();
  }
}

const text = z.string().nullish();
const party = z.looseObject({ id: text, aadObjectId: text }).nullish();
const shape = z.looseObject({
  type: z.string(),
  id: text,
  name: text,
  text,
  from: party,
  recipient: party,
  conversation: z.looseObject({ id: text, tenantId: text, conversationType: text }).nullish(),
});

/** Text where text belongs; everything else of an activity is looked at with care where it is used. */
function isActivity(body: unknown): body is Activity {
  return shape.safeParse(body).success;
}
