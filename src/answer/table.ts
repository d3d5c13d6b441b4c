import { plain, type TablePart } from './answer.js';

/** Characters that stand side by side on a phone. A table that needs more is read row by row there. */
export const phoneColumns = 44;

/** Characters a table needs at least side by side: the longest word of each column. */
export function narrowest({ columns, rows }: Pick<TablePart, 'columns' | 'rows'>): number {
  return columns.reduce((sum, name, at) => {
    const words = [name, ...rows.map((row) => plain(row[at] ?? ''))].flatMap((cell) => cell.split(/\s+/));
    return sum + Math.max(...words.map((word) => word.length));
  }, 0);
}
