import { plainText, type TablePart } from './answer.js';

/** Characters of a line on a phone, and the padding of each column in the same unit. */
export const phoneColumns = 44;
const cellPadding = 3;

/** Returns the least width of a table in characters: the longest word of each column. A table wider than a phone is shown row by row. */
export function narrowestWidth({ columns, rows }: Pick<TablePart, 'columns' | 'rows'>): number {
  return columns.reduce((sum, name, at) => {
    const words = [name, ...rows.map((row) => plainText(row[at] ?? ''))].flatMap((cell) => cell.split(/\s+/));
    return sum + cellPadding + Math.max(...words.map((word) => word.length));
  }, 0);
}
