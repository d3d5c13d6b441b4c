import type { TablePart } from '../../src/answer/answer.js';
import { type Html, html } from './html.js';

type Chart = NonNullable<TablePart['hours']>;

const plotHeight = 140;
const axisHeight = 24;

/**
 * Returns a chart of failures over time, one stacked bar a span, as SVG. In each bar the causes
 * are in the order of the legend, so they can be distinguished without their colours. Every string is escaped.
 */
export function renderHoursChart({ hours, starts, series }: Chart): Html {
  const sums = starts.map((_, at) => series.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0));
  const most = Math.max(1, ...sums);
  const width = 100 / starts.length;
  const height = plotHeight + axisHeight;
  const bars = starts.map((start, at) => {
    let top = plotHeight;
    const parts = series.map(({ title, counts }, i) => {
      const count = counts[at] ?? 0;
      if (count === 0) return undefined;
      const tall = Math.max(2, (count / most) * (plotHeight - 18));
      top -= tall;
      return html`<rect class="series-${i}" x="${at * width}%" y="${Math.round(top * 10) / 10}" width="${width * 0.85}%" height="${Math.round(tall * 10) / 10}"><title>${start}: ${count}, ${title}</title></rect>`;
    });
    return html`<g>${parts}</g>`;
  });
  const labels = [0, Math.floor((starts.length - 1) / 2), starts.length - 1].filter(
    (at, i, all) => all.indexOf(at) === i,
  );
  const anchors = ['start', 'middle', 'end'];
  return html`<figure class="hours"><svg role="img" aria-label="Logs over time by cause; the table says the same in words" width="100%" height="${height}"><line x1="0" x2="100%" y1="${plotHeight}" y2="${plotHeight}"/><text x="0" y="12">${most}</text>${bars}${labels.map(
    (at, i) =>
      html`<text x="${at === 0 ? 0 : at === starts.length - 1 ? 100 : (at + 0.4) * width}%" y="${height - 6}" text-anchor="${at === starts.length - 1 ? 'end' : anchors[i]}">${starts[at]}</text>`,
  )}</svg><figcaption class="note">Each bar is ${hours === 1 ? 'an hour' : hours === 168 ? 'a week' : `${hours} hours`}, in UTC.<ul class="legend">${series.map(
    ({ title, counts }, i) =>
      html`<li><svg width="12" height="12" aria-hidden="true"><rect class="series-${i}" width="12" height="12"/></svg> ${title} (${counts.reduce((sum, count) => sum + count, 0)})</li>`,
  )}</ul></figcaption></figure>`;
}
