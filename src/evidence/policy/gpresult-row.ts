import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { isImpersonateName } from '../rights/display-names.js';
import { observeHolders, parseHolders } from '../rights/holders.js';

/** A row with many accounts is long, in characters. */
const longestRow = 2000;
const cellBreak = /[ ]{2,}|\t+/;

/** Most lines of a row that is written as labels. */
const labelledLines = 6;

/** The cells of a row, or of the lines with labels that it begins: `Policy:`, `Computer Setting:`, `Winning GPO:`. */
function cellsOf(line: string, below: readonly string[]): string[] {
  const name = /^\s*Policy(?: name)?:\s*(\S.*)$/i.exec(line)?.[1]?.trim();
  if (name === undefined) return line.trim().split(cellBreak);
  const valueBehind = (label: RegExp) =>
    below.map((one) => label.exec(one)?.[1]?.trim()).find((one) => one !== undefined);
  const list = valueBehind(/^\s*(?:Computer )?Setting:\s*(\S.*)$/i);
  const gpo = valueBehind(/^\s*(?:Winning )?GPO:\s*(\S.*)$/i);
  return list === undefined || gpo === undefined ? [] : [name, list, gpo];
}

/**
 * Reads the row of the right as people copy it out of gpresult's HTML report: its name, the accounts, and the GPO that wins. Blanks or
 * a tab part the columns.
 */
export function readGpresultRow(file: string, text: string): Reading | null {
  const lines = text.split('\n');
  for (const [i, raw] of lines.entries()) {
    if (raw.length > longestRow) continue;
    const [name = '', list = '', gpo = '', ...more] = cellsOf(raw, lines.slice(i + 1, i + labelledLines));
    if (gpo === '' || more.length > 0 || !isImpersonateName(name)) continue;
    const holders = [...parseHolders(list)];
    if (!holders.some(({ sid }) => sid !== undefined)) continue;
    const gather = new ObservationCollector();
    const place = { event: i + 1, field: name };
    gather.add('right.reported', true, place);
    observeHolders(gather, holders, place);
    gather.add('right.winning-gpo', gpo, { event: i + 1, field: 'Winning GPO' });
    gather.add('right.gpo', gpo, { event: i + 1, field: 'Winning GPO' });
    return gather.toReading(file, 'policy-report', 'gpresult-row');
  }
  return null;
}
