/** Writers of security templates and exports in the forms Windows gives them. Made up here; no real machine's data. */

/** UTF-16LE with a byte order mark and CR LF: what secedit and the Group Policy editor write. */
export function utf16(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`, 'utf16le');
}

export const poolSids = {
  DefaultAppPool: 'S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415',
  '.NET v4.5': 'S-1-5-82-271721585-897601226-2024613209-625570482-296978595',
};

/** The rights of a machine with IIS in secedit's own order; `impersonate` null leaves the line out. */
export function machineRights(options: { impersonate?: string | null; iis?: boolean } = {}): [string, string][] {
  const iis = options.iis ?? true;
  const pools = iis ? `,*${poolSids['.NET v4.5']},*${poolSids.DefaultAppPool}` : '';
  const impersonate =
    options.impersonate === undefined
      ? `*S-1-5-19,*S-1-5-20,*S-1-5-32-544,${iis ? '*S-1-5-32-568,' : ''}*S-1-5-6`
      : options.impersonate;
  const rights: [string, string | null][] = [
    ['SeNetworkLogonRight', '*S-1-1-0,*S-1-5-32-544,*S-1-5-32-545,*S-1-5-32-551'],
    ['SeBackupPrivilege', '*S-1-5-32-544,*S-1-5-32-551'],
    ['SeChangeNotifyPrivilege', '*S-1-1-0,*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-32-545,*S-1-5-32-551'],
    ['SeSystemtimePrivilege', '*S-1-5-19,*S-1-5-32-544'],
    ['SeCreatePagefilePrivilege', '*S-1-5-32-544'],
    ['SeDebugPrivilege', '*S-1-5-32-544'],
    ['SeRemoteShutdownPrivilege', '*S-1-5-32-544'],
    ['SeAuditPrivilege', `*S-1-5-19,*S-1-5-20${pools}`],
    ['SeIncreaseQuotaPrivilege', `*S-1-5-19,*S-1-5-20,*S-1-5-32-544${pools}`],
    ['SeIncreaseBasePriorityPrivilege', '*S-1-5-32-544,*S-1-5-90-0'],
    ['SeLoadDriverPrivilege', '*S-1-5-32-544'],
    ['SeBatchLogonRight', `*S-1-5-32-544,*S-1-5-32-551,*S-1-5-32-559${iis ? ',*S-1-5-32-568' : ''}`],
    ['SeServiceLogonRight', `*S-1-5-80-0${pools}`],
    ['SeInteractiveLogonRight', '*S-1-5-32-544,*S-1-5-32-545,*S-1-5-32-551'],
    ['SeSecurityPrivilege', '*S-1-5-32-544'],
    ['SeSystemEnvironmentPrivilege', '*S-1-5-32-544'],
    ['SeProfileSingleProcessPrivilege', '*S-1-5-32-544'],
    ['SeSystemProfilePrivilege', '*S-1-5-32-544'],
    ['SeAssignPrimaryTokenPrivilege', `*S-1-5-19,*S-1-5-20${pools}`],
    ['SeRestorePrivilege', '*S-1-5-32-544,*S-1-5-32-551'],
    ['SeShutdownPrivilege', '*S-1-5-32-544,*S-1-5-32-551'],
    ['SeTakeOwnershipPrivilege', '*S-1-5-32-544'],
    ['SeUndockPrivilege', '*S-1-5-32-544'],
    ['SeManageVolumePrivilege', '*S-1-5-32-544'],
    ['SeRemoteInteractiveLogonRight', '*S-1-5-32-544,*S-1-5-32-555'],
    ['SeImpersonatePrivilege', impersonate],
    ['SeCreateGlobalPrivilege', '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6'],
    ['SeIncreaseWorkingSetPrivilege', '*S-1-5-32-545'],
    ['SeTimeZonePrivilege', '*S-1-5-19,*S-1-5-32-544'],
    ['SeCreateSymbolicLinkPrivilege', '*S-1-5-32-544'],
    ['SeDelegateSessionUserImpersonatePrivilege', '*S-1-5-32-544'],
  ];
  return rights.filter((r): r is [string, string] => r[1] !== null);
}

const lines = (rights: readonly [string, string][]) => rights.map(([key, value]) => `${key} = ${value}`.trimEnd());

/** `secedit /export`: all areas, or only USER_RIGHTS. `[Version]` comes last. */
export function seceditExport(
  rights: readonly [string, string][],
  areas: 'all' | 'user-rights' = 'user-rights',
): string {
  const system =
    areas === 'all'
      ? [
          '[System Access]',
          'MinimumPasswordAge = 1',
          'NewAdministratorName = "Administrator"',
          '[Event Audit]',
          'AuditSystemEvents = 0',
        ]
      : [];
  return [
    '[Unicode]',
    'Unicode=yes',
    ...system,
    '[Privilege Rights]',
    ...lines(rights),
    '[Version]',
    'signature="$CHICAGO$"',
    'Revision=1',
    '',
  ].join('\n');
}

/** GptTmpl.inf of one GPO: `[Version]` before the settings. */
export function gptTmpl(rights: readonly [string, string][] | null): string {
  return [
    '[Unicode]',
    'Unicode=yes',
    '[Version]',
    'signature="$CHICAGO$"',
    'Revision=1',
    ...(rights ? ['[Privilege Rights]', ...lines(rights)] : []),
    '',
  ].join('\n');
}
