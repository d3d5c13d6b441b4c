import type { Reading } from '../evidence.js';
import { type FactPlace, ObservationCollector } from '../gather.js';
import { findElement, findElements, rootElementOf, textOf } from '../markup.js';
import { impersonateRight, isRightName } from '../rights/export.js';
import { holder, observeHolders, type RightHolder, showsIis } from '../rights/holders.js';
import { observeIisRight } from '../rights/iis-rights.js';

/** One right as a policy report in XML has it. */
interface Assignment {
  right: string;
  holders: RightHolder[];
  gpoId?: string;
  precedence: number;
}

/** Reads `gpresult /x`: what won on one computer, and by which GPO. */
export function readGpresultXml(file: string, text: string): Reading | null {
  const root = rootElementOf(text);
  if (root?.name !== 'Rsop' || !root.attributes.includes('GroupPolicy/Rsop')) return null;
  const gather = new ObservationCollector();
  if (findElement(text, 'UserResults')) gather.countWithheld('user of the report');
  const computer = findElement(text, 'ComputerResults')?.inner ?? cutOffPart(text, 'ComputerResults');
  gather.add('right.reported', computer !== undefined, {
    field: 'ComputerResults',
    raw: computer === undefined ? 'not in the report' : 'in the report',
  });
  if (computer === undefined) return gather.toReading(file, 'policy-report', 'gpresult-xml');

  const name = textOf(withoutGpos(computer), 'Name')?.split('\\').pop()?.replace(/\$$/, '');
  if (name) gather.add('computer.name', name, { field: 'ComputerResults/Name' });
  const assignments = winnersOf(assignmentsOf(computer));
  const own = assignments.find((a) => isImpersonate(a.right));
  if (own) {
    observeHolders(gather, own.holders, listPlace(own));
    const gpo = gpoNames(text).get((own.gpoId ?? '').toLowerCase()) ?? own.gpoId;
    if (gpo) gather.add('right.winning-gpo', gpo, { field: 'Winning GPO' });
  } else gather.add('right.defined', false, { field: impersonateRight, raw: 'not in the report' });
  observeIis(gather, assignments);
  const cut = !/<\/(?:\w+:)?Rsop>\s*$/.test(text.slice(-200));
  return gather.toReading(file, 'policy-report', 'gpresult-xml', { damage: cut ? ['malformed'] : [] });
}

/** Of several policies that set the same right, precedence 1 wins; lists are never merged. */
function winnersOf(assignments: readonly Assignment[]): Assignment[] {
  const winners = new Map<string, Assignment>();
  for (const one of assignments) {
    const known = winners.get(one.right.toLowerCase());
    if (!known || one.precedence < known.precedence) winners.set(one.right.toLowerCase(), one);
  }
  return [...winners.values()];
}

/** Returns where a list of holders is, with the members as the report has them. */
function listPlace(own: Assignment): FactPlace {
  return { field: impersonateRight, raw: own.holders.map((h) => h.text).join(', ') || 'nobody' };
}

/** Policies of one report that are read, each by itself; a domain has hundreds, of which few set rights. */
const mostPolicies = 50;

/**
 * Reads the report of one GPO, or of several (`Get-GPOReport -All`): what each would set, not what is in force. Each policy that
 * sets user rights is its own reading, because each has its own list; the first one carries the others.
 */
