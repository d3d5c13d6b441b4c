import { plainText, type Text } from '../../../src/answer/answer.js';
import { neutralize } from '../../../src/answer/text.js';

/** Characters of the widest row that a thread or a modal shows without breaking it. */
const maxWidth = 64;

/** Returns a table as monospace text: in columns, or with a line for each cell when it is too wide. */
export function alignColumns(names: string[], rows: Text[][]): string {
  const cells = [names, ...rows].map((row) => names.map((_, at) => neutralize(plainText(row[at] ?? ''))));
  const widths = names.map((_, at) => Math.max(...cells.map((row) => (row[at] as string).length)));
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (total > maxWidth) {
    return cells
      .slice(1)
      .map((row) => row.map((cell, at) => `${neutralize(names[at] as string)}: ${cell}`).join('\n'))
      .join('\n\n');
  }
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
