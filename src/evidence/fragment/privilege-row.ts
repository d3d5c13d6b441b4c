import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { isImpersonateName } from '../rights/display-names.js';
import { impersonateRight } from '../rights/export.js';

/** A row of whoami has a constant, a name and a state. In characters. */
const longestRow = 400;

/** Reads one row of `whoami /priv` without its table: the right is held, whatever the state says. */
export function readPrivilegeRow(file: string, text: string): Reading | null {
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const found = line.length > longestRow ? null : /^"?SeImpersonatePrivilege"?([\s,|]+)(\S.*)$/.exec(line);
    if (!found || found[2]!.startsWith('=')) continue;
    const rest = found[2]!.replaceAll('"', '');
    const cells = rest.split(/ *[\t,|]\s*| {2,}/);
    const words = rest
      .split(/[\s,|]+/)
      .slice(0, -1)
      .join(' ');
    if (!(isImpersonateName(cells[0]!) || isImpersonateName(words) || (found[1] !== ' ' && cells.length === 2)))
      continue;
    const gather = new ObservationCollector();
    gather.add('token.has-right', true, { field: impersonateRight, raw: line.trim() });
    gather.add('token.whose', 'unknown');
    return gather.toReading(file, 'fragment', 'whoami-row');
  }
  return null;
}