export function readGpoReport(file: string, text: string): Reading | null {
  const root = rootElementOf(text);
  const report = root?.name === 'GPO' || root?.name === 'GPOS' || root?.name === 'report';
  if (!report || !text.slice(0, 5000).includes('GroupPolicy/Settings')) return null;
  const policies: { name: string | undefined; assignments: Assignment[] }[] = [];
  let first: string | undefined;
  for (const gpo of findElements(text, 'GPO')) {
    const name = textOf(gpo.inner, 'Name');
    first ??= name;
    const assignments = policies.length < mostPolicies ? assignmentsOf(gpo.inner) : [];
    if (assignments.length > 0) policies.push({ name, assignments });
  }
  if (policies.length === 0) policies.push({ name: first, assignments: [] });
  // What sets the right comes first: that is what the report was sent for.
  policies.sort((a, b) => Number(setsRight(b.assignments)) - Number(setsRight(a.assignments)));
  const [reading, ...further] = policies.map(({ name, assignments }, i) =>
    readPolicy(i === 0 ? file : `${file} (${i + 1})`, name, assignments),
  );
  return further.length > 0 ? { ...reading!, further } : reading!;
}

function readPolicy(file: string, name: string | undefined, assignments: readonly Assignment[]): Reading {
  const gather = new ObservationCollector();
  if (name) gather.add('right.gpo', name, { field: 'GPO/Name' });
  const own = assignments.find((a) => isImpersonate(a.right));
  if (own) observeHolders(gather, own.holders, listPlace(own));
  else gather.add('right.defined', false, { field: impersonateRight, raw: 'not in the report' });
  observeIis(gather, assignments);
  return gather.toReading(file, 'policy-report', 'gpo-report-xml');
}

const setsRight = (assignments: readonly Assignment[]) => assignments.some((a) => isImpersonate(a.right));
const isImpersonate = (right: string) => right.toLowerCase() === impersonateRight.toLowerCase();

function observeIis(gather: ObservationCollector, assignments: readonly Assignment[]): void {
  for (const { right, holders } of assignments) observeIisRight(gather, right, holders, { field: right });
  const sign = assignments.find((a) => showsIis(a.holders));
  if (sign) gather.add('iis.installed', true, { field: sign.right });
}

/** Reads `UserRightsAssignment` elements: the right's own name, its members (a real gpresult gives names without SIDs), its GPO. */
function assignmentsOf(part: string): Assignment[] {
  const assignments: Assignment[] = [];
  for (const assignment of findElements(part, 'UserRightsAssignment')) {
    const members: RightHolder[] = [];
    let rest = assignment.inner;
    for (const member of findElements(assignment.inner, 'Member')) {
      const name = textOf(member.inner, 'Name');
      const id = textOf(member.inner, 'SID');
      if (name || id) members.push({ ...holder(name || id!), ...(id && { sid: id.toUpperCase() }) });
    }
    const cut = rest.search(/<(?:[\w.-]{1,40}:)?Member[\s>]/);
    if (cut >= 0) rest = rest.slice(0, cut) + rest.slice(rest.lastIndexOf('Member>') + 7);
    const right = textOf(rest, 'Name');
    if (!right || !isRightName(right)) continue;
    assignments.push({
      right,
      holders: members,
      gpoId: textOf(rest, 'Identifier'),
      precedence: Number(textOf(rest, 'Precedence') ?? 1) || 1,
    });
  }
  return assignments;
}

/** Returns the names of GPOs by identifier: `<GPO><Name/><Path><Identifier/></Path></GPO>` anywhere in the report. */
function gpoNames(text: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const gpo of findElements(text, 'GPO')) {
    const path = findElement(gpo.inner, 'Path');
    const id = path && textOf(path.inner, 'Identifier');
    const name = textOf(gpo.inner, 'Name');
    if (id && name) names.set(id.toLowerCase(), name);
  }
  return names;
}

/** Returns the part up to its first GPO, where the computer's own name is. */
function withoutGpos(part: string): string {
  const at = part.search(/<(?:GPO|SearchedSOM|ExtensionData|SecurityGroup)[\s>]/);
  return at < 0 ? part : part.slice(0, at);
}

/** Returns what is there of a part whose end tag is missing because the file breaks off. */
function cutOffPart(text: string, name: string): string | undefined {
  const at = text.indexOf(`<${name}>`);
  return at < 0 ? undefined : text.slice(at + name.length + 2);
}
