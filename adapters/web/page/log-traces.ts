import type { LogTable } from '../../../src/answer/log-table.js';
import type { TraceView } from '../../../src/desk/desk.js';
import { answerTools } from './answer-tools.js';
import { LogExplorer } from './logs/log-explorer.js';
import { postJson } from './post-json.js';
import { saveFile } from './save-file.js';
import { create, createButton } from './trace/dom.js';
import { linkEvents } from './trace/follow-events.js';
import { TraceViewer } from './trace/trace-viewer.js';

/** The FREB logs that an answer is about, and where two of them part. */
export interface AnsweredLogs {
  case?: string;
  text?: string;
  markdown?: string;
  /** Where there is something to group. */
  table?: LogTable;
  logs?: { name: string; verdict: string }[];
  parting?: { bad: number | null; good: number | null };
}

/** A log among the files that were sent; in a zip it goes by the name in the answer. */
interface SentLog {
  name: string;
  verdict: string;
  file: File;
}

type ShowAnswer = (
  place: HTMLElement,
  request: Promise<unknown>,
  asked: { said: string; logs: readonly File[] },
) => Promise<void>;

/** Logs that are shown as a table. */
export const fewestGrouped = 3;
/** Lists of more logs are cut. */
const mostOffered = 10_000;
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
  if (parting && second) {
    const marks = [parting.bad, parting.good];
    traces.classList.add('pair');
    for (const [i, log] of [first, second].entries()) {
      const mark = marks[i];
      await showTrace(place, traces, log, mark ? new Map([[mark, 'first difference']]) : new Map());
    }
  } else if (!second) await showTrace(place, traces, first);
  else if (many) traces.before(exploreLogs(place, traces, sent, many));
  else place.insertBefore(offerSeveral(place, traces, sent, show), traces);
}

function findSent(files: readonly File[], logs: readonly { name: string; verdict: string }[]): SentLog[] {
  const [only] = files;
  // The answer may have withheld a part of the name.
  if (files.length === 1 && only && logs.length === 1 && logs[0]) return [{ ...logs[0], file: only }];
  // Two compared logs may have the same name.
  const inOrder = files.length === logs.length && logs.every(({ name }, i) => name === files[i]?.name);
  if (inOrder) return logs.map((log, i) => ({ ...log, file: files[i] as File }));
  const found: SentLog[] = [];
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const log of logs.slice(0, mostOffered)) {
    const file = byName.get(log.name) ?? files.find(({ name }) => log.name.startsWith(`${name}/`));
    if (file) found.push({ ...log, file });
  }
  return found;
}

/** Reads a log once more into a view, and shows it with its waterfall. */
async function showTrace(
  answer: HTMLElement,
  place: HTMLElement,
  { name, file }: SentLog,
  marks?: ReadonlyMap<number, string>,
): Promise<void> {
  const section = create('section', { class: 'trace-of' }, create('h3', {}, `Trace: ${name}`));
  place.append(section);
  const form = new FormData();
  form.append('name', name);
  form.append('file', file, file.name);
  const response = await fetch('api/trace', { method: 'POST', body: form });
  const { view, waterfall } = (await response.json()) as { view?: TraceView; waterfall?: string };
  if (!view || view.total === 0) {
    section.append(create('p', { class: 'note' }, 'This log holds no events that I can show.'));
    return;
  }
  const chart = create('div', {});
  // Escaped by adapters/web/waterfall.ts.
  chart.innerHTML = waterfall ?? '';
  const viewer = new TraceViewer(view, marks);
  section.append(chart, viewer.element);
  viewer.start();
  linkEvents(answer, name, viewer);
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
function exploreLogs(place: HTMLElement, traces: HTMLElement, sent: readonly SentLog[], table: LogTable): HTMLElement {
  removeGroups(place);
  const byName = new Map(sent.map((log) => [log.name, log]));
  const { element } = new LogExplorer(table, ({ file }) => {
    const log = byName.get(file);
    if (!log) return;
    traces.replaceChildren();
    void showTrace(place, traces, log).then(() => traces.scrollIntoView({ block: 'start' }));
  });
  return element;
}

/** Returns the choice of one log of several, and of two the button that compares them. */
function offerSeveral(
  place: HTMLElement,
  traces: HTMLElement,
  sent: readonly SentLog[],
  show: ShowAnswer,
): HTMLElement {
  const list = create('select', { 'aria-label': 'Log' }, ...sent.map(({ name }) => create('option', {}, name)));
  const open = createButton('Show its trace', () => {
    traces.replaceChildren();
    void showTrace(place, traces, sent[list.selectedIndex] as SentLog);
  });
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

/** Returns the button that saves the answer with its traces as one file. */
function saveButton(
  id: string,
  logs: readonly SentLog[],
  parting: AnsweredLogs['parting'],
  table: LogTable | undefined,
): HTMLElement {
  return createButton('Save as a report', async () => {
    const path = `report/${encodeURIComponent(id)}`;
    if (table) return saveReport(await postJson(path, table));
    const form = new FormData();
    for (const { file } of logs) form.append('file', file, file.name);
    for (const { name } of logs) form.append('name', name);
    for (const event of parting ? [parting.bad, parting.good] : []) form.append('difference', String(event ?? ''));
    await saveReport(await fetch(path, logs.length > 0 ? { method: 'POST', body: form } : {}));
  });
}

async function saveReport(response: Response): Promise<void> {
  saveFile('frebot-report.html', await response.blob());
}
