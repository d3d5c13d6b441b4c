import { create, createButton } from '../trace/dom.js';
import { sortRows, type TableRow } from './table-rows.js';

/** Rows drawn first; a button draws four times as many. On a phone a row is as tall as a card. */
const firstRows = 25;

/** A table that its headings sort. It draws only the first rows, so that ten thousand appear at once. */
export class SortableTable {
  readonly element: HTMLElement;
  readonly #columns: readonly string[];
  readonly #body = create('tbody', {});
  readonly #heads: HTMLTableCellElement[] = [];
  readonly #more: HTMLButtonElement;
  #rows: readonly TableRow[] = [];
  #sort: { column: number; down: boolean } | undefined;
  #drawn = firstRows;

  constructor(label: string, columns: readonly string[]) {
    this.#columns = columns;
    for (const [column, name] of columns.entries()) {
      const head = create(
        'th',
        { scope: 'col' },
        createButton(name, () => this.#sortBy(column)),
      );
      this.#heads.push(head);
    }
    const head = create('thead', {}, create('tr', {}, ...this.#heads));
    const table = create('table', { class: 'wide sortable', 'aria-label': label }, head, this.#body);
    this.#more = createButton('', () => {
      this.#drawn *= 4;
      this.#draw();
    });
    this.element = create('div', { class: 'scroll' }, table, this.#more);
  }

  show(rows: readonly TableRow[]): void {
    this.#rows = rows;
    this.#drawn = firstRows;
    this.#draw();
  }

  #sortBy(column: number): void {
    this.#sort = { column, down: this.#sort?.column === column && !this.#sort.down };
    this.#draw();
  }

  #draw(): void {
    for (const [column, head] of this.#heads.entries()) {
      if (this.#sort?.column === column) head.setAttribute('aria-sort', this.#sort.down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
    const rows = this.#sort ? sortRows(this.#rows, this.#sort.column, this.#sort.down) : this.#rows;
    this.#body.replaceChildren(...rows.slice(0, this.#drawn).map((row) => this.#drawRow(row)));
    const left = rows.length - this.#drawn;
    this.#more.hidden = left <= 0;
    this.#more.textContent = `Show more (${left.toLocaleString('en')} left)`;
  }

  #drawRow({ cells, open }: TableRow): HTMLElement {
    const drawn = cells.map((cell, at) => {
      const content = at === 0 && open ? createButton(cell, open) : cell;
      return create('td', { 'data-column': this.#columns[at] ?? '' }, ...(cell === '' ? [] : [content]));
    });
    return create('tr', {}, ...drawn);
  }
}
