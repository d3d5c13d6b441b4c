// Makes the traces of a saved report work. Without this script the report shows the same as a list.
import type { LogTable } from '../../../src/answer/log-table.js';
import type { TraceView } from '../../../src/desk/desk.js';
import { copyButton } from './copy.js';
import { LogExplorer } from './logs/log-explorer.js';
import { followEvents, linkEvents, shownTraces } from './trace/follow-events.js';
import { TraceViewer } from './trace/trace-viewer.js';

const viewers = new Map<string, TraceViewer>();
for (const section of document.querySelectorAll<HTMLElement>('.trace-of')) {
  const view = readData<TraceView>(section);
  if (!view) continue;
  const { difference } = section.dataset;
  const viewer = new TraceViewer(view, difference ? new Map([[Number(difference), 'first difference']]) : undefined);
  section.append(viewer.element);
  section.classList.add('live');
  viewer.start();
  viewers.set(view.file, viewer);
}
linkEvents(document.body, shownTraces(viewers));
for (const place of document.querySelectorAll<HTMLElement>('.logs-of')) {
  const table = readData<LogTable>(place);
  if (table) place.append(new LogExplorer(table).element);
}
followEvents(document.body);

/** Returns the JSON inside an element of the report; undefined when it holds none. */
function readData<T>(place: Element): T | undefined {
  const data = place.querySelector('script[type="application/json"]')?.textContent;
  return data ? (JSON.parse(data) as T) : undefined;
}

// Buttons that copy are only there where they work.
if (navigator.clipboard) {
  for (const text of document.querySelectorAll<HTMLElement>('pre, .copied')) {
    const inner = () => (text.firstElementChild as HTMLElement | null)?.innerText ?? text.innerText;
    const button = copyButton('Copy', inner);
    button.className = 'copy';
    text.after(button);
  }
}
