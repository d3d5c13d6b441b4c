import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import * as z from 'zod';
import type { Answer } from '../../src/answer/answer.js';
import { type LogTable, tabulateLogs } from '../../src/answer/log-table.js';
import { renderMarkdown } from '../../src/answer/markdown.js';
import { renderText } from '../../src/answer/text.js';
import type { Desk, DiagnoseReply, OnFile } from '../../src/desk/desk.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { storedAnswerId } from '../../src/desk/stored-answer.js';
import { renderAnswer } from './render.js';
import { type ReportTrace, renderReport } from './report.js';
import { InvalidFormError, type UploadForm, type UploadLimits, Uploads } from './upload.js';
import { renderWaterfall } from './waterfall.js';

export interface WebDeps {
  desk: Desk;
  /** Folder of the package, with the built page and `adapters/web/samples`. */
  root: string;
  now(): Date;
  /** For tests: smaller limits of uploads. */
  uploads?: Partial<UploadLimits>;
}

// Bodies that the page sends. Every other gets a 400.
const questionBody = z.object({ text: z.string(), thread: z.string().optional() });
const buttonBody = z.object({ action: z.string(), case: z.string(), part: z.string().optional() });

const logBody = z.object({
  file: z.string(),
  group: z.number().int().min(0),
  status: z.string(),
  code: z.string(),
  site: z.string(),
  pool: z.string(),
  url: z.string(),
  server: z.string(),
  time: z.string(),
});
const groupBody = z.object({ title: z.string(), cause: z.string().nullable(), verdict: z.string() });
const tableBody = z.object({ groups: z.array(groupBody), logs: z.array(logBody) });

/** Built files only: nothing of the sources is served. */
const pageFolder = 'dist/adapters/web/page';

/**
 * Returns a function that renders the report of an answer, with the traces that it is given: one HTML page with its styles and its
 * script.
 */
export function reportPage(
  root: string,
  now: () => Date,
): (answer: Answer, traces?: readonly ReportTrace[], logs?: LogTable) => string {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const css = ['page.css', 'trace.css', 'logs.css'].map((name) => read(join(pageFolder, name))).join('');
  const script = read(join(pageFolder, 'report.js'));
  return (answer, traces, logs) =>
    renderReport(answer, { css, script, at: now().toISOString().slice(0, 19).replace('T', ' ') }, traces, logs).markup;
}

/** Width of an answer that is copied as text. */
const copiedColumns = 100;

/** The only person at the page, on this machine. */
const person = { door: 'web', tenant: 'local', who: 'local' } as const;

/**
 * Returns the page and its endpoints, to be mounted on the loopback listener. Every response holds the Answer and its escaped
 * HTML. An error of the catalogue is an answer with status 200, because the page shows answers only.
 */
export function webDoor({ desk, root, now, uploads: limits }: WebDeps): Router {
  const router = express.Router();
  const onUpload = uploadRoute(router, desk, new Uploads(limits));
  addQuestions(router, desk);
  addDiagnoses(onUpload, desk);
  addReports(router, onUpload, desk, reportPage(root, now));
  router.use('/samples', express.static(join(root, 'adapters/web/samples'), { index: false }));
  router.use(express.static(join(root, pageFolder)));
  return router;
}

/** For a pipeline that forgot its token, and so reached the page. */
const noForm =
  'The page sends files as a form. A pipeline sends its token as "Authorization: Bearer …"; frebot token makes one.\n';

/** Adds a path that takes uploaded files. */
type UploadRoute = (path: string, work: (upload: UploadForm, req: Request, res: Response) => Promise<void>) => unknown;

/** Returns the function that adds such paths; an error of the catalogue is an answer, too. */
function uploadRoute(router: Router, desk: Desk, uploads: Uploads): UploadRoute {
  return (path, work) =>
    router.post(path, async (req: Request, res: Response) => {
      try {
        await uploads.withUpload(req, (upload) => work(upload, req, res));
      } catch (error) {
        if (error instanceof InvalidFormError) {
          // The rest of the form may never come, so the connection cannot carry another request.
          if (error.status === 408) res.set('Connection', 'close');
          return void res
            .status(error.status)
            .type('text')
            .send(error.status === 415 ? noForm : '');
        }
        if (!(error instanceof CatalogueError)) throw error;
        sendAnswer(res, desk.trouble(error.code, error.facts));
      }
    });
}

/** Adds what is typed and pressed. */
function addQuestions(router: Router, desk: Desk): void {
  router.post('/api/ask', express.json({ limit: '8mb' }), async (req: Request, res: Response) => {
    const body = questionBody.safeParse(req.body);
    if (!body.success) return void res.status(400).end();
    const { text, thread } = body.data;
    const { answer } = await desk.command(text, { ...person, thread: threadKey(thread) });
    sendAnswer(res, answer);
  });

  router.post('/api/press', express.json({ limit: '8kb' }), async (req: Request, res: Response) => {
    const body = buttonBody.safeParse(req.body);
    if (!body.success) return void res.status(400).end();
    const { action, case: id, part } = body.data;
    const record = await desk.storedAnswer(id, person.tenant);
    // The answer has no such button.
    if (record && !record.answer.actions.some((known) => known.id === action)) return void res.status(400).end();
    sendAnswer(res, await desk.press({ action, case: id, parts: part ? [part] : [], ...person }));
  });
}

