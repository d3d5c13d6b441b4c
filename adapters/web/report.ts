import { createHash } from 'node:crypto';
import type { Answer } from '../../src/answer/answer.js';
import type { LogTable } from '../../src/answer/log-table.js';
import { renderMarkdown } from '../../src/answer/markdown.js';
import { renderText } from '../../src/answer/text.js';
import { ticketAnswer } from '../../src/answer/ticket.js';
import type { TraceView } from '../../src/desk/desk.js';
import { renderEventList } from './event-list.js';
import { Html, html } from './html.js';
import { renderAnswer } from './render.js';
import { renderWaterfall } from './waterfall.js';

/** What a report is made of besides its answer: the style sheet, the script of the traces, and when it was written. */
export interface ReportFrame {
  css: string;
  script: string;
  at: string;
}

/** A trace of a report, and the event at which it differs from the other one of a comparison. */
export interface ReportTrace {
  view: TraceView;
  difference?: number | undefined;
}

/** Traces of one report, in characters; the whole report stays below 5 MB. */
const mostTraces = 4_000_000;

/**
 * Returns the answer as one page that opens without a network: everything is open, for paper too. Traces can be searched where
 * scripts run; elsewhere they are a list.
 */
export function renderReport(
  answer: Answer,
  { css, script, at }: ReportFrame,
  traces: readonly ReportTrace[] = [],
  logs?: LogTable,
): Html {
  const shown = fitSize(traces, mostTraces, ({ view }) => view);
  const whole = shown.length > 0 ? withoutTimeline(answer) : answer;
  const hash = createHash('sha256').update(script).digest('base64');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${new Html(hash)}'">
<title>${answer.summary}</title><style>${new Html(css)}</style></head>
<body class="report"><main><h1>Frebot: report</h1>${renderAnswer(whole, { saved: true })}${logs && renderLogs(logs)}${renderTraces(answer, traces, shown)}${ticket(
    answer,
  )}<p class="note">Written by Frebot, ${at} UTC. Sensitive values are left out.</p></main><script>${new Html(script)}</script></body></html>`;
}

/** The trace has the same chart, and more. */
function withoutTimeline(answer: Answer): Answer {
  return { ...answer, parts: answer.parts.filter((part) => part.kind !== 'table' || !part.waterfall) };
}

/** Returns the first of all whose data, written one after the other, has no more than that many characters. */
function fitSize<T>(all: readonly T[], most: number, dataOf: (one: T) => object): T[] {
  let size = 0;
  return all.filter((one) => {
    size += JSON.stringify(dataOf(one)).length;
    return size <= most;
  });
}

function renderTraces(answer: Answer, views: readonly ReportTrace[], shown: readonly ReportTrace[]): Html {
  if (views.length === 0 && !isOfTrace(answer)) return html``;
  const missing =
    views.length === 0
      ? "The events themselves aren't kept. To see all of them, drop the log on Frebot's page, and save the report there."
      : "A trace is too large for one file. Drop the log on Frebot's page to see it.";
  return html`<div class="traces">${shown.map(
    ({ view, difference }) =>
      html`<section class="trace-of"${!!difference && html` data-difference="${difference}"`}><h3>Trace: ${view.file}</h3>${renderWaterfall(view.waterfall, true)}${renderEventList(
        view,
        difference,
      )}<script type="application/json">${asData(view)}</script></section>`,
  )}${shown.length < Math.max(1, views.length) && html`<p class="notice info">${missing}</p>`}</div>`;
}

/** Characters of the table of many logs, which the script of the report shows. */
const mostLogs = 2_500_000;

function renderLogs({ groups, logs }: LogTable): Html {
  const shown = fitSize(logs, mostLogs, (log) => log);
  const left = logs.length - shown.length;
  return html`<div class="logs-of"><script type="application/json">${asData({ groups, logs: shown })}</script>${
    left > 0 && html`<p class="notice info">${left} logs are left out, because this file would be too large.</p>`
  }</div>`;
}

/** True for an answer about a FREB log: it has a timeline or names events of one. */
function isOfTrace({ parts }: Answer): boolean {
  return parts.some(
    (part) =>
      part.id === 'timeline' ||
      (part.kind === 'evidence' && part.items.some(({ event, eventName }) => event !== undefined && eventName)),
  );
}

/** Returns JSON that no text in it can end early. */
function asData(view: TraceView | LogTable): Html {
  return new Html(
    JSON.stringify(view).replace(/[<\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

function ticket(answer: Answer): Html {
  const short = ticketAnswer(answer);
  return html`<section class="answer ticket"><h2>For the ticket</h2><h3>Plain text</h3><div class="command"><pre>${renderText(
    short,
    { columns: 100 },
  )}</pre></div><h3>Markdown</h3><div class="command"><pre>${renderMarkdown(short)}</pre></div></section>`;
}
