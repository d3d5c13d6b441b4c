import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { observeHolders, parseHolders, type RightHolder, showsIis } from '../rights/holders.js';
import { observeIisRight } from '../rights/iis-rights.js';
import { sid } from '../sids.js';

/** One right as the report sets it: which GPO wins, and the holders. */
interface ReportedRight {
  /** The constant without its `Se`: `ImpersonatePrivilege`. It is not translated. */
  name: string;
  gpo: string;
  holders: RightHolder[];
  line: number;
}

const right = /^\s*[^:]{2,40}:\s+([A-Z]\w{3,60}(?:Privilege|LogonRight))\s*$/;
const keyed = /^\s*[^:\\]{2,40}:\s+(\S.{0,300}?)\s*$/;
/** No other tool speaks of RSOP, whatever the language of the rest. */
const heading = /\bRSOP\b/;
const ruler = /^-{10,}[ \t\r]{0,40}$/m;

/** How a whole report begins. */
const isWhole = (text: string) => heading.test(text.slice(0, 3000)) && ruler.test(text.slice(0, 4000));

/** The right as it is copied out of a report: with its GPO above it, and accounts that Windows knows in some language below. */
const isCopied = ({ name, gpo, holders }: ReportedRight) =>
  name === 'ImpersonatePrivilege' && gpo !== '' && holders.some((one) => one.sid !== undefined);

/** What is copied out of a report is short, in characters. */
const longestCopy = 8000;

/**
 * Reads what `gpresult /r`, `/v` and `/z` print, or the rows of the right that were copied out of it. Only `/z`, and `/v` for what it
 * chooses, list user rights; of `/r` the reading says that it does not.
 */
export function readGpresultText(file: string, text: string): Reading | null {
  if (text.trimStart().startsWith('<')) return null;
  if (!isWhole(text) && (text.length > longestCopy || ![...reportedRights(text)].some(isCopied))) return null;
  const gather = new ObservationCollector();
  const rights = gather.first(reportedRights(text), 'user rights');
  gather.add('right.reported', rights.length > 0, {
    field: 'User Rights',
    raw: rights.length > 0 ? 'in the report' : 'not in the report',
  });
  const computer = /^[ \t]{2,40}CN=([\w-]{1,63}),/m.exec(text.slice(0, 20_000))?.[1];
  if (computer) gather.add('computer.name', computer, { field: 'CN' });
  const impersonate = rights.find(({ name }) => name === 'ImpersonatePrivilege');
  if (impersonate) {
    observeHolders(gather, impersonate.holders, { event: impersonate.line, field: impersonate.name });
    if (impersonate.gpo)
      gather.add('right.winning-gpo', impersonate.gpo, { event: impersonate.line - 1, field: 'GPO' });
  } else if (rights.length > 0)
    gather.add('right.defined', false, { field: 'ImpersonatePrivilege', raw: 'not in the report' });
  const batch = rights.find(({ name }) => name === 'BatchLogonRight');
  if (batch)
    gather.add(
      'right.batch-holds-iis-iusrs',
      batch.holders.some((one) => one.sid === sid.iisIusrs),
      { event: batch.line, field: batch.name },
    );
  for (const { name, holders, line } of rights)
    observeIisRight(gather, `Se${name}`, holders, { event: line, field: name });
  const sign = rights.find(({ holders }) => showsIis(holders));
  if (sign) gather.add('iis.installed', true, { event: sign.line, field: sign.name });
  return gather.toReading(file, 'policy-report', 'gpresult-text');
}

/** Each right is between the line of its GPO and the line of its first holder; more holders follow, one a line. */
function* reportedRights(text: string): Generator<ReportedRight> {
  const lines = text.split(/\r\n|\r|\n/);
  for (const [i, line] of lines.entries()) {
    const name = right.exec(line)?.[1];
    if (name === undefined) continue;
    const listed: string[] = [];
    for (const row of lines.slice(i + 1, i + 200)) {
      if (row.trim() === '' || right.test(row)) break;
      listed.push(listed.length === 0 ? (keyed.exec(row)?.[1] ?? row.trim()) : row.trim());
    }
    const holders = listed.filter((one) => one !== 'N/A').flatMap((one) => [...parseHolders(one)]);
    yield { name, gpo: keyed.exec(lines[i - 1] ?? '')?.[1] ?? '', holders, line: i + 1 };
  }
}
