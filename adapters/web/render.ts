import type { Action, Answer, EvidenceItem, Part, Source, Step, TablePart, Text } from '../../src/answer/answer.js';
import { orderButtons } from '../../src/answer/buttons.js';
import { firstRowsOf } from '../../src/answer/long-table.js';
import { narrowestWidth, phoneColumns } from '../../src/answer/table.js';
import { renderHoursChart } from './hours-chart.js';
import { Html, html } from './html.js';
import { renderWaterfall } from './waterfall.js';

/** Returns a text as inline elements. Only https addresses become links. */
function inline(text: Text): Html {
  const spans = typeof text === 'string' ? [text] : text;
  const out = spans.map((span) => {
    if (typeof span === 'string') return html`${span}`;
    if ('code' in span) return html`<code>${span.code}</code>`;
    if ('strong' in span) return html`<strong>${span.strong}</strong>`;
    return /^https:\/\//.test(span.href)
      ? html`<a href="${span.href}" rel="noreferrer noopener" target="_blank">${span.link}</a>`
      : html`${span.link}`;
  });
  return new Html(out.map(String).join(''));
}

/** A button that copies what is before it. A file has its buttons from its script, where they work. */
const copyButton = html`<button type="button" class="copy" data-copy>Copy</button>`;

function command(text: string, saved: boolean, language = 'cmd'): Html {
  return html`<div class="command"><pre data-language="${language}"><code>${text}</code></pre>${!saved && copyButton}</div>`;
}

function step(item: Step, saved: boolean): Html {
  return html`<li>${inline(item.text)}${item.command && command(item.command, saved)}${
    item.note && html`<p class="note">${inline(item.note)}</p>`
  }${item.rollback && html`<p class="note">Undo: ${inline(item.rollback)}</p>`}</li>`;
}

function evidence(item: EvidenceItem): Html {
  const place = [
    item.event !== undefined
      ? html`<span class="event" data-event="${item.event}"${item.file && html` data-file="${item.file}"`}>event ${item.event}</span> `
      : undefined,
    item.eventName && html`<code>${item.eventName}</code> `,
  ];
  return html`<li>${item.file && html`<span class="file">${item.file}:</span> `}${place}${
    item.field && html`<span class="field">${item.field}</span> = `
  }<code class="value">${item.value}</code>${item.note && html` <span class="note">${inline(item.note)}</span>`}</li>`;
}

/** The file is in the link, so that a report on disk offers it, too. */
function csvLink({ id, csv = '' }: TablePart): Html {
  const address = `data:text/csv;charset=utf-8;base64,${Buffer.from(`\ufeff${csv}`).toString('base64')}`;
  return html`<p><a href="${address}" download="frebot-${id}.csv">Download as CSV</a></p>`;
}

function body(part: Part, saved: boolean): Html {
  switch (part.kind) {
    case 'text':
      return html`<p>${inline(part.text)}</p>`;
    case 'facts':
      return part.facts.every((f) => f.label === '')
        ? html`<ul>${part.facts.map((f) => html`<li>${inline(f.value)}</li>`)}</ul>`
        : html`<dl>${part.facts.map((f) => html`<div><dt>${f.label}</dt><dd>${inline(f.value)}</dd></div>`)}</dl>`;
    case 'table':
      if (part.waterfall) return renderWaterfall(part.waterfall, saved);
      if (part.hours) {
        const { hours, ...table } = part;
        return html`${renderHoursChart(hours)}<details${saved && html` open`}><summary>The same as a table</summary>${body(table, saved)}</details>`;
      }
      return html`<div class="scroll"><table${narrowestWidth(part) > phoneColumns && html` class="wide"`}><thead><tr>${part.columns.map(
        (c) => html`<th scope="col">${c}</th>`,
      )}</tr></thead><tbody>${part.rows.map(
        (row) =>
          html`<tr>${row.map((cell, at) => html`<td data-column="${part.columns[at] ?? ''}">${inline(cell)}</td>`)}</tr>`,
      )}</tbody></table></div>${part.csv && csvLink(part)}`;
    case 'steps':
      return html`<ol>${part.steps.map((item) => step(item, saved))}</ol>`;
    case 'command':
      return html`${command(part.command, saved, part.language)}${part.note && html`<p class="note">${inline(part.note)}</p>`}`;
    case 'evidence':
      return html`<ul class="evidence">${part.items.map(evidence)}</ul>`;
    case 'notice':
      return html`<p class="notice ${part.level}">${inline(part.text)}</p>`;
  }
}

