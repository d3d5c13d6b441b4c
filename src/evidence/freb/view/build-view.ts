import { Scrubber } from '../../scrub/scrubber.js';
import { openSource } from '../../source.js';
import { stageName } from '../codes.js';
import type { FrebEvent } from '../log/event.js';
import { EventClock } from '../log/event-clock.js';
import { openTrace } from '../open-trace.js';
import { observeOutcome } from '../outcome.js';
import { observeRequest } from '../request.js';
import { observeTime } from '../time/observe-time.js';
import { buildTimeline } from '../time/timeline.js';
import { buildWaterfall } from '../time/waterfall.js';
import { TraceObserver } from '../trace-observer.js';
import { areaName } from './areas.js';
import { isConstantField } from './field-forms.js';
import { showField } from './shown-field.js';
import { buildStepTree } from './step-tree.js';
import type { TraceColumns, TraceView } from './trace-view.js';
import { WordTable } from './word-table.js';

/** Events of one view. A real log of the largest size that IIS writes by default has about a thousand. */
const mostRows = 20_000;
/** Fields of one event; IIS writes some ten. */
const mostShownFields = 40;
/** Strings and fields of one view, in bytes on the wire: a report with it must stay below 5 MB. */
const mostBytes = 2_500_000;
/** Bytes of a reference from a row to a field. */
const referenceBytes = 6;

/** Reads a log into a view of all its events, at most 20,000. Null when the bytes hold no FREB log. Never throws. */
export function buildTraceView(name: string, bytes: Uint8Array): TraceView | null {
  const trace = openTrace(openSource(bytes));
  if (!trace) return null;
  const facts = new TraceObserver(trace);
  observeRequest(facts);
  observeOutcome(facts);
  const timeline = observeTime(facts, false) ?? buildTimeline(trace);
  const { gather } = facts;
  const decisive = facts.decisiveEvents();
  const builder = new ViewBuilder(facts, Math.min(trace.index.count, mostRows));
  builder.addRows(buildStepTree(trace, timeline, builder.count));
  const clock = new EventClock(trace.bytes, trace.index);
  const start = trace.index.count > 0 ? clock.read(0) : -1;
  return {
    file: new Scrubber().fileName(name),
    total: trace.index.count,
    start: start < 0 ? null : start,
    ...builder.view((event) => timeline.timeOf(event) ?? -1),
    decisive,
    waterfall: gather.waterfall(buildWaterfall(timeline, decisive[0])),
    withheld: facts.withheld,
  };
}

class ViewBuilder {
  readonly count: number;
  readonly #facts: TraceObserver;
  readonly #table = new WordTable();
  readonly #codes = new Set<string>();
  #fieldsEnd: number | null = null;
  readonly #rows: TraceColumns = {
    names: [],
    levels: [],
    times: [],
    parents: [],
    durations: [],
    selfs: [],
    modules: [],
    stages: [],
    areas: [],
    fields: [],
  };

  constructor(facts: TraceObserver, count: number) {
    this.#facts = facts;
    this.count = count;
  }

  addRows({ parents, steps }: ReturnType<typeof buildStepTree>): void {
    const { trace, gather } = this.#facts;
    const rows = this.#rows;
    for (let n = 1; n <= this.count; n++) {
      const event = trace.event(n);
      const step = steps.get(n);
      rows.names.push(this.#table.place(gather.field(event.name || 'unreadable event')));
      rows.levels.push(event.level);
      rows.parents.push(parents[n - 1] ?? 0);
      rows.durations.push(step ? step.endMs - step.startMs : -1);
      rows.selfs.push(step ? step.selfMs : -1);
      this.#addPlace(event);
      rows.fields.push(this.#fieldsOf(event, n));
    }
  }

  view(timeOf: (event: number) => number): Pick<TraceView, 'words' | 'rows' | 'fields' | 'fieldsEnd' | 'codes'> {
    const { words, fields } = this.#table;
    const times = Array.from({ length: this.count }, (_, i) => timeOf(i + 1));
    return { words, rows: { ...this.#rows, times }, fields, fieldsEnd: this.#fieldsEnd, codes: [...this.#codes] };
  }

  #addPlace(event: FrebEvent): void {
    const { gather } = this.#facts;
    const module = event.get('ModuleName') ?? (/^AspNetPipeline/.test(event.name) ? event.get('Data1') : undefined);
    const stage = stageName(event.get('Notification'), event.text('Notification'));
    this.#rows.modules.push(this.#table.place(module && gather.field(module, 'decisive.module')));
    this.#rows.stages.push(this.#table.place(stage && gather.field(stage, 'decisive.notification')));
    this.#rows.areas.push(this.#table.place(areaName(event.parts.provider, event.parts.keywords)));
  }

  /** Returns the fields of an event; nothing once the view is large enough. */
  #fieldsOf(event: FrebEvent, number: number): number[] {
    if (this.#fieldsEnd === null && this.#table.bytes > mostBytes) this.#fieldsEnd = number;
    if (this.#fieldsEnd !== null) return [];
    const table = this.#table;
    const places: number[] = [];
    for (const [field, raw] of event.parts.data) {
      if (isConstantField(field)) continue;
      if (places.length === mostShownFields) break;
      const { name, value, means, withheld, code } = showField(this.#facts.gather, event, field, raw);
      if (code) this.#codes.add(code);
      const shown = { name: table.place(name), value: table.place(value), means: table.place(means) };
      places.push(table.fieldPlace(withheld ? { ...shown, withheld } : shown));
    }
    table.bytes += places.length * referenceBytes;
    return places;
  }
}
