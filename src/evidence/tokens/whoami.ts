import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { isRightName } from '../rights/export.js';
import { sid } from '../sids.js';
import { emptyToken, observeToken, type Token } from './token.js';

const ruler = /^\s*=+(?: +=+){1,3}\s*$/;
const csvRow = /^"(?:[^"]|"")*"(?:[,;]"(?:[^"]|"")*"){1,3}$/;
const wholeSid = /^S-1-\d+(-\d+)+$/;
const sidPattern = /\bS-1-\d+(?:-\d+)+\b/;

/**
 * Reads `whoami /all`, `/priv`, `/groups` and `/user`, as a table, as CSV or as a list, in any language.
 * Constants and SIDs identify; headings, names and states are translated and are not read. Tables differ by
 * their number of columns: user two, privileges three, groups four.
 */
export function readWhoami(file: string, text: string): Reading | null {
  const found = parseWhoami(text);
  if (!found) return null;
  const gather = new ObservationCollector();
  observeToken(gather, found.token);
  const token = found.token;
  const form = token.privileges && token.groups ? 'all' : token.privileges ? 'priv' : token.groups ? 'groups' : 'user';
  return gather.toReading(file, 'token-listing', `whoami-${form}`);
}

/** A batch logon of an account without rights of its own holds two: to pass through folders and to enlarge its working set. */
const leastPrivileges = 2;

/** Returns the token in the text, or null when no table of whoami is there. */
function parseWhoami(text: string): { token: Token } | null {
  if (!/\bSe[A-Z]\w{2,60}Privilege\b|S-1-\d+-\d/.test(text)) return null;
  const token = emptyToken();
  const attributes = new Map<string, string>();
  const loosePrivileges = new Map<string, number>();
  const looseGroups = new Set<string>();
  let columns = 0;
  let line = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    line++;
    const row = raw.trim();
    if (ruler.test(row)) {
      columns = row.split(/ +/).length;
      openTable(token, columns);
    } else if (row === '') columns = 0;
    else if (csvRow.test(row)) readCsvRow(token, row, line, attributes);
    else if (columns > 0) readRow(token, row, columns, line, attributes);
    else {
      const value = valueInList(row);
      const right = /^(Se\w{3,60}Privilege)[\t |]+[^\s=|]/.exec(row)?.[1] ?? value;
      if (right && isRightName(right)) loosePrivileges.set(right.toLowerCase(), line);
      else if (value && wholeSid.test(value)) looseGroups.add(value);
    }
  }
  // Rows without a heading, or a list: every token has Everyone and SeChangeNotifyPrivilege; with them it is taken as whole.
  if (token.groups === null && looseGroups.size >= 3 && looseGroups.has('S-1-1-0')) token.groups = looseGroups;
  if (
    token.privileges === null &&
    loosePrivileges.size >= leastPrivileges &&
    loosePrivileges.has('sechangenotifyprivilege')
  )
    token.privileges = loosePrivileges;
  const everyone = attributes.get('S-1-1-0');
  const admins = attributes.get(sid.administrators);
  // Enabled groups share their first attribute in every language; a group for deny entries only has another one.
  if (everyone && admins)
    token.denyOnlyAdministrators = firstWords(everyone) !== firstWords(admins) && !admins.startsWith(everyone);
  const content = token.privileges ?? token.groups ?? (token.user?.sid ? token.user : null);
  return content ? { token } : null;
}

const firstWords = (text: string) => text.split(',')[0]!.trim();

/** A table that is there but empty still says something: a token without any privilege. */
function openTable(token: Token, columns: number): void {
  if (columns === 3) token.privileges ??= new Map();
  if (columns === 4) token.groups ??= new Set();
}

function readRow(token: Token, row: string, columns: number, line: number, attributes: Map<string, string>): void {
  const right = /^(\w+)\s/.exec(`${row} `)?.[1];
  if (columns === 3) {
    if (right && isRightName(right)) addPrivilege(token, right, line);
    return;
  }
  const id = sidPattern.exec(row);
  if (!id) return;
  const before = row.slice(0, id.index).trim();
  if (columns === 2) token.user ??= { name: before, sid: id[0] };
  else addGroup(token, id[0], row.slice(id.index + id[0].length).trim(), attributes);
}

function readCsvRow(token: Token, row: string, line: number, attributes: Map<string, string>): void {
  const cells = [...row.matchAll(/"((?:[^"]|"")*)"/g)].map((m) => m[1]!.replaceAll('""', '"'));
  const privilege = cells.length === 3;
  if (privilege && isRightName(cells[0]!)) addPrivilege(token, cells[0]!, line);
  else if (privilege)
    token.privileges ??= new Map(); // the heading, in any language
  else if (cells.length === 4 && sidPattern.test(cells[2]!)) addGroup(token, cells[2]!, cells[3]!, attributes);
  else if (cells.length === 2 && sidPattern.test(cells[1]!)) token.user ??= { name: cells[0]!, sid: cells[1]! };
}

/** Returns the value behind a translated label, as `whoami /fo list` prints it. A single such line may come from anywhere. */
function valueInList(row: string): string | undefined {
  return /^[^:]{2,40}:\s+(\S.*)$/.exec(row)?.[1]?.trim();
}

function addPrivilege(token: Token, right: string, line: number): void {
  token.privileges ??= new Map();
  token.privileges.set(right.toLowerCase(), line);
}

function addGroup(token: Token, id: string, attribute: string, attributes: Map<string, string>): void {
  token.groups ??= new Set();
  token.groups.add(id);
  if (attribute) attributes.set(id, attribute);
}
