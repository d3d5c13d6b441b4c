import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { isImpersonateName } from '../rights/display-names.js';
import { observeHolders, parseHolders } from '../rights/holders.js';

/** A row with many accounts is long, in characters. */
const longestRow = 2000;
const cellBreak = /[ ]{2,}|\t+/;

/**
 * Reads the row of the right as people copy it out of gpresult's HTML report: its name, the accounts, and the GPO that wins. Blanks or
 * a tab part the columns.
 */
export function readGpresultRow(file: string, text: string): Reading | null {
  for (const [i, raw] of text.split('\n').entries()) {
    if (raw.length > longestRow) continue;
    const [name = '', list = '', gpo = '', ...more] = raw.trim().split(cellBreak);
    if (!isImpersonateName(name) || gpo === '' || more.length > 0) continue;
    const holders = [...parseHolders(list)];
    if (!holders.some(({ sid }) => sid !== undefined)) continue;
    const gather = new ObservationCollector();
    const place = { event: i + 1, field: name };
    gather.add('right.reported', true, place);
    observeHolders(gather, holders, place);
    gather.add('right.winning-gpo', gpo, { event: i + 1, field: 'Winning GPO' });
    gather.add('right.gpo', gpo, { event: i + 1, field: 'Winning GPO' });
    return gather.reading(file, 'policy-report', 'gpresult-row');
  }
  return null;
}
