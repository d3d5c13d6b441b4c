/** Writers of whoami and AccessChk output. Widths follow the longest cell, as whoami does. Everything is made up. */

function table(head: string[], rows: string[][]): string {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]!.length)));
  const line = (cells: string[]) => cells.map((c, i) => c.padEnd(widths[i]!)).join(' ');
  return [line(head), widths.map((w) => '='.repeat(w)).join(' '), ...rows.map(line)].join('\r\n');
}

const csv = (rows: string[][]) => rows.map((r) => r.map((c) => `"${c}"`).join(',')).join('\r\n');

const words = {
  en: {
    user: ['User Name', 'SID'],
    groups: ['Group Name', 'Type', 'SID', 'Attributes'],
    privileges: ['Privilege Name', 'Description', 'State'],
    on: 'Enabled',
    off: 'Disabled',
    group: 'Mandatory group, Enabled by default, Enabled group',
    deny: 'Group used for deny only',
  },
  de: {
    user: ['Benutzername', 'SID'],
    groups: ['Gruppenname', 'Typ', 'SID', 'Attribute'],
    privileges: ['Berechtigungsname', 'Beschreibung', 'Status'],
    on: 'Aktiviert',
    off: 'Deaktiviert',
    group: 'Verbindliche Gruppe, Standardmäßig aktiviert, Aktivierte Gruppe',
    deny: 'Gruppe, die nur zum Verweigern verwendet wird',
  },
};

export interface WhoamiOptions {
  language?: keyof typeof words;
  form?: 'table' | 'csv';
  user?: [name: string, sid: string];
  /** SIDs; `deny:` in front marks a group for deny entries only. */
  groups?: string[];
  /** Constants; `-` in front means disabled. */
  privileges?: string[];
}

/** Returns the output of `whoami` with the given parts. */
export function whoami(options: WhoamiOptions): string {
  const w = words[options.language ?? 'en'];
  const write = (head: string[], rows: string[][]) =>
    options.form === 'csv' ? csv([head, ...rows]) : table(head, rows);
  const parts: string[] = [];
  if (options.user) parts.push(write(w.user, [options.user]));
  if (options.groups)
    parts.push(
      write(
        w.groups,
        options.groups.map((g, i) => [
          `GROUP ${i}`,
          'Alias',
          g.replace('deny:', ''),
          g.startsWith('deny:') ? w.deny : w.group,
        ]),
      ),
    );
  if (options.privileges)
    parts.push(
      write(
        w.privileges,
        options.privileges.map((p) => [p.replace('-', ''), 'text in some language', p.startsWith('-') ? w.off : w.on]),
      ),
    );
  return `\r\n${parts.join('\r\n\r\n')}\r\n`;
}

const banner = `
Accesschk v6.15 - Reports effective permissions for securable objects
Copyright (C) 2006-2022 Mark Russinovich
Sysinternals - www.sysinternals.com
`;

/** `accesschk -p -f <pid>` */
export function accessChkProcess(options: {
  id: number;
  name?: string;
  user: string;
  groups: string[];
  privileges: string[];
}): string {
  return `${banner}
[${options.id}] ${options.name ?? 'w3wp.exe'}
  RW NT AUTHORITY\\SYSTEM
  Token security:
  RW NT AUTHORITY\\SYSTEM
  Token contents:
    User:
      ${options.user}
    Groups:
${options.groups.map((g) => `      ${g.padEnd(40)} MANDATORY`).join('\n')}
    Privileges:
${options.privileges.map((p) => `      ${p.padEnd(40)} ENABLED`).join('\n')}
`;
}

/** `accesschk -a SeImpersonatePrivilege` */
export function accessChkRight(accounts: string[]): string {
  return `C:\\>accesschk -a SeImpersonatePrivilege
${banner}
Accounts with SeImpersonatePrivilege (Impersonate a client after authentication):
${accounts.map((a) => `        ${a}`).join('\n')}
`;
}
