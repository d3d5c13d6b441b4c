import type { TablePart } from '../../src/answer/answer.js';
import { type Html, html } from './html.js';

type Chart = NonNullable<TablePart['waterfall']>;
type Bar = Chart['bars'][number];

/** Pixels of one row: its words above its bar. */
const rowHeight = 36;
/** Pixels left of the words, so that the mark at the first moment does not cross them. */
const textIndent = 5;
const axisHeight = 26;
/** Lines of the clock that a phone can show apart from each other. */
const mostClockLines = 60;
const axisLabels = 5;

/**
 * Returns a chart of where the time of a request went, as SVG, with a table that says the same in words. Widths are shares of the
 * place it gets, so it reads on a phone as well as on paper. Every string is escaped.
 * @param open the table is open
 */
export function renderWaterfall(chart: Chart, open = false): Html {
  const { bars, spanMs } = chart;
  if (bars.length === 0 || spanMs <= 0)
    return html`<p class="note">All events have the same time: the request took less than one step of the clock.</p>`;
  const height = bars.length * rowHeight + axisHeight + 8;
  return html`<figure class="waterfall"><svg role="img" aria-label="Where the time of the request went; the table below says the same in words" width="100%" height="${height}">${clockLines(
    chart,
    height - axisHeight,
  )}${bars.map((bar, row) => barRow(bar, row, chart))}${decisiveMark(chart, height - axisHeight)}${axis(
    spanMs,
    height,
  )}</svg><figcaption class="note">${caption(chart)}</figcaption>${barTable(chart, open)}</figure>`;
}

function share(ms: number, spanMs: number): string {
  return `${Math.round((ms / spanMs) * 100_000) / 1000}%`;
}

/** Draws the steps of the clock; of very many only every second, fifth, tenth … */
function clockLines({ clockMs, spanMs }: Chart, height: number): Html {
  const every = clockEvery(clockMs, spanMs);
  if (clockMs === null) return html``;
  const count = Math.floor(spanMs / (clockMs * every));
  const lines = Array.from({ length: count + 1 }, (_, i) => share(i * clockMs * every, spanMs));
  return html`<g class="clock">${lines.map((x) => html`<line x1="${x}" x2="${x}" y1="0" y2="${height}"/>`)}</g>`;
}

function clockEvery(clockMs: number | null, spanMs: number): number {
  const steps = clockMs === null ? 0 : spanMs / clockMs;
  let every = 1;
  while (steps / every > mostClockLines) every *= String(every).startsWith('2') ? 2.5 : 2;
  return every;
}

function barRow(bar: Bar, row: number, { spanMs, decisive }: Chart): Html {
  const top = row * rowHeight;
  const isDecisive = decisive !== undefined && decisive.event >= bar.firstEvent && decisive.event <= bar.lastEvent;
  const rect = (from: number, to: number, className: string, y: number, height: number) =>
    html`<rect class="${className}" x="${share(from, spanMs)}" width="${share(to - from, spanMs)}" y="${y}" height="${height}"/>`;
  const spans: Html[] = [];
  for (let i = 0; i + 1 < bar.spans.length; i += 2)
    spans.push(rect(bar.spans[i] as number, bar.spans[i + 1] as number, 'self', top + 20, 11));
  const words = nameOf(bar);
  return html`<g class="bar${isDecisive && ' decisive'}"><title>${words}: ${bar.selfMs} ms by itself, events ${bar.firstEvent} to ${bar.lastEvent}</title><text x="${textIndent}" y="${top + 14}"><tspan class="ms">${formatMs(
    bar.selfMs,
  )}</tspan> ${shorten(words)}</text>${rect(bar.startMs, bar.endMs, 'extent', top + 24, 3)}${spans}</g>`;
}

/** Marks when the decisive event was written with a dashed line and a diamond, so that it is visible without its colour. */
function decisiveMark({ decisive, spanMs }: Chart, height: number): Html {
  if (!decisive) return html``;
  const x = share(decisive.atMs, spanMs);
  return html`<g class="mark"><title>Event ${decisive.event} decided the outcome</title><line x1="${x}" x2="${x}" y1="0" y2="${height}"/><svg x="${x}" y="${height - 7}" overflow="visible"><path d="M0-6 6 0 0 6-6 0z"/></svg></g>`;
}

function axis(spanMs: number, height: number): Html {
  const labels = Array.from({ length: axisLabels }, (_, i) => (spanMs * i) / (axisLabels - 1));
  return html`<g class="axis"><line x1="0" x2="100%" y1="${height - axisHeight}" y2="${height - axisHeight}"/>${labels.map(
    (ms, i) =>
      html`<text x="${share(ms, spanMs)}" y="${height - 6}" text-anchor="${i === 0 ? 'start' : i === axisLabels - 1 ? 'end' : 'middle'}">${formatMs(ms)}</text>`,
  )}</g>`;
}

function caption({ clockMs, spanMs, left, decisive }: Chart): string {
  const every = clockEvery(clockMs, spanMs);
  const clock =
    clockMs === null
      ? 'This trace has too few different times to show its clock, which Windows moves every 15.6 ms unless a program asks for more.'
      : `The clock of this trace moves every ${Math.round(clockMs * 10) / 10} ms${
          every > 1 ? `; the grey lines are ${formatMs(clockMs * every)} apart` : ', at each grey line'
        }. What is shorter can't be measured.`;
  const mark = decisive ? ` The dashed line marks event ${decisive.event}, which decided the outcome.` : '';
  const others = left > 0 ? ` ${left} shorter steps are left out.` : '';
  return `A dark bar is the time of a step by itself, a thin line the time until its end. ${clock}${mark}${others}`;
}

function barTable({ bars, decisive }: Chart, open: boolean): Html {
  return html`<details${open && html` open`}><summary>The same as a table</summary><div class="scroll" tabindex="0" role="group" aria-label="Steps"><table><thead><tr><th scope="col">From</th><th scope="col">By itself</th><th scope="col">Until its end</th><th scope="col">Events</th><th scope="col">Step</th></tr></thead><tbody>${bars.map(
    (bar) =>
      html`<tr><td>${formatMs(bar.startMs)}</td><td>${formatMs(bar.selfMs)}</td><td>${formatMs(bar.endMs - bar.startMs)}</td><td>${bar.firstEvent}–${bar.lastEvent}</td><td>${nameOf(bar)}</td></tr>`,
  )}</tbody></table></div>${decisive && html`<p class="note">Event ${decisive.event}, ${formatMs(decisive.atMs)} after the first, decided the outcome.</p>`}</details>`;
}

function nameOf({ step, module, notification }: Bar): string {
  return [step, module, notification].filter(Boolean).join(', ');
}

function formatMs(ms: number): string {
  return ms >= 10_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms)} ms`;
}

function shorten(words: string): string {
  return words.length > 70 ? `${words.slice(0, 69)}…` : words;
}
