import type { ObservationCollector } from '../gather.js';
import { nameOfSid, poolOfName, sid, sidOfName } from '../sids.js';
import type { CommandOutput, OutputLine } from './output.js';

type Access = 'read' | 'change' | 'none';

interface Entry {
  account: string;
  denies: boolean;
  access: Access;
  /** As the command writes them. */
  rights: string;
  line: number;
}

interface AccessList {
  path: string;
  entries: Entry[];
}

/** `account:(I)(OI)(RX)`: flags and rights in brackets, the same in every language. */
const icaclsEntry = /^(.{1,300}?):((?:\([A-Z]{1,4}(?:,[A-Z]{1,4}){0,20}\)){1,8})\s*$/;
/** `BUILTIN\Users Allow  ReadAndExecute, Synchronize`: names of .NET, the same in every language. */
const getAclEntry =
  /^\s*(?:Access\s*:\s*)?(\S.{0,120}?)\s+(Allow|Deny)\s+([A-Z][A-Za-z]{2,40}(?:, [A-Z][A-Za-z]{2,40}){0,20}|-?\d{1,12})\s*$/;

/** Folders of ordinary names. In any other path a folder may be a person, a customer or a key. */
const plainPath =
  /^(?:[A-Za-z]:|\.{1,2})(?:\\(?!Users\\)[A-Za-z][A-Za-z .()_-]{0,40}\d{0,4}(?:\.[a-z]{1,8})?){0,12}\\?$/i;

/** SIDs that the token of every pool's worker process holds, whatever the pool's identity. */
const everyPool: ReadonlySet<string> = new Set([sid.iisIusrs, 'S-1-5-32-545', 'S-1-5-11', 'S-1-1-0', 'S-1-5-82-0']);
/** Through these the anonymous account IUSR (S-1-5-17) is let in. */
const anonymous: ReadonlySet<string> = new Set(['S-1-5-17', 'S-1-5-32-545', 'S-1-5-11', 'S-1-1-0']);

export const accessLists: readonly CommandOutput[] = [
  {
    command: 'icacls',
    sign: /\)\s*$/m,
    kind: 'acl-listing',
    read: (lines, gather, _, typed) => observeLists(readIcacls(lines), gather, filterIn(lines, typed)),
  },
  {
    command: 'Get-Acl',
    sign: /\b(?:Allow|Deny)\b/,
    kind: 'acl-listing',
    read: (lines, gather, _, typed) =>
      observeLists([...readGetAcl(lines), ...readAccessRules(lines)], gather, filterIn(lines, typed)),
  },
];

/** A command that lets only some rows of a list through. */
const filtered =
  /\b(?:icacls|get-acl)\b.{0,400}\|\s{0,4}(?:where(?:-object)?\b|\?|findstr\b|find\b|select-string\b|sls\b)/i;

/** Returns the line of such a command; undefined where the whole list was printed. */
function filterIn(lines: readonly OutputLine[], typed: string | undefined): string | undefined {
  return [typed ?? '', ...lines.map(({ text }) => text)].find((line) => filtered.test(line));
}

/** `icacls path`: the path and its first entry share a line, the others follow below it. */
function readIcacls(lines: readonly OutputLine[]): AccessList[] {
  const lists: AccessList[] = [];
  for (const { text, number } of lines) {
    const found = icaclsEntry.exec(text);
    if (!found) continue;
    const [, before = '', brackets = ''] = found;
    const { path, account } = splitPath(before);
    if (path !== undefined) lists.push({ path, entries: [] });
    lists.at(-1)?.entries.push({ account, line: number, rights: brackets, ...icaclsAccess(brackets) });
  }
  return lists;
}

/** How the line of a path begins: with a drive, a share or dots, or as a file below the present folder, `img\logo.png BUILTIN\Users`. */
const beginsPath =
  /^(?:[A-Za-z]:[\\/]|\\\\|\.{1,2}(?:[\\ ]|$)|[\w.$-]{1,80}(?:\\[\w.$-]{1,80}){0,12}\.[A-Za-z]\w{0,7} )/;

