import { includesWords, splitWords } from '../search-words.js';
import { create } from '../trace/dom.js';
import { SortableTable } from './sortable-table.js';

/** Makes the long tables of an answer sortable, with a search above each. */
export function enhanceTables(answer: Element): void {
  for (const table of answer.querySelectorAll<HTMLTableElement>('[data-part^="all-"] table')) {
    const columns = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? '');
    const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => ({
      cells: [...row.cells].map((cell) => cell.textContent ?? ''),
    }));
    const sortable = new SortableTable(columns.join(', '), columns);
    const search = create('input', {
      type: 'search',
      placeholder: 'Search the table',
      'aria-label': 'Search the table',
    });
    search.addEventListener('input', () => {
      const words = splitWords(search.value);
      sortable.show(rows.filter(({ cells }) => includesWords(cells.join(' '), words)));
    });
    sortable.show(rows);
    const place = table.closest('.scroll') ?? table;
    place.replaceWith(create('div', { class: 'filters' }, search), sortable.element);
  }
}
