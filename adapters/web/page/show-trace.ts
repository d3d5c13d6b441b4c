import type { TraceView } from '../../../src/desk/desk.js';
import type { SentLog } from './sent-logs.js';
import { create } from './trace/dom.js';
import { TraceViewer } from './trace/trace-viewer.js';

/** Reads a log once more into a view, and shows it with its waterfall. Undefined when it holds no events. */
export async function showTrace(
  place: HTMLElement,
  { name, file }: SentLog,
  marks?: ReadonlyMap<number, string>,
): Promise<TraceViewer | undefined> {
  const section = create('section', { class: 'trace-of' }, create('h3', {}, `Trace: ${name}`));
  place.append(section);
  const form = new FormData();
  form.append('name', name);
  form.append('file', file, file.name);
  const response = await fetch('api/trace', { method: 'POST', body: form });
  const { view, waterfall } = (await response.json()) as { view?: TraceView; waterfall?: string };
  if (!view || view.total === 0) {
    section.append(create('p', { class: 'note' }, 'This log holds no events that I can show.'));
    return undefined;
  }
  const chart = create('div', {});
  // Escaped by adapters/web/waterfall.ts.
  chart.innerHTML = waterfall ?? '';
  const viewer = new TraceViewer(view, marks);
  section.append(chart, viewer.element);
  viewer.start();
  return viewer;
}

/** Opens the trace of a log, in place of the one before it; undefined when there is none. */
export type OpenTrace = (log: SentLog | undefined) => Promise<TraceViewer | undefined>;

/** Returns what opens the traces of several logs, one at a time, in an element. */
export function openEach(place: HTMLElement): OpenTrace {
  let shown: { log: SentLog; viewer: Promise<TraceViewer | undefined> } | undefined;
  return async (log) => {
    if (!log) return undefined;
    if (shown?.log !== log) {
      place.replaceChildren();
      shown = { log, viewer: showTrace(place, log) };
    }
    return shown.viewer;
  };
}