/** Where a line begins with a path, the account is behind it: `C:\web site BUILTIN\Users`. */
function splitPath(text: string): { path?: string; account: string } {
  if (!beginsPath.test(text)) return { account: text.trim() };
  const cuts = [...text.matchAll(/ /g)].map((m) => m.index);
  // A well-known name ends the path wherever it begins; of any other account the authority has no blank.
  const known = cuts.find((at) => sidOfName(text.slice(at + 1)) !== undefined || poolOfName(text.slice(at + 1)));
  const cut = known ?? cuts.filter((at) => at < Math.max(text.lastIndexOf('\\'), text.lastIndexOf(' ') + 1)).at(-1);
  if (cut === undefined) return { account: text.trim() };
  return { path: text.slice(0, cut).trim(), account: text.slice(cut + 1).trim() };
}

function icaclsAccess(brackets: string): { denies: boolean; access: Access } {
  const words = brackets.split(/[(),]+/).filter(Boolean);
  const has = (...some: string[]) => some.some((word) => words.includes(word));
  const denies = has('DENY', 'N');
  return {
    denies,
    access: has('F', 'M', 'W', 'GA', 'GW', 'WD') ? 'change' : has('RX', 'R', 'GR', 'RD') ? 'read' : 'none',
  };
}

/** `Get-Acl path | Format-List`. */
function readGetAcl(lines: readonly OutputLine[]): AccessList[] {
  const entries: Entry[] = [];
  let path = '';
  for (const { text, number } of lines) {
    path ||= /^\s*Path\s*:\s*(?:[\w.\\]{1,80}::)?(\S.*)$/.exec(text)?.[1]?.trim() ?? '';
    const found = getAclEntry.exec(text);
    if (!found) continue;
    const rights = found[3]!;
    entries.push({
      account: found[1]!,
      denies: found[2] === 'Deny',
      access: accessOfRights(rights),
      rights,
      line: number,
    });
  }
  return entries.length > 0 ? [{ path, entries }] : [];
}

/** Names of a rule's properties; .NET and PowerShell don't translate them. */
const ruleProperty = /^\s*(FileSystemRights|AccessControlType|IdentityReference)\s{0,4}: (\S.*)$/;

/** `(Get-Acl path).Access`: each rule as a list of its properties. */
function readAccessRules(lines: readonly OutputLine[]): AccessList[] {
  const entries: Entry[] = [];
  let rule = new Map<string, string>();
  for (const { text, number } of lines) {
    const found = ruleProperty.exec(text);
    if (!found) continue;
    rule.set(found[1]!, found[2]!.trim());
    if (rule.size < 3) continue;
    const rights = rule.get('FileSystemRights')!;
    const denies = rule.get('AccessControlType') === 'Deny';
    entries.push({
      account: rule.get('IdentityReference')!,
      denies,
      access: accessOfRights(rights),
      rights,
      line: number,
    });
    rule = new Map();
  }
  return entries.length > 0 ? [{ path: '', entries }] : [];
}

/** Rights by their .NET names, or as the number of an access mask: the generic ones are written so. */
function accessOfRights(rights: string): Access {
  if (/^-?\d{1,12}$/.test(rights)) {
    const mask = Number(rights) >>> 0;
    // GENERIC_ALL, GENERIC_WRITE, FILE_WRITE_DATA; GENERIC_READ, GENERIC_EXECUTE, FILE_READ_DATA.
    return (mask & 0x5000_0002) !== 0 ? 'change' : (mask & 0xa000_0001) !== 0 ? 'read' : 'none';
  }
  return /FullControl|Modify|Write/.test(rights) ? 'change' : /Read/.test(rights) ? 'read' : 'none';
}

/** Most lists that are shown one by one; more are a whole tree of folders. */
const mostLists = 6;

/** Lists that shut pools out come first, and are told in full; of the others it is told what they let pools do. */
function observeLists(lists: readonly AccessList[], gather: ObservationCollector, filter: string | undefined): boolean {
  const full = lists.filter(({ entries }) => entries.length > 0);
  const open = ({ entries }: AccessList) =>
    entryFor(entries, everyPool, 'read') !== undefined && !entries.some((e) => e.denies);
  const sorted = [...full].sort((a, b) => Number(open(a)) - Number(open(b)));
  if (filter !== undefined && full.length > 0) gather.add('acl.filtered', true, { field: 'command' });
  for (const list of sorted) observeList(list, gather, filter !== undefined);
  if (filter === undefined && full.length <= mostLists) for (const list of sorted.slice(1)) observeOther(list, gather);
  return full.length > 0;
}

