import { plainText, type TablePart } from './answer.js';

/** Characters of a line on a phone, and the padding of each column in the same unit. */
export const phoneColumns = 44;
const around = 3;

/** Characters a table needs at least: the longest word of each column. One that needs more than a phone has is read row by row. */
export function narrowestWidth({ columns, rows }: Pick<TablePart, 'columns' | 'rows'>): number {
  return columns.reduce((sum, name, at) => {
    const words = [name, ...rows.map((row) => plainText(row[at] ?? ''))].flatMap((cell) => cell.split(/\s+/));
    return sum + around + Math.max(...words.map((word) => word.length));
  }, 0);
}