/** Returns the body of a part, and for a text to forward the button that copies it. */
function content(part: Part, saved: boolean): Html {
  if (!part.copy) return body(part, saved);
  return html`<div class="copied">${body(part, saved)}${!saved && copyButton}</div>`;
}

/** @param hidden a button of the answer opens it */
function section(part: Part, saved: boolean, hidden = false): Html {
  const heading = part.heading && html`<h3>${part.heading}</h3>`;
  return html`<section data-part="${part.id}"${hidden && html` hidden tabindex="-1"`}>${heading}${content(part, saved)}</section>`;
}

function source(item: Source): Html {
  const text = item.date ? `${item.title} (${item.date})` : item.title;
  return item.url && /^https:\/\//.test(item.url)
    ? html`<a href="${item.url}" rel="noreferrer noopener" target="_blank">${text}</a>`
    : html`<span>${text}</span>`;
}

function action(item: Action): Html {
  return html`<button type="button" data-action="${item.id}" data-case="${item.case ?? ''}" data-part="${
    item.part ?? ''
  }">${item.label}</button>`;
}

function actions(all: readonly Action[]): Html {
  const { buttons, menu } = orderButtons(all);
  return html`<div class="actions">${buttons.map(action)}${
    menu.length > 0 && html`<details class="more"><summary>More…</summary>${menu.map(action)}</details>`
  }</div>`;
}

/** Returns the parts of an answer on the page: the fix and its buttons first; what no button opens is in one fold. */
function pageParts({ parts, actions: all }: Answer): Html {
  const opened = new Set(all.flatMap(({ id, part }) => [id, part ?? id]));
  const folded = parts.filter(({ keep }) => keep === 'fold');
  const shown = parts.filter(({ keep }) => keep !== 'fold');
  const behind = folded.filter(({ id }) => opened.has(id));
  const others = folded.filter(({ id }) => !opened.has(id));
  const fixEnd = shown.findLastIndex(({ kind }) => kind === 'steps') + 1;
  const steps = behind.filter(({ kind }) => kind === 'steps');
  const rest = behind.filter(({ kind }) => kind !== 'steps');
  const buttons = all.length > 0 && actions(all);
  return html`${shown.slice(0, fixEnd).map((part) => section(part, false))}${fixEnd > 0 && buttons}${[
    ...steps,
    ...rest,
  ].map((part) => section(part, false, true))}${shown.slice(fixEnd).map((part) => section(part, false))}${
    others.length > 0 &&
    html`<details class="others"><summary>More about this</summary>${others.map((part) => section(part, false))}</details>`
  }${fixEnd === 0 && buttons}`;
}

/**
 * Returns an answer as an HTML fragment. Every string of the answer is escaped here and nowhere else.
 * @param options `saved` for a file: everything is open, and there are no buttons
 */
export function renderAnswer(answer: Answer, { saved = false }: { saved?: boolean } = {}): Html {
  const short = firstRowsOf(answer.parts);
  const whole = answer.parts.filter(({ id }) => !short.has(id));
  const parts = saved ? whole.map((part) => section(part, true)) : pageParts(answer);
  return html`<article class="answer ${answer.verdict ?? 'topic'}"><h2>${inline(answer.title)}</h2>${parts}${
    answer.sources.length > 0 &&
    html`<p class="sources">Sources: ${answer.sources.map((s, i) => html`${i > 0 && ' · '}${source(s)}`)}</p>`
  }</article>`;
}
