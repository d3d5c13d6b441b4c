import type { LogRow, LogTable } from '../../../src/answer/log-table.js';
import { answerTools } from './answer-tools.js';
import { LogExplorer } from './logs/log-explorer.js';
import { saveButton } from './save-report.js';
import { type AnsweredLogs, findSent, type SentLog } from './sent-logs.js';
import { type OpenTrace, openEach, showTrace } from './show-trace.js';
import { create, createButton } from './trace/dom.js';
import { linkEvents, shownTraces } from './trace/follow-events.js';
import type { TraceViewer } from './trace/trace-viewer.js';

type ShowAnswer = (
  place: HTMLElement,
  request: Promise<unknown>,
  asked: { said: string; logs: readonly File[] },
) => Promise<void>;

/** Logs that are shown as a table. */
export const fewestGrouped = 3;
const noFault = new Set(['no-fault', 'challenge']);

/**
 * Shows the trace of the one log that was sent, the first difference of two that were compared, or offers the traces of several.
 * @param place the element that holds the answer
 */
export async function offerTraces(
  place: HTMLElement,
  files: readonly File[],
  answered: AnsweredLogs,
  show: ShowAnswer,
): Promise<void> {
  const sent = findSent(files, answered.logs ?? []);
  const { case: id, parting, table } = answered;
  const many = sent.length >= fewestGrouped ? table : undefined;
  const save = id === undefined ? undefined : saveButton(id, sent.slice(0, 2), parting, many);
  place.append(answerTools(answered, save));
  const [first, second] = sent;
  if (!first) return;
  const traces = create('div', { class: 'traces' });
  place.append(traces);
  // The trace shows the same chart below.
  for (const part of place.querySelectorAll('[data-part="timeline"]')) part.remove();
  if (parting && second) await showParting(place, traces, [first, second], parting);
  else if (!second) {
    const viewer = await showTrace(traces, first);
    linkEvents(place, shownTraces(new Map(viewer && [[first.name, viewer]])));
  } else {
    const open = openEach(traces);
    const byName = new Map(sent.map((log) => [log.name, log]));
    linkEvents(place, {
      holds: (file = '') => byName.has(file),
      open: (file = '') => open(byName.get(file)),
    });
    if (many) traces.before(exploreLogs(place, ({ file }) => open(byName.get(file)), many));
    else place.insertBefore(offerSeveral(place, open, sent, show), traces);
  }
}

/** Shows two logs beside each other, each at the event where it parts from the other. */
async function showParting(
  place: HTMLElement,
  traces: HTMLElement,
  logs: readonly SentLog[],
  { bad, good }: NonNullable<AnsweredLogs['parting']>,
): Promise<void> {
  traces.classList.add('pair');
  const events = [bad, good];
  const viewers = new Map<string, TraceViewer>();
  for (const [i, log] of logs.entries()) {
    const event = events[i];
    const viewer = await showTrace(traces, log, new Map(event ? [[event, 'first difference']] : []));
    if (viewer) viewers.set(log.name, viewer);
  }
  linkEvents(place, shownTraces(viewers));
}

/** Shows the table of many logs again after a reload, when the logs themselves are gone. */
export function showKeptLogs(place: HTMLElement, table: LogTable): void {
  removeGroups(place);
  const note = create('p', { class: 'note' }, 'To open one of these logs, or to save the report, drop the logs again.');
  place.append(note, new LogExplorer(table).element);
}

/** Removes what the table of many logs shows too, without filters. */
function removeGroups(place: HTMLElement): void {
  for (const part of place.querySelectorAll('[data-part="all-groups"], [data-part="hours"]')) part.remove();
}

/** Returns all logs with their groups; one of them opens as a trace below. */
function exploreLogs(place: HTMLElement, open: (log: LogRow) => ReturnType<OpenTrace>, table: LogTable): HTMLElement {
  removeGroups(place);
  const { element } = new LogExplorer(table, async (log) => {
    const viewer = await open(log);
    viewer?.element.closest('.traces')?.scrollIntoView({ block: 'start' });
  });
  return element;
}

/** Returns the choice of one log of several, and of two the button that compares them. */
function offerSeveral(
  place: HTMLElement,
  openTrace: OpenTrace,
  sent: readonly SentLog[],
  show: ShowAnswer,
): HTMLElement {
  const list = create('select', { 'aria-label': 'Log' }, ...sent.map(({ name }) => create('option', {}, name)));
  const open = createButton('Show its trace', () => void openTrace(sent[list.selectedIndex]));
  const row = create('p', { class: 'row' }, list, open);
  const [first, second] = sent;
  if (sent.length !== 2 || !first || !second || first.file === second.file) return row;
  // The failing one comes first.
  const pair = noFault.has(first.verdict) && !noFault.has(second.verdict) ? [second, first] : [first, second];
  row.append(
    createButton('Compare the two', () => {
      const form = new FormData();
      for (const { file } of pair) form.append('file', file, file.name);
      const answer = create('div', {});
      place.after(answer);
      const files = pair.map(({ file }) => file);
      const request = fetch('api/compare', { method: 'POST', body: form }).then((response) => response.json());
      void show(answer, request, { said: 'Compare the two', logs: files }).then(() =>
        answer.scrollIntoView({ block: 'start' }),
      );
    }),
  );
  return row;
}