/** What another list of the same text lets pools do, with its path where that may be shown. */
function observeOther({ path, entries }: AccessList, gather: ObservationCollector): void {
  const through = entryFor(entries, everyPool, 'change') ?? entryFor(entries, everyPool, 'read');
  const access = entries.some(({ denies }) => denies) ? 'denied' : (through?.access ?? 'none');
  gather.add('acl.other', access, {
    event: entries[0]!.line,
    field: 'path',
    ...(plainPath.test(path) && { raw: path }),
  });
}

function observeList({ path, entries }: AccessList, gather: ObservationCollector, isFiltered: boolean): void {
  const place = { event: entries[0]!.line, field: 'path' };
  if (plainPath.test(path)) gather.add('acl.path', path, place);
  else gather.countWithheld(path);
  const observeAccess = (name: AccessName, sids: ReadonlySet<string>, wanted: 'read' | 'change') => {
    const through = entryFor(entries, sids, wanted);
    if (!through && isFiltered) return;
    // The entry that allows it proves it; that no entry does, only the whole list can prove.
    const proof = through
      ? proofOf(through, shownAccount(through.account))
      : { ...place, ...(plainPath.test(path) && { raw: path }) };
    gather.add(name, through !== undefined, proof);
  };
  observeAccess('acl.pool-reads', everyPool, 'read');
  observeAccess('acl.pool-writes', everyPool, 'change');
  observeAccess('acl.anonymous-reads', anonymous, 'read');
  const own = entries.find((e) => !e.denies && e.access === 'change' && poolOfName(e.account) !== undefined);
  if (own) gather.add('acl.pool-changes', own.account, proofOf(own, own.account));
  for (const entry of entries) {
    const { account, denies, access, line } = entry;
    const name = shownAccount(account);
    // Accounts of persons say nothing about IIS and stay behind.
    if (name === undefined) gather.countWithheld(account);
    else if (denies)
      gather.add(deniesOnlyWriting(entry) ? 'acl.write-denied' : 'acl.denied', name, { event: line, field: 'entry' });
    else if (access !== 'none')
      gather.add('acl.through', `${name}: ${access === 'change' ? 'change' : 'read'}`, proofOf(entry, name));
  }
}

/** Flags of icacls that are no rights. */
const aclFlags: ReadonlySet<string> = new Set(['DENY', 'I', 'OI', 'CI', 'IO', 'NP']);
/** Rights that change something, as icacls and .NET write them. */
const changing =
  /^(?:W|D|DE|WD|AD|DC|WA|WEA|WDAC|WO|GW|Write\w*|Delete\w*|AppendData|Create(?:Files|Directories)|ChangePermissions|TakeOwnership)$/;

/** True for an entry that keeps an account from changing things, and lets it read. */
function deniesOnlyWriting({ rights }: Entry): boolean {
  const named = rights.split(/[(),\s]+/).filter((word) => word !== '' && !aclFlags.has(word));
  return named.length > 0 && named.every((word) => changing.test(word));
}

/** Returns the place of an entry, with the account as it may be shown. */
function proofOf({ line, rights }: Entry, account: string | undefined) {
  return { event: line, field: 'entry', raw: `${account}: ${rights}` };
}

type AccessName = 'acl.pool-reads' | 'acl.pool-writes' | 'acl.anonymous-reads';

/** Returns the first entry that gives one of these accounts the access; undefined when none does. */
function entryFor(entries: readonly Entry[], sids: ReadonlySet<string>, wanted: 'read' | 'change'): Entry | undefined {
  return entries.find(
    ({ account, denies, access }) =>
      !denies && (access === 'change' || access === wanted) && sids.has(sidOfName(account) ?? ''),
  );
}

/** The account as it may be shown: a well-known one, or a pool. */
function shownAccount(account: string): string | undefined {
  if (poolOfName(account) !== undefined) return account;
  const known = sidOfName(account);
  return known === undefined ? undefined : nameOfSid(known);
}
