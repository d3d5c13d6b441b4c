import { countHours } from '../../../../src/answer/hour-counts.js';
import type { LogRow, LogTable } from '../../../../src/answer/log-table.js';
import { renderHoursChart } from '../../hours-chart.js';
import { createChoice, createSearch } from '../filter-controls.js';
import { create, createButton } from '../trace/dom.js';
import { downloadButtons } from './log-files.js';
import {
  everyLog,
  type FilterField,
  filterFields,
  filterLogs,
  type LogFilter,
  logValue,
  sumGroups,
} from './log-filter.js';
import { SortableTable } from './sortable-table.js';

const labels: Readonly<Record<FilterField, [one: string, all: string]>> = {
  cause: ['Cause', 'All causes'],
  outcome: ['Outcome', 'All outcomes'],
  status: ['Status', 'All statuses'],
  site: ['Site', 'All sites'],
  pool: ['Pool', 'All pools'],
  url: ['URL', 'All URLs'],
  server: ['Server', 'All servers'],
  hour: ['Hour (UTC)', 'All hours'],
};
/** Values of one list; of more the search finds the others. */
const mostOptions = 500;

/** Many logs: filters, a chart over time, all groups, and the logs of one of them. Every text of a log is set as text. */
export class LogExplorer {
  readonly element: HTMLElement;
  readonly #table: LogTable;
  readonly #openLog: ((log: LogRow) => void) | undefined;
  readonly #count = create('span', { class: 'count', role: 'status' });
  readonly #chart = create('div', {});
  readonly #groups = new SortableTable('Groups', [
    'Logs',
    'Cause',
    'Status',
    'Site',
    'Pool',
    'URL',
    'Server',
    'First',
    'Last',
  ]);
  readonly #logs = new SortableTable('Logs', ['Log', 'Status', 'Code', 'Site', 'Pool', 'URL', 'Server', 'Time (UTC)']);
  readonly #logsHead = create('h4', { tabindex: -1 });
  readonly #lists: readonly HTMLSelectElement[];
  readonly #search = createSearch('Search the logs', 'Search the logs', () => this.#update());
  #group: number | undefined;

  /** @param openLog shows one log; absent where only its row is known */
  constructor(table: LogTable, openLog?: (log: LogRow) => void) {
    this.#table = table;
    this.#openLog = openLog;
    this.#lists = filterFields.map((field) => this.#list(field));
    const clear = createButton('Show all', () => {
      for (const control of [this.#search, ...this.#lists]) control.value = '';
      this.#group = undefined;
      this.#update();
      this.#search.focus();
    });
    const filters = create('div', { class: 'filters', role: 'search', 'aria-label': 'Logs' });
    filters.append(this.#search, ...this.#lists, clear, this.#count);
    this.element = create('section', { class: 'logs' }, create('h3', {}, 'All logs'), filters, this.#chart);
    this.element.append(this.#groups.element, this.#logsHead, this.#logs.element);
    this.element.append(downloadButtons(table, () => filterLogs(table, this.#filter())));
    this.#update();
  }

  #list(field: FilterField): HTMLSelectElement {
    const [one, all] = labels[field];
    const values = [...new Set(this.#table.logs.map((log) => logValue(this.#table, log, field)))]
      .filter(Boolean)
      .sort();
    const list = createChoice(one, all, values.slice(0, mostOptions), () => this.#update());
    list.hidden = values.length < 2;
    return list;
  }

  #filter(): LogFilter {
    const chosen = filterFields.map((field, i) => [field, this.#lists[i]?.value ?? ''] as const);
    return { ...everyLog, ...Object.fromEntries(chosen), text: this.#search.value, group: this.#group };
  }

  #update(): void {
    const { groups, logs: all } = this.#table;
    const logs = filterLogs(this.#table, this.#filter());
    const sums = sumGroups(logs);
    const number = (count: number) => count.toLocaleString('en');
    this.#count.textContent = `${number(logs.length)} of ${number(all.length)} logs, ${number(sums.length)} of ${number(groups.length)} groups`;
    const failed = logs.filter(({ group }) => groups[group]?.verdict !== 'no-fault');
    const hours = countHours(failed.map(({ group, time }) => ({ title: groups[group]?.title ?? '', time })));
    // Escaped by adapters/web/hours-chart.ts.
    this.#chart.innerHTML = hours ? renderHoursChart(hours).markup : '';
    this.#groups.show(
      sums.map(({ group, logs: own }) => ({
        cells: [number(own.length), titleOf(this.#table, group), ...placesOf(this.#table, own)],
        open: () => this.#openGroup(group),
      })),
    );
    this.#showLogs(logs);
  }

  #openGroup(group: number): void {
    this.#group = this.#group === group ? undefined : group;
    this.#update();
    if (this.#group !== undefined) this.#logsHead.focus();
  }

  #showLogs(logs: readonly LogRow[]): void {
    const of = this.#group === undefined ? '' : ` of "${titleOf(this.#table, this.#group)}"`;
    this.#logsHead.textContent = `Logs${of}`;
    this.#logs.show(
      logs.map((log) => ({
        cells: [log.file, log.status, log.code, log.site, log.pool, log.url, log.server, timeOf(log)],
        ...(this.#openLog && { open: () => this.#openLog?.(log) }),
      })),
    );
  }
}

function titleOf({ groups }: LogTable, group: number): string {
  const { title = '', verdict = 'failure' } = groups[group] ?? {};
  return verdict === 'failure' ? title : `${title} (${verdict})`;
}

/** Returns the one value of each field, or how many there are; then the first and the last hour. */
function placesOf(table: LogTable, logs: readonly LogRow[]): string[] {
  const places = (['status', 'site', 'pool', 'url', 'server'] as const).map((field) => {
    const values = new Set(logs.map((log) => logValue(table, log, field)).filter(Boolean));
    return values.size > 1 ? `${values.size} different` : ([...values][0] ?? '');
  });
  const hours = logs
    .map((log) => logValue(table, log, 'hour'))
    .filter(Boolean)
    .sort();
  return [...places, hours[0] ?? '', hours.at(-1) ?? ''];
}

function timeOf({ time }: LogRow): string {
  return time.slice(0, 19).replace('T', ' ');
}
