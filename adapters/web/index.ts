import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Answer } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { renderAnswer, renderReport } from './render.js';
import { NoForm, type UploadLimits, Uploads } from './upload.js';

/** What the page needs: the desk, and the package root that holds `adapters/web/page` and `adapters/web/samples`. */
export interface WebDeps {
  desk: Desk;
  root: string;
  now(): Date;
  /** For tests: smaller bounds of uploads. */
  uploads?: Partial<UploadLimits>;
}

/** What the page sends; everything else is no request of ours. */
const question = z.object({ text: z.string(), thread: z.string().optional() });
const button = z.object({ action: z.string(), case: z.string(), part: z.string().optional() });

/** Makes the self-contained report of an answer: one HTML page with its styles, without script. */
export function reportPage(root: string, now: () => Date): (answer: Answer) => string {
  const css = readFileSync(join(root, 'adapters/web/page/page.css'), 'utf8');
  return (answer) => renderReport(answer, css, now().toISOString().slice(0, 19).replace('T', ' ')).markup;
}

/** The person at the page: there is one, on this machine. */
const person = { door: 'web', tenant: 'local', who: 'local' } as const;

/**
 * The page and its few endpoints, to be mounted on the loopback listener. Every answer leaves as escaped HTML
 * together with the Answer itself. Errors are answers of the catalogue with status 200: the page has one way to show things.
 */
export function webDoor({ desk, root, now, uploads: limits }: WebDeps): Router {
  const router = express.Router();
  const uploads = new Uploads(limits);
  const page = join(root, 'adapters/web/page');
  const report = reportPage(root, now);

  router.post('/api/ask', express.json({ limit: '512kb' }), async (req: Request, res: Response) => {
    const asked = question.safeParse(req.body);
    if (!asked.success) return void res.status(400).end();
    const { text, thread } = asked.data;
    const { answer } = await desk.command(text, { ...person, thread: threadKey(thread) });
    send(res, answer);
  });

  router.post('/api/diagnose', async (req: Request, res: Response) => {
    try {
      const answer = await uploads.during(req, async ({ files, thread }) => {
        const diagnosed = await desk.diagnose(files, { ...person, thread: threadKey(thread) });
        return diagnosed.answer;
      });
      send(res, answer);
    } catch (error) {
      if (error instanceof NoForm) {
        // The rest of the form may never come, so the connection cannot carry another request.
        if (error.status === 408) res.set('Connection', 'close');
        return void res.status(error.status).end();
      }
      if (!(error instanceof CatalogueError)) throw error;
      send(res, desk.trouble(error.code, error.facts));
    }
  });

  router.post('/api/press', express.json({ limit: '8kb' }), async (req: Request, res: Response) => {
    const pressed = button.safeParse(req.body);
    if (!pressed.success) return void res.status(400).end();
    const { action, case: kept, part } = pressed.data;
    const record = await desk.storedAnswer(kept, person.tenant);
    // A button that the answer never had.
    if (record && !record.answer.actions.some(({ id }) => id === action)) return void res.status(400).end();
    send(res, await desk.press({ action, case: kept, parts: part ? [part] : [], ...person }));
  });

  router.get('/report/:case', async (req: Request, res: Response) => {
    const record = await desk.storedAnswer(String(req.params.case), person.tenant);
    if (!record) return void res.status(404).type('text').send('This answer is no longer kept. Drop the log again.\n');
    res
      .type('html')
      .setHeader('Content-Disposition', 'attachment; filename="frebot-report.html"')
      .send(report(record.answer));
  });

  router.use('/samples', express.static(join(root, 'adapters/web/samples'), { index: false }));
  router.use(express.static(page));
  return router;
}

function threadKey(given = 'page'): string {
  return `web:${/^[\w-]{1,64}$/.test(given) ? given : 'page'}`;
}

function send(res: Response, answer: Answer): void {
  const kept = answer.actions.find((action) => action.case)?.case;
  res.json({ answer, html: renderAnswer(answer).markup, case: kept });
}
