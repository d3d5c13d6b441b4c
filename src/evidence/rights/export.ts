import type { Damage, Origin, Reading } from '../evidence.js';
import { type FactPlace, ObservationCollector } from '../gather.js';
import { sid } from '../sids.js';
import { observeHolders, parseHolders, poolsIn, showsIis } from './holders.js';
import { observeIisRight } from './iis-rights.js';
import { entriesOf, type Inf, type InfEntry, parseInf } from './inf.js';

/** The one right this reader is about. `SeDelegateSessionUserImpersonatePrivilege` is another: the whole key counts. */
export const impersonateRight = 'SeImpersonatePrivilege';

const rightName = /^Se[A-Za-z]{3,60}(Privilege|Right)$/i;

/** True for the name of a user right as Windows writes it, e.g. `SeBatchLogonRight`. */
export function isRightName(key: string): boolean {
  return rightName.test(key);
}

/** True when the text is a security template or a secedit export, whatever its name. */
function looksLikeRightsExport(text: string): boolean {
  // Templates may carry long lists of registry keys before the rights; other texts are not searched that far.
  const head = text.slice(0, /^[\ufeff\s]*\[/.test(text.slice(0, 200)) ? 5_000_000 : 200_000);
  if (/^\ufeff?\s*</.test(head)) return false;
  if (/^[ \t\ufeff]*\[Privilege Rights\][ \t\r]*$/im.test(head)) return true;
  return (
    /^[ \t\ufeff]*\[Unicode\][ \t\r]*$/im.test(head) && /^[ \t]*signature[ \t]*=[ \t]*"?\$CHICAGO\$"?/im.test(head)
  );
}

/**
 * Reads a secedit export or a security template.
 * A machine's export lists every right that has a holder, so a missing line means that it has none; a template and an
 * export of `/mergedpolicy` list only what a policy sets, so a missing line means "not defined here".
 * @param scriptLine where the text was made of a script that sets the list: the line of it there
 * @returns null when the text is nothing of the kind
 */
export function readRightsExport(file: string, text: string, scriptLine?: number): Reading | null {
  if (!looksLikeRightsExport(text)) return null;
  const gather = new ObservationCollector();
  const inf = parseInf(text);
  const lines = entriesOf(inf, 'privilege rights')?.filter((e) => isRightName(e.key));
  const rights = lines ? gather.first(lines, 'user rights') : null;
  const origin = originOf(inf, rights);
  const damage: Damage[] = rights && origin === 'machine' && !isComplete(inf, rights) ? ['cut-off'] : [];

  if (rights === null) {
    gather.add('right.defined', false, { field: '[Privilege Rights]', raw: 'not in the file' });
    // An export of other areas only: it cannot say anything about rights, which is not the same as an empty list.
    if (isExportLayout(inf)) gather.add('right.reported', false);
    return gather.toReading(file, 'rights-export', formOf(inf, origin), { origin });
  }

  const line = rights.filter((e) => e.key.toLowerCase() === impersonateRight.toLowerCase()).at(-1);
  if (line) {
    observeHolders(gather, gather.first(parseHolders(line.value), 'holders of the right'), {
      ...placeOf(line),
      field: impersonateRight,
    });
  } else {
    const place = { field: impersonateRight, raw: 'no line' };
    gather.add('right.defined', false, place);
    if (origin === 'machine' && damage.length === 0) {
      gather.add('right.nobody', true, place);
      gather.add('right.holders', [], place);
      gather.add('right.holds-iis-iusrs', false, place);
      gather.add('right.holds-service', false, place);
    }
  }
  if (scriptLine !== undefined || (origin !== 'machine' && writtenByScript.test(text)))
    gather.add('right.set-by-script', scriptLine ?? line?.line ?? 0);
  observeIis(gather, rights, origin);
  return gather.toReading(file, 'rights-export', formOf(inf, origin), { origin, damage });
}

/** A script that applies a template with secedit, or keeps one in a here-string of PowerShell. */
const writtenByScript =
  /\bsecedit(?:\.exe)?\b[^\n]{0,300}[/-]configure\b|^[ \t]{0,40}\$\w{1,60} {0,4}= {0,4}@["'][ \t]*\r?$/im;

/** Adds signs of IIS: pool SIDs anywhere, or IIS_IUSRS in any right. Their absence counts only in a machine's full list. */
function observeIis(gather: ObservationCollector, rights: readonly InfEntry[], origin: Origin): void {
  const pools = new Set<string>();
  let sign: InfEntry | undefined;
  for (const entry of rights) {
    const holders = gather.first(parseHolders(entry.value), 'holders of the right');
    for (const pool of poolsIn(holders)) pools.add(pool);
    observeIisRight(gather, entry.key, holders, { event: entry.line, field: entry.key });
    if (showsIis(holders) && !(sign && sign.key !== impersonateRight)) sign = entry;
    if (entry.key.toLowerCase() !== 'sebatchlogonright') continue;
    const holdsGroup = holders.some((h) => h.sid === sid.iisIusrs);
    gather.add('right.batch-holds-iis-iusrs', holdsGroup, signOf(entry));
    if (!holdsGroup) gather.add('right.short-list', 'batch-list', signOf(entry));
  }
  if (sign) gather.add('iis.installed', true, signOf(sign));
  else if (origin === 'machine') gather.add('iis.installed', false);
  for (const pool of pools) gather.add('right.pool-seen', pool);
}

/** Returns where a list shows IIS. The other accounts on the list of another right are not shown. */
function signOf(entry: InfEntry): FactPlace {
  const signs = [...parseHolders(entry.value)].filter((one) => showsIis([one]));
  return { event: entry.line, field: entry.key, raw: signs.map((one) => one.text).join(', ') || 'not IIS_IUSRS' };
}

function placeOf(entry: InfEntry): FactPlace {
  return { event: entry.line, field: entry.key, raw: `${entry.key} = ${entry.value}` };
}

/**
 * Rights that every Windows since Vista gives to some account and that policies seldom define. The Default Domain Controllers
 * Policy defines SeChangeNotifyPrivilege and some twenty others, but none of these.
 */
const machineOnly = [
  'secreateglobalprivilege',
  'semanagevolumeprivilege',
  'seincreaseworkingsetprivilege',
  'setimezoneprivilege',
  'secreatesymboliclinkprivilege',
];

/** Returns whose list it is. An export does not say so; the number of rights and the layout show it, or it stays open. */
function originOf(inf: Inf, rights: readonly InfEntry[] | null): Origin {
  if (rights === null) return isExportLayout(inf) ? 'unknown' : 'template';
  const names = new Set(rights.map((e) => e.key.toLowerCase()));
  const machineRights = machineOnly.filter((name) => names.has(name)).length;
  const machine = names.has('sechangenotifyprivilege') && names.size >= 18 && machineRights >= 2;
  if (machine) return 'machine';
  if (!hasEnvelope(inf)) return 'unknown';
  if (!isExportLayout(inf)) return 'template';
  // secedit wrote it, and it is too short for a machine: what Group Policy delivers, unless it was shortened.
  return names.size >= 4 && !names.has('sechangenotifyprivilege') ? 'merged-policy' : 'unknown';
}

function hasEnvelope(inf: Inf): boolean {
  return inf.sections.some((s) => s.name === 'version') && inf.sections.some((s) => s.name === 'unicode');
}

/** secedit writes `[Version]` last; the Group Policy editor and policy tools write it before the settings. */
function isExportLayout(inf: Inf): boolean {
  const order = inf.sections.map((s) => s.name);
  if (entriesOf(inf, 'event audit')?.length === 9 && entriesOf(inf, 'system access')) return true;
  const version = order.indexOf('version');
  const settings = order.filter((n) => n !== 'unicode' && n !== 'version');
  return version > 0 && version === order.length - 1 && settings.length > 0;
}

/** True for a machine's export that goes on behind the place where SeImpersonatePrivilege would be. */
function isComplete(inf: Inf, rights: readonly InfEntry[]): boolean {
  if (inf.sections.at(-1)?.name !== 'privilege rights') return true;
  return rights.some((e) =>
    /^Se(Impersonate|CreateGlobal|IncreaseWorkingSet|TimeZone|CreateSymbolicLink)Privilege$/i.test(e.key),
  );
}

function formOf(inf: Inf, origin: Origin): string {
  if (origin === 'template') return 'gpttmpl';
  if (origin === 'unknown' && !isExportLayout(inf)) return 'privilege-rights';
  return 'secedit-export';
}
