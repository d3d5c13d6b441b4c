import type { TraceView } from '../../src/desk/desk.js';
import { type Html, html } from './html.js';
import { TraceTree } from './page/trace/trace-tree.js';

/** Events of one printed list: some thirty pages. */
const mostListed = 1500;

/**
 * Returns the events of a trace as a table, for paper and for programs that run no script. Of very many events it has those that
 * report a problem, the decisive ones, and the longest steps.
 * @param difference the event at which the trace differs from another one
 */
export function renderEventList(view: TraceView, difference?: number): Html {
  const tree = new TraceTree(view);
  const chosen = chooseEvents(tree);
  if (difference) chosen.add(difference);
  const rows = tree.nodes.filter(({ event }) => event > 0 && chosen.has(event));
  return html`<div class="static"><h4>Events</h4>${
    rows.length < view.total && html`<p class="note">These are ${rows.length} of ${view.total} events.</p>`
  }<table class="events"><thead><tr><th scope="col">No.</th><th scope="col">After</th><th scope="col">Event</th><th scope="col">Module, stage</th><th scope="col">What it says</th></tr></thead><tbody>${rows.map(
    ({ event, depth }) =>
      html`<tr${tree.markOf(event) && html` class="marked"`}><td>${event}</td><td>${tree.time(event) ?? ''} ms</td><td class="depth-${Math.min(
        depth,
        8,
      )}">${tree.name(event)}${tree.markOf(event) && ` (${tree.markOf(event)})`}${event === difference && ' (first difference)'}</td><td>${[tree.module(event), tree.stage(event)].filter(Boolean).join(', ')}</td><td>${tree.summary(event)}</td></tr>`,
  )}</tbody></table></div>`;
}

function chooseEvents(tree: TraceTree): Set<number> {
  const all = Array.from({ length: tree.count }, (_, i) => i + 1);
  if (all.length <= mostListed) return new Set(all);
  const important = all.filter((event) => tree.isProblem(event) || tree.markOf(event));
  const longest = all.sort((a, b) => (tree.self(b) ?? -1) - (tree.self(a) ?? -1));
  return new Set([...important.slice(0, mostListed), ...longest].slice(0, mostListed));
}
