import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import * as z from 'zod';
import { traceOf } from '../../../src/desk/trouble.js';
import type { TeamsLog } from '../log.js';
import type { Activity } from '../platform/activity.js';
import { type Platform, UnauthenticatedError, VerificationError } from '../platform/platform.js';
import type { TeamsSettings } from '../settings.js';
import type { TeamsBot } from './activities.js';
import { findRefusal } from './trust.js';

export type App = Pick<Express, 'use' | 'get'>;

/**
 * Limit of a request body. A message of Teams has at most 100 KB in all (Microsoft, "Format your bot messages"), and its
 * text comes twice: plain and as HTML. A message action carries the message on which it was used.
 */
const bodyLimit = '256kb';

interface MountDeps {
  settings: TeamsSettings;
  platform: Platform;
  bot: TeamsBot;
  log: TeamsLog;
  refused?: TeamsRefusalListener | undefined;
}

/** Receives the status of each refused request, and the reason in one of a few fixed phrases. */
export type TeamsRefusalListener = (status: number, reason: string) => void;

/** Mounts `POST /api/messages` on the app. Every refusal is a bare status, so a caller without a token learns nothing. */
export function mountMessages(app: App, { settings, platform, bot, log, refused }: MountDeps): void {
  const report: TeamsRefusalListener =
    refused ?? ((status, reason) => log.warn({ status, reason }, 'teams: request refused'));
  const router = express.Router();
  router.post(
    '/',
    (req: Request, res: Response, next: NextFunction) => {
      // A request without a token is refused before its body is read.
      if (settings.appId && !req.headers.authorization) return refuse(res, 401, 'no token');
      next();
    },
    express.json({ limit: bodyLimit }),
    async (req: Request, res: Response) => {
      if (!isActivity(req.body)) return refuse(res, 400, 'not an activity');
      try {
        const response = await platform.receive(
          req as Request & { body: Activity },
          (activity) => {
            const reason = findRefusal(activity, settings);
            if (reason) report(403, reason);
            return reason === undefined;
          },
          (activity) => bot.handleActivity(activity),
        );
        if (response === 'refused') return void res.status(403).end();
        res.status(response?.status ?? 200);
        if (response?.body === undefined) res.end();
        else res.json(response.body);
      } catch (error) {
        if (error instanceof UnauthenticatedError) return refuse(res, 401, error.message);
        if (error instanceof VerificationError) return refuse(res, 503, error.message);
        throw error;
      }
    },
  );
  // Express would answer OPTIONS with 200.
  router.all('/', (_req: Request, res: Response) => refuse(res, 405, 'not a POST'));
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const { status, type } = error as { status?: number; type?: string };
    if (status !== undefined && status < 500) return refuse(res, status, type ?? 'bad request');
    log.error({ ...traceOf(error) }, 'teams: a turn failed; Teams got a 500');
    res.status(500).end();
  });
  app.use('/api/messages', router);

  function refuse(res: Response, status: number, reason: string): void {
    report(status, reason);
    res.status(status).end();
  }
}

const text = z.string().nullish();
const account = z.looseObject({ id: text, aadObjectId: text }).nullish();
const activitySchema = z.looseObject({
  type: z.string(),
  id: text,
  name: text,
  text,
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: text, tenantId: text, conversationType: text }).nullish(),
});

/** True when the fields that every handler reads have the right types. Handlers check the other fields themselves. */
function isActivity(body: unknown): body is Activity {
  return activitySchema.safeParse(body).success;
}
