import type { TraceView } from '../../../../src/desk/desk.js';

/** One line of the tree: an event, or the heading of a stage of the pipeline above its events. */
export interface TreeNode {
  /** Number of the event; 0 for a heading. */
  event: number;
  /** Name of the stage, of a heading. */
  stage?: string;
  /** Place of the line above it in the list of nodes; -1 for none. */
  parent: number;
  depth: number;
  /** Place behind its last descendant in the list of nodes. */
  end: number;
}

/** A field of an event as it is shown. */
export interface NamedField {
  name: string;
  value: string;
  means: string;
  withheld: boolean;
}

/** Reads the columns of a view, and puts its events into a tree: child requests, stages, modules, steps. */
export class TraceTree {
  readonly view: TraceView;
  /** In the order in which they are shown when everything is open. */
  readonly nodes: TreeNode[] = [];
  /** Place of each event in `nodes`, by its number. */
  readonly places: number[] = [];
  readonly #children: number[][];
  /** Words of module and stage of each event, those of the steps around it included. */
  readonly #modules: number[];
  readonly #stages: number[];

  constructor(view: TraceView) {
    this.view = view;
    const { parents, modules, stages } = view.rows;
    this.#children = Array.from({ length: parents.length + 1 }, () => []);
    for (const [i, parent] of parents.entries()) this.#children[parent]?.push(i + 1);
    this.#modules = inherit(modules, parents);
    this.#stages = inherit(stages, parents);
    this.#addChildren(0, -1, 0);
  }

  get count(): number {
    return this.view.rows.names.length;
  }

  name(event: number): string {
    return this.#word(this.view.rows.names[event - 1]);
  }

  /** Returns the module that an event belongs to, its own or that of a step around it. */
  module(event: number): string {
    return this.#word(this.#modules[event - 1]);
  }

  stage(event: number): string {
    return this.#word(this.#stages[event - 1]);
  }

  area(event: number): string {
    return this.#word(this.view.rows.areas[event - 1]);
  }

  level(event: number): number {
    return this.view.rows.levels[event - 1] ?? -1;
  }

  /** True for a warning, an error or a critical error. */
  isProblem(event: number): boolean {
    const level = this.level(event);
    return level >= 1 && level <= 3;
  }

  /** Returns milliseconds since the first event; undefined when the time cannot be read. */
  time(event: number): number | undefined {
    return timeOrUndefined(this.view.rows.times[event - 1]);
  }

  /** Returns how long the step took that an event opens; undefined for an event that opens none. */
  duration(event: number): number | undefined {
    return timeOrUndefined(this.view.rows.durations[event - 1]);
  }

  self(event: number): number | undefined {
    return timeOrUndefined(this.view.rows.selfs[event - 1]);
  }

  /** Returns why the verdict rests on an event: it decided the outcome, or took longest; undefined for any other event. */
  markOf(event: number): string | undefined {
    const at = this.view.decisive.indexOf(event);
    if (at < 0) return undefined;
    return at === 0 ? 'decisive' : 'longest step';
  }

  fields(event: number): NamedField[] {
    const { rows, fields, meanings = {} } = this.view;
    return (rows.fields[event - 1] ?? []).map((at) => {
      const field = fields[at];
      const means = this.#word(field?.means);
      const code = /^0x[0-9a-f]{8}/.exec(means)?.[0];
      const known = code === undefined ? undefined : meanings[code];
      return {
        name: this.#word(field?.name),
        value: this.#word(field?.value),
        means: known === undefined ? means : `${code} ${known}`,
        withheld: field?.withheld === true,
      };
    });
  }

  /** Returns what an event says in one line: its fields without those that its place shows. */
  summary(event: number): string {
    return this.fields(event)
      .filter(({ name, value, withheld }) => value !== '' && !withheld && !placeFields.has(name))
      .sort((a, b) => Number(b.means.startsWith('0x')) - Number(a.means.startsWith('0x')))
      .slice(0, 4)
      .map(({ name, value, means }) => `${name} ${means || value}`)
      .join(' · ')
      .replace(/\s+/g, ' ')
      .slice(0, 300);
  }

  /** True for a step that holds nothing but its own end, which says nothing: most turns of modules are such. */
  isRoutine(node: TreeNode): boolean {
    if (node.event === 0) return false;
    const [only, more] = this.#children[node.event] ?? [];
    if (only === undefined || more !== undefined || !/_END$|Leave$|End$/.test(this.name(only))) return false;
    if (this.isProblem(only) || this.markOf(only)) return false;
    return !this.fields(only).some(({ means }) => means === 'NOTIFICATION_FINISH_REQUEST');
  }

  #word(at: number | undefined): string {
    return at === undefined || at < 0 ? '' : (this.view.words[at] ?? '');
  }

  /** Adds the events below one, with a heading wherever the stage changes to another than that of the step around them. */
  #addChildren(around: number, parent: number, depth: number): void {
    const own = this.view.rows.stages[around - 1] ?? -1;
    let heading = -1;
    const close = () => {
      const node = this.nodes[heading];
      if (node) node.end = this.nodes.length;
      heading = -1;
    };
    for (const event of this.#children[around] ?? []) {
      const stage = this.view.rows.stages[event - 1] ?? -1;
      if (stage >= 0 && stage === own) close();
      else if (stage >= 0 && this.#word(stage) !== this.nodes[heading]?.stage) {
        close();
        heading = this.nodes.push({ event: 0, stage: this.#word(stage), parent, depth, end: 0 }) - 1;
      }
      if (heading < 0) this.#addEvent(event, parent, depth);
      else this.#addEvent(event, heading, depth + 1);
    }
    close();
  }

  #addEvent(event: number, parent: number, depth: number): void {
    const node: TreeNode = { event, parent, depth, end: 0 };
    this.places[event] = this.nodes.push(node) - 1;
    this.#addChildren(event, this.nodes.length - 1, depth + 1);
    node.end = this.nodes.length;
  }
}

/** Fields that the line of an event shows anyway. */
const placeFields = new Set([
  'ModuleName',
  'Notification',
  'fIsPostNotification',
  'fIsPostNotificationEvent',
  'RawConnId',
  'SiteId',
]);

function timeOrUndefined(value: number | undefined): number | undefined {
  return value === undefined || value < 0 ? undefined : value;
}

/** Fills what an event does not say with what the step around it says. A step comes before its events. */
function inherit(own: readonly number[], parents: readonly number[]): number[] {
  const all: number[] = [];
  for (const [i, value] of own.entries()) all.push(value >= 0 ? value : (all[(parents[i] ?? 0) - 1] ?? -1));
  return all;
}
