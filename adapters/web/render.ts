import type { Action, Answer, EvidenceItem, Part, Source, Step, TablePart, Text } from '../../src/answer/answer.js';
import { narrowestWidth, phoneColumns } from '../../src/answer/table.js';
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

function command(text: string, language = 'cmd'): Html {
  return html`<div class="command"><pre data-language="${language}"><code>${text}</code></pre><button type="button" class="copy" data-copy>Copy</button></div>`;
}

function step(item: Step): Html {
  return html`<li>${inline(item.text)}${item.command && command(item.command)}${
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

/** The file stands in the link, so that a report on disk offers it, too. */
function csvLink({ id, csv = '' }: TablePart): Html {
  const address = `data:text/csv;charset=utf-8;base64,${Buffer.from(`\ufeff${csv}`).toString('base64')}`;
  return html`<p><a href="${address}" download="frebot-${id}.csv">Download as CSV</a></p>`;
}

function body(part: Part): Html {
  switch (part.kind) {
    case 'text':
      return html`<p>${inline(part.text)}</p>`;
    case 'facts':
      return part.facts.every((f) => f.label === '')
        ? html`<ul>${part.facts.map((f) => html`<li>${inline(f.value)}</li>`)}</ul>`
        : html`<dl>${part.facts.map((f) => html`<div><dt>${f.label}</dt><dd>${inline(f.value)}</dd></div>`)}</dl>`;
    case 'table':
      if (part.waterfall) return renderWaterfall(part.waterfall);
      return html`<div class="scroll"><table${narrowestWidth(part) > phoneColumns && html` class="wide"`}><thead><tr>${part.columns.map(
        (c) => html`<th scope="col">${c}</th>`,
      )}</tr></thead><tbody>${part.rows.map(
        (row) =>
          html`<tr>${row.map((cell, at) => html`<td data-column="${part.columns[at] ?? ''}">${inline(cell)}</td>`)}</tr>`,
      )}</tbody></table></div>${part.csv && csvLink(part)}`;
    case 'steps':
      return html`<ol>${part.steps.map(step)}</ol>`;
    case 'command':
      return html`${command(part.command, part.language)}${part.note && html`<p class="note">${inline(part.note)}</p>`}`;
    case 'evidence':
      return html`<ul class="evidence">${part.items.map(evidence)}</ul>`;
    case 'notice':
      return html`<p class="notice ${part.level}">${inline(part.text)}</p>`;
  }
}

/** Returns the body of a part, and for a text to forward the button that copies it. */
function content(part: Part): Html {
  if (!part.copy) return body(part);
  return html`<div class="copied">${body(part)}<button type="button" class="copy" data-copy>Copy</button></div>`;
}

function section(part: Part): Html {
  const heading = part.heading && html`<h3>${part.heading}</h3>`;
  if (part.keep === 'fold') {
    return html`<details data-part="${part.id}"><summary>${part.heading ?? 'More'}</summary>${content(part)}</details>`;
  }
  return html`<section data-part="${part.id}">${heading}${content(part)}</section>`;
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

/**
 * Returns an answer as an HTML fragment. Every string of the answer is escaped here and nowhere else.
 * @param options `actions: false` leaves out the buttons, which do not work in a report on disk
 */
export function renderAnswer(answer: Answer, options: { actions?: boolean } = {}): Html {
  const buttons = options.actions !== false && answer.actions.length > 0;
  return html`<article class="answer ${answer.verdict ?? 'topic'}"><h2>${inline(answer.title)}</h2>${answer.parts.map(
    section,
  )}${buttons && html`<div class="actions">${answer.actions.map(action)}</div>`}${
    answer.sources.length > 0 &&
    html`<p class="sources">Sources: ${answer.sources.map((s, i) => html`${i > 0 && ' · '}${source(s)}`)}</p>`
  }</article>`;
}

/** Returns the answer as one page that opens without a network: inline styles, no script, folded parts that still open. */
export function renderReport(answer: Answer, css: string, at: string): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${answer.summary}</title><style>${new Html(css)}</style></head>
<body class="report"><main>${renderAnswer(answer, { actions: false })}<p class="note">Written by Frebot, ${at} UTC. Sensitive values are left out.</p></main></body></html>`;
}
