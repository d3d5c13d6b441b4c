import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { impersonateRight, isRightName } from '../rights/export.js';
import { holder, observeHolders, type RightHolder, showsIis } from '../rights/holders.js';
import { sid, sidOfName } from '../sids.js';
import { emptyToken, observeToken, type Token } from './token.js';

const banner = /accesschk v|copyright|sysinternals/i;
/** Entries of a list in one line. */
const mostEntries = 200;
const processLine = /^\s*\[(\d{1,7})\]\s+(\S.*)$/;

/**
 * Reads Sysinternals AccessChk: `-p -f` shows the token of a process (groups and privileges), `-a` the accounts a right
 * is assigned to. AccessChk speaks English only; the account names are the system's.
 */
export function readAccessChk(file: string, text: string): Reading | null {
  return readProcessToken(file, text) ?? readRightHolders(file, text);
}

/** `accesschk -p -f <pid>`: the first process of the output. */
function readProcessToken(file: string, text: string): Reading | null {
  const lines = text.split(/\r\n|\r|\n/);
  const start = lines.findIndex((l) => processLine.test(l));
  const head = start < 0 ? null : processLine.exec(lines[start]!.trimEnd());
  if (!head || !lines.some((line) => /^\s*(?:Token contents:\s*$|(?:Groups|Privileges):)/i.test(line))) return null;
  const token: Token = { ...emptyToken(), process: { id: Number(head[1]), name: head[2]! } };
  let part = '';
  for (let i = start + 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (processLine.test(line)) break;
    const heading =
      /^\s*(Token security|Token contents|User|AppContainer|Groups|Privileges|Attributes|Capabilities):(?:\s*$|\s+(\S.*)$)/i.exec(
        line,
      );
    if (heading) {
      part = heading[1]!.toLowerCase();
      if (part === 'groups') token.groups ??= new Set();
      if (part === 'privileges') token.privileges ??= new Map();
      // Retold by hand, the entries of a list are in one line behind its heading.
      for (const entry of heading[2]?.split(/\s*,\s*/, mostEntries) ?? [])
        readTokenLine(token, part, entry.trim(), i + 1);
    } else if (line.trim() !== '') readTokenLine(token, part, line.trim(), i + 1);
    // The list of privileges is the last one; what is below an empty line is another text.
    else if (token.privileges?.size) break;
  }
  const gather = new ObservationCollector();
  observeToken(gather, token);
  return gather.toReading(file, 'token-listing', 'accesschk-process');
}

function readTokenLine(token: Token, part: string, line: string, number: number): void {
  if (part === 'user') token.user ??= { name: line, sid: sidOfName(line) };
  else if (part === 'groups') {
    const name = line
      .replace(/(\s|,)(MANDATORY|OWNER|INTEGRITY|ENABLED|DEFAULT|DENY|LOGON ID|RESOURCE)\b.*$/i, '')
      .trim();
    const id = sidOfName(name);
    if (id === sid.administrators && /\bDENY\b/i.test(line)) token.denyOnlyAdministrators = true;
    if (id) token.groups?.add(id);
  } else if (part === 'privileges') {
    const right = /^(\w+)/.exec(line)?.[1];
    if (right && isRightName(right)) token.privileges?.set(right.toLowerCase(), number);
  }
}

/** `accesschk -a SeImpersonatePrivilege`: accounts, one a line, behind a line that names the right. */
function readRightHolders(file: string, text: string): Reading | null {
  const lines = text.split(/\r\n|\r|\n/);
  const names = /\bSeImpersonatePrivilege\b(?!\s*=)/;
  const namesTool = /accesschk/i.test(text);
  let at = -1;
  lines.forEach((line, i) => {
    if (names.test(line) && (namesTool || /:\s*$/.test(line)) && !/\b(EN|DIS)ABLED\b/i.test(line)) at = i;
  });
  if (at < 0) return null;
  const holders: RightHolder[] = [];
  for (const raw of lines.slice(at + 1)) {
    const line = raw.trim();
    if (line === '' && holders.length === 0) continue;
    if (banner.test(line)) continue;
    if (line === '' || !isAccount(line)) break;
    holders.push(holder(line));
  }
  if (!holders.some((h) => h.sid !== undefined || h.text.includes('\\'))) return null;
  const gather = new ObservationCollector();
  observeHolders(gather, holders, { event: at + 1, field: impersonateRight });
  if (showsIis(holders)) gather.add('iis.installed', true, { event: at + 1, field: impersonateRight });
  return gather.toReading(file, 'token-listing', 'accesschk-right', { origin: 'machine' });
}

/** An account alone on a line: a SID, a well-known name, or `AUTHORITY\name`. Not a prompt, not a sentence. */
function isAccount(line: string): boolean {
  if (line.length > 120 || /[>:;"<|?*/]/.test(line) || isRightName(line)) return false;
  return sidOfName(line) !== undefined || /^[^\\]{1,60}\\[^\\]{1,60}$/.test(line);
}
