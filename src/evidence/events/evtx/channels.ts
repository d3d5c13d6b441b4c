/** The logs that hold the events of the event table, in lower case; System, Application and Security hold most of them. */
const iisChannels: ReadonlySet<string> = new Set([
  'system',
  'application',
  'security',
  // Events collected from other machines.
  'forwardedevents',
  'microsoft-iis-configuration/administrative',
  'microsoft-iis-configuration/operational',
  'microsoft-iis-logging/logs',
  'microsoft-windows-iis-configuration/administrative',
  'microsoft-windows-iis-configuration/operational',
  'microsoft-windows-iis-logging/logs',
  'microsoft-windows-iis-w3svc-wp/operational',
  'microsoft-windows-httpservice/log',
  'microsoft-windows-httpservice/trace',
  'microsoft-windows-httpevent/operational',
  'microsoft-windows-grouppolicy/operational',
  'microsoft-windows-ntlm/operational',
  'microsoft-windows-kerberos/operational',
  'microsoft-windows-security-kerberos/operational',
  'microsoft-windows-schannel-events/perf',
  'microsoft-windows-devicemanagement-enterprise-diagnostics-provider/admin',
  'microsoft-windows-devicemanagement-enterprise-diagnostics-provider/operational',
]);

/** True for a log whose events may concern IIS. Events of others, such as Sysmon or PowerShell, are only counted. */
export function isKnownChannel(channel: string | undefined): boolean {
  return channel === undefined || iisChannels.has(channel.toLowerCase());
}
