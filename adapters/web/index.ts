import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import type { Answer } from '../../src/answer/answer.js';
import type { Desk } from '../../src/desk/desk.js';
import { renderAnswer, renderReport } from './render.js';
import { readUpload, UploadError } from './upload.js';

/** What the page needs: the desk, and the package root that holds `adapters/web/page` and `adapters/web/samples`. */
export interface WebDeps {
  desk: Desk;
  root: string;
  now(): Date;
}

/** Makes the self-contained report of an answer: one HTML page with its styles, without script. */
export function reportPage(root: string, now: () => Date): (answer: Answer) => string {
  const css = readFileSync(join(root, 'adapters/web/page/page.css'), 'utf8');
  return (answer) => renderReport(answer, css, now().toISOString().slice(0, 19).replace('T', ' ')).markup;
}

/** The person at the page: there is one, on this machine. */
const person = { tenant: 'local', who: 'local' } as const;

/**
 * The page and its few endpoints, to be mounted on the loopback listener. Every answer leaves as escaped HTML
 * together with the Answer itself. Errors are answers of the catalogue with status 200: the page has one way to show things.
 */
export function webDoor({ desk, root, now }: WebDeps): Router {
  const router = express.Router();
  const page = join(root, 'adapters/web/page');
  const report = reportPage(root, now);

  router.post('/api/ask', express.json({ limit: '512kb' }), async (req: Request, res: Response) => {
    const body = req.body as { text?: unknown; thread?: unknown };
    const thread = threadKey(body.thread);
    const { answer } = await desk.command(String(body.text ?? ''), { ...person, thread });
    send(res, answer);
  });

  router.post('/api/diagnose', async (req: Request, res: Response) => {
    try {
      const upload = await readUpload(req);
      const { answer } = await desk.diagnose(upload.files, { ...person, thread: threadKey(upload.fields.thread) });
      send(res, answer);
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      send(res, desk.trouble(error.code, error.facts));
    }
  });

  router.post('/api/press', express.json({ limit: '8kb' }), async (req: Request, res: Response) => {
    const { action, case: kept, part } = req.body as Record<string, unknown>;
    const press = { action: String(action ?? ''), case: String(kept ?? ''), parts: part ? [String(part)] : [] };
    send(res, await desk.press({ ...press, ...person }));
  });

  router.get('/report/:case', async (req: Request, res: Response) => {
    const record = await desk.kept(String(req.params.case), person.tenant);
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

function threadKey(value: unknown): string {
  const text = String(value ?? '');
  return `web:${/^[\w-]{1,64}$/.test(text) ? text : 'page'}`;
}

function send(res: Response, answer: Answer): void {
  const kept = answer.actions.find((action) => action.case)?.case;
  res.json({ answer, html: renderAnswer(answer).markup, case: kept });
}
