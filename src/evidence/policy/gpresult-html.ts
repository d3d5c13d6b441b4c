import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { findElements, stripMarkup, textOf } from '../markup.js';
import { isImpersonateName, isRightsNode } from '../rights/display-names.js';
import { impersonateRight } from '../rights/export.js';
import { observeHolders, parseHolders, showsIis } from '../rights/holders.js';
import { iisRightOfName, observeIisRight } from '../rights/iis-rights.js';
import { sidOfName } from '../sids.js';

/** True for the HTML that `gpresult /h` and Group Policy Management write, in any language: the classes are never translated. */
function looksLikePolicyHtml(text: string): boolean {
  const head = text.slice(0, 4000);
  return (
    /<html\b/i.test(head) &&
    (/gpmc_reportInitialized/i.test(head) || /class="(rsopheader|gposummary|gpoheader)"/.test(text))
  );
}

interface Section {
  level: string;
  title: string;
  from: number;
  to: number;
}

interface Row {
  cells: string[];
  at: number;
}

/**
 * Reads a Group Policy report in HTML. Headings and names of rights are translated; the classes, the order of the parts
 * and IIS_IUSRS are not. A right that the report does not list is set by no GPO, but only if the computer part is there.
 */
export function readPolicyHtml(file: string, text: string): Reading | null {
  if (!looksLikePolicyHtml(text)) return null;
  const gather = new ObservationCollector();
  const body = text.slice(Math.max(0, text.lastIndexOf('<body')));
  const sections = sectionsOf(body);
  const rsop = body.includes('class="rsopsettings"') || body.includes('class="rsopsummary"');
  const computer = rsop ? computerPart(body, sections) : { from: 0, to: body.length };
  const title = stripMarkup(textOf(text.slice(0, 5000), 'title') ?? '');

  if (rsop) {
    const user = sections.filter((s) => s.level === 'he0_expanded').length > 1 || computer === null;
    if (user) gather.countWithheld('user of the report');
    gather.add('right.reported', computer !== null, {
      field: 'Computer Details',
      raw: computer === null ? 'not in the report' : 'in the report',
    });
    const name = computer && computerName(body.slice(computer.from, computer.to));
    if (name) gather.add('computer.name', name, { field: 'computer' });
  } else if (title) gather.add('right.gpo', title, { field: 'title' });

  if (computer) observeRights(gather, body, sections, computer, rsop);
  return gather.toReading(file, 'policy-report', rsop ? 'gpresult-html' : 'gpo-report-html');
}

function observeRights(
  gather: ObservationCollector,
  body: string,
  sections: Section[],
  part: { from: number; to: number },
  rsop: boolean,
): void {
  const rows = rowsOf(body, part.from, part.to);
  const row = rows.find((r) => r.cells.length >= 2 && isImpersonateName(r.cells[0]!));
  if (row) {
    const place = { field: row.cells[0], raw: row.cells[1] };
    observeHolders(gather, gather.first(parseHolders(row.cells[1]!), 'holders of the right'), place);
    if (rsop && row.cells[2]) gather.add('right.winning-gpo', row.cells[2], { field: 'Winning GPO' });
  } else {
    // In a language whose words are not known the row may still be there, so nothing is claimed.
    const known = sections.some((s) => inside(s, part) && isRightsNode(s.title));
    const rightsLike = rows.some((r) => r.cells.length >= 2 && listsAccounts(r.cells[1]!));
    if (known || !rightsLike) gather.add('right.defined', false, { field: impersonateRight, raw: 'not in the report' });
  }
  for (const { cells } of rows) {
    const right = cells.length >= 2 ? iisRightOfName(cells[0]!) : undefined;
    if (right === undefined) continue;
    observeIisRight(gather, right, gather.first(parseHolders(cells[1]!), 'holders of the right'), { field: cells[0] });
  }
  const sign = rows.find((r) => r.cells.length >= 2 && showsIis([...parseHolders(r.cells[1]!)]));
  if (!sign) return;
  const signs = [...parseHolders(sign.cells[1]!)].filter((one) => showsIis([one]));
  gather.add('iis.installed', true, { field: sign.cells[0], raw: signs.map((one) => one.text).join(', ') });
}

const inside = (s: Section, part: { from: number; to: number }) => s.from >= part.from && s.from < part.to;

function listsAccounts(cell: string): boolean {
  return cell.split(',').some((name) => sidOfName(name) !== undefined);
}

/** Returns the headings of the report with their level (`he0_expanded` … `he4`) and how far each reaches at most. */
function sectionsOf(body: string): Section[] {
  const sections: Section[] = [];
  const head = /<div class="(he\d[a-z_]*)"[^>]{0,200}><span class="sectionTitle"[^>]{0,200}>([^<]{0,500})/g;
  for (let hit = head.exec(body); hit !== null; hit = head.exec(body))
    sections.push({ level: hit[1]!, title: stripMarkup(hit[2]!), from: hit.index, to: body.length });
  return sections;
}

/**
 * Returns the computer's part: of two parts under the settings it is the first. With one part alone (`/scope`), it is the
 * computer's when a computer account (`NAME$`) is among the groups. An empty part has no headings.
 */
function computerPart(body: string, sections: Section[]): { from: number; to: number } | null {
  const start = body.indexOf('class="rsopsettings"');
  const parts = sections.filter((s) => s.level === 'he0_expanded' && s.from > start);
  const first = parts[0];
  if (!first) return null;
  const part = { from: first.from, to: parts[1]?.from ?? body.length };
  const hasHeadings = sections.some((s) => s !== first && inside(s, part));
  if (!hasHeadings) return null;
  const slice = body.slice(part.from, part.to);
  const namesComputer = /\$\s*<(br|\/)/.test(slice) || sections.some((s) => inside(s, part) && isRightsNode(s.title));
  return parts.length > 1 || namesComputer ? part : null;
}

/** Returns the name of `DOMAIN\NAME` in the first row of the first table of the computer's part. */
function computerName(part: string): string | undefined {
  const row = rowsOf(part, 0, Math.min(part.length, 20_000)).find((r) => r.cells.length === 2);
  return row && /^(?:[^\\\s]{1,255}\\)?([\w-]{1,63})$/.exec(row.cells[1]!)?.[1];
}

function rowsOf(body: string, from: number, to: number): Row[] {
  const rows: Row[] = [];
  for (const row of findElements(body.slice(from, to), 'tr')) {
    const cells = [...findElements(row.inner, 'td')].map((cell) => stripMarkup(cell.inner));
    if (cells.length > 0) rows.push({ cells, at: from + row.at });
  }
  return rows;
}
