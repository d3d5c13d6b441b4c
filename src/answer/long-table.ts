import type { TablePart, Text } from './answer.js';

/** Rows on the first screen. */
const firstRows = 8;
/** Rows of the whole table behind it. */
export const mostRows = 500;

/**
 * Returns a table as it is, or a long one as its first rows with a row for the others, and the whole of it folded.
 * @param left returns the row for the others, given their number
 */
export function splitTable(table: TablePart, heading: string, left: (count: number) => Text[]): TablePart[] {
  const more = table.rows.length - firstRows;
  if (more <= 0) return [table];
  const whole = table.rows.length > mostRows ? `${heading}: the first ${mostRows} of ${table.rows.length}` : heading;
  return [
    { ...table, rows: [...table.rows.slice(0, firstRows), left(more)] },
    { ...table, id: `all-${table.id}`, heading: whole, keep: 'fold', rows: table.rows.slice(0, mostRows) },
  ];
}

/** Returns the ids of parts that only show the first rows of another part, for doors that show that one. */
export function firstRowsOf(parts: readonly { id: string }[]): Set<string> {
  return new Set(parts.flatMap(({ id }) => (id.startsWith('all-') ? [id.slice('all-'.length)] : [])));
}
