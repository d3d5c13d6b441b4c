import type { TraceView } from '../../../../src/desk/desk.js';
import { create, createButton } from './dom.js';
import { drawDetails } from './event-details.js';
import { drawLine, lineId } from './event-line.js';
import { createFilterBar, type FilterBar } from './filter-bar.js';
import { isFiltering, noFilter, type ShownLines, showLines, type TraceFilter } from './trace-filter.js';
import { TraceTree, type TreeNode } from './trace-tree.js';
import { moveInTree } from './tree-keys.js';
import { VirtualList } from './virtual-list.js';

/** Shows every event of one trace: a tree with search and filters, and the fields of the selected event. */
export class TraceViewer {
  readonly element: HTMLElement;
  readonly tree: TraceTree;
  readonly #marks: ReadonlyMap<number, string>;
  readonly #list: VirtualList;
  readonly #bar: FilterBar;
  readonly #details = create('div', {
    class: 'details',
    role: 'region',
    'aria-label': 'The selected event',
    tabindex: 0,
  });
  readonly #closed = new Set<number>();
  #filter: TraceFilter = noFilter;
  #shown: ShownLines;
  /** Place of the selected node. */
  #selected = 0;

  /** @param marks what is special about some events, by their number; the decisive events by default */
  constructor(view: TraceView, marks?: ReadonlyMap<number, string>) {
    this.tree = new TraceTree(view);
    this.#marks = marks ?? new Map(view.decisive.map((event) => [event, this.tree.markOf(event) ?? '']));
    this.#closeRoutine();
    this.#shown = showLines(this.tree, this.#filter, this.#closed);
    const lines = create('div', { class: 'tree', role: 'tree', tabindex: 0, 'aria-label': `Events of ${view.file}` });
    this.#list = new VirtualList(lines, (index) => this.#drawLine(index));
    this.#bar = createFilterBar(this.tree, (filter) => this.#setFilter(filter));
    lines.addEventListener('click', (event) => this.#click(event));
    lines.addEventListener('keydown', (event) => this.#press(event));
    this.element = create(
      'div',
      { class: 'trace' },
      this.#bar.element,
      this.#jumps(),
      create('div', { class: 'panes' }, lines, this.#details),
      ...this.#notes(),
    );
  }

  /** Draws the tree, once its element is on the page, with the first marked event in its middle. */
  start(): void {
    this.#update();
    const [first = 1] = this.#marks.keys();
    this.select(this.tree.places[first] ?? this.tree.places[1] ?? 0, true);
  }

  /** Shows an event, whatever is filtered or closed. False when the view does not hold it. */
  showEvent(event: number): boolean {
    const place = this.tree.places[event];
    if (place === undefined) return false;
    if (!this.#shown.lines.includes(place)) this.#setFilter(noFilter);
    this.#openAbove(place);
    this.select(place, true);
    this.element.querySelector<HTMLElement>('.tree')?.focus({ preventScroll: true });
    return true;
  }

  /** Selects a node and scrolls it into view. */
  select(place: number, middle = false): void {
    const { lines } = this.#shown;
    const before = lines.indexOf(this.#selected);
    this.#selected = place;
    const index = lines.indexOf(place);
    this.#list.refresh(before);
    if (index >= 0) {
      this.#list.scrollTo(index, middle);
      this.#list.refresh(index);
    }
    this.#list.element.setAttribute('aria-activedescendant', lineId(this.tree, place));
    const { event } = this.#node(place);
    if (event > 0) this.#details.replaceChildren(drawDetails(this.tree, event));
  }

  #node(place: number): TreeNode {
    return this.tree.nodes[place] as TreeNode;
  }

  #drawLine(index: number): HTMLElement {
    const place = this.#shown.lines[index] as number;
    const { event, end } = this.#node(place);
    const mark = this.#marks.get(event);
    return drawLine(this.tree, place, {
      open: end > place + 1 ? !this.#closed.has(place) || isFiltering(this.#filter) : undefined,
      selected: place === this.#selected,
      fitting: this.#shown.isFitting(place),
      ...(mark !== undefined && { mark }),
    });
  }

  /** Lines say how a filter is left: the selected event stays in view. */
  #setFilter(filter: TraceFilter): void {
    this.#filter = filter;
    this.#update();
    const { lines } = this.#shown;
    const selected = lines.includes(this.#selected)
      ? this.#selected
      : lines.find((place) => this.#shown.isFitting(place));
    if (selected === undefined) return;
    this.select(selected, true);
  }

  #update(): void {
    this.#shown = showLines(this.tree, this.#filter, this.#closed);
    this.#list.setCount(this.#shown.lines.length);
    const { count } = this.tree;
    const total = `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;
    this.#bar.say(isFiltering(this.#filter) ? `${this.#shown.fitting.toLocaleString('en')} of ${total}` : total);
  }

  #toggle(place: number, open = this.#closed.has(place)): void {
    if (this.#node(place).end <= place + 1 || isFiltering(this.#filter)) return;
    if (open) this.#closed.delete(place);
    else this.#closed.add(place);
    this.#update();
  }

  #click(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const line = target.closest<HTMLElement>('.line');
    if (!line) return;
    const place = Number(line.dataset.place);
    if (target.closest('.twist') || this.#node(place).event === 0) this.#toggle(place);
    this.select(place);
  }

  #press(event: KeyboardEvent): void {
    const { lines } = this.#shown;
    const move = moveInTree(event.key, {
      nodes: this.tree.nodes,
      lines,
      selected: this.#selected,
      page: this.#list.pageLines,
      isOpen: (place) => !this.#closed.has(place),
    });
    if (!move) return;
    event.preventDefault();
    if (move.open !== undefined) this.#toggle(this.#selected, move.open);
    if (move.to !== undefined) this.select(move.to);
  }

  #openAbove(place: number): void {
    let changed = false;
    for (let above = this.#node(place).parent; above >= 0; above = this.#node(above).parent)
      changed = this.#closed.delete(above) || changed;
    if (changed) this.#update();
  }

  #closeRoutine(): void {
    for (const [place, node] of this.tree.nodes.entries()) if (this.tree.isRoutine(node)) this.#closed.add(place);
  }

  #jumps(): HTMLElement {
    const jumps = [...this.#marks]
      .filter(([event]) => event <= this.tree.count)
      .map(([event, mark]) => createButton(`Go to the ${nameOf(mark)}, no. ${event}`, () => this.showEvent(event)));
    const open = createButton('Open all', () => {
      this.#closed.clear();
      this.#refresh();
    });
    const close = createButton('Close all', () => {
      for (const [place, { end, depth }] of this.tree.nodes.entries())
        if (end > place + 1 && depth <= 1) this.#closed.add(place);
      this.#refresh();
    });
    return create('div', { class: 'jumps' }, ...jumps, open, close);
  }

  #refresh(): void {
    this.#update();
    const visible = this.#shown.lines.findLast((place) => place <= this.#selected);
    if (visible !== undefined) this.select(visible, true);
  }

  #notes(): HTMLElement[] {
    const { total, withheld } = this.tree.view;
    const { count } = this.tree;
    const notes: string[] = [];
    if (total > count)
      notes.push(
        `This log has ${total.toLocaleString('en')} events. Here are the first ${count.toLocaleString('en')}.`,
      );
    for (const [event, mark] of this.#marks)
      if (event > count) notes.push(`The ${nameOf(mark)}, no. ${event.toLocaleString('en')}, comes after them.`);
    if (withheld === 1) notes.push('One private or unknown value is withheld.');
    if (withheld > 1) notes.push(`${withheld.toLocaleString('en')} private or unknown values are withheld.`);
    return notes.map((note) => create('p', { class: 'note' }, note));
  }
}

function nameOf(mark: string): string {
  return mark === 'decisive' ? 'decisive event' : mark;
}