/** Adds what is dropped. */
function addDiagnoses(onUpload: UploadRoute, desk: Desk): void {
  onUpload('/api/diagnose', async ({ files, thread, sample }, req, res) => {
    const caller = sample ? undefined : { ...person, thread: threadKey(thread) };
    const { answer, report } = await desk.diagnose(files, caller, progressOf(req, res));
    sendAnswer(res, sample ? withoutCase(answer) : answer, { logs: listLogs(report), table: tabulateLogs(report) });
  });

  onUpload('/api/compare', async ({ files: [bad, good], thread }, _req, res) => {
    if (!bad || !good) return sendAnswer(res, desk.trouble('nothing-attached'));
    const { answer, report, comparison } = await desk.compare(bad, good, { ...person, thread: threadKey(thread) });
    const { parting } = comparison ?? {};
    const where = { bad: parting?.bad?.event ?? null, good: parting?.good?.event ?? null };
    sendAnswer(res, answer, { logs: listLogs(report), parting: where });
  });

  onUpload('/api/trace', async ({ files: [log], names: [name] }, _req, res) => {
    const view = log ? await desk.viewTrace(log, name) : null;
    res.json(view ? { view, waterfall: renderWaterfall(view.waterfall).markup } : {});
  });
}

/** Adds the reports of stored answers. */
function addReports(router: Router, onUpload: UploadRoute, desk: Desk, report: ReturnType<typeof reportPage>): void {
  const sendReport = async (req: Request, res: Response, traces: readonly ReportTrace[] = [], logs?: LogTable) => {
    const record = await desk.storedAnswer(String(req.params.case), person.tenant);
    if (!record)
      return void res.status(404).type('text').send('I no longer have this answer. Please send me the log again.\n');
    res
      .type('html')
      .setHeader('Content-Disposition', 'attachment; filename="frebot-report.html"')
      .send(report(record.answer, traces, logs));
  };
  router.get('/report/:case', (req: Request, res: Response) => sendReport(req, res));
  // The table of many logs comes back from the page, because it is not stored either.
  router.post('/report/:case', express.json({ limit: '8mb' }), async (req: Request, res: Response, next) => {
    if (!req.is('json')) return next();
    const table = tableBody.safeParse(req.body);
    if (!table.success) return void res.status(400).end();
    await sendReport(req, res, [], table.data);
  });
  // With the logs themselves the report has their traces, because nothing of them is stored.
  onUpload('/report/:case', async ({ files, names, differences }, req, res) => {
    const views = await Promise.all(files.slice(0, 2).map((file, i) => desk.viewTrace(file, names[i])));
    const traces = views.flatMap((view, i) => (view ? [{ view, difference: differences[i] }] : []));
    await sendReport(req, res, traces);
  });
}

function threadKey(conversation = 'page'): string {
  return `web:${/^[\w-]{1,64}$/.test(conversation) ? conversation : 'page'}`;
}

/** Returns the FREB logs of a report, whose traces can be viewed. */
function listLogs({ files }: DiagnoseReply['report']): { name: string; verdict: string }[] {
  return files.filter(({ kind }) => kind === 'freb-log').map(({ name, verdict }) => ({ name, verdict }));
}

/** Files between two lines of progress. */
const progressEvery = 50;

/** Returns what tells the page how far it is, one line of JSON each; undefined for a client that takes one object only. */
function progressOf(req: Request, res: Response): OnFile | undefined {
  if (req.get('accept') !== 'application/x-ndjson') return undefined;
  return (_file, done, total) => {
    if (done % progressEvery !== 0) return;
    if (!res.headersSent) res.type('application/x-ndjson');
    res.write(`${JSON.stringify({ done, total })}\n`);
  };
}

/** Returns the answer of a sample: it is stored nowhere, so it has only the buttons that open a part of it. */
function withoutCase(answer: Answer): Answer {
  const actions = answer.actions.filter(({ id, part = id }) => answer.parts.some((one) => one.id === part));
  return { ...answer, actions };
}

function sendAnswer(res: Response, answer: Answer, more: object = {}): void {
  const texts = { text: renderText(answer, { columns: copiedColumns }), markdown: renderMarkdown(answer) };
  const body = { answer, html: renderAnswer(answer).markup, case: storedAnswerId(answer), ...texts, ...more };
  // After lines of progress the result is the last line.
  if (res.headersSent) res.end(JSON.stringify(body));
  else res.json(body);
}
