/** A row: what its cells show, and what its first cell does when pressed. */
export interface TableRow {
  cells: readonly string[];
  open?: () => void;
}

/** Returns rows sorted by a column: numbers by their value, the rest as words. Rows that are equal keep their order. */
export function sortRows(rows: readonly TableRow[], column: number, down: boolean): TableRow[] {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const cell = ({ cells }: TableRow) => (cells[column] ?? '').replace(/(?<=\d),(?=\d{3})/g, '');
  return [...rows].sort((a, b) => (down ? compare(cell(b), cell(a)) : compare(cell(a), cell(b))));
}
