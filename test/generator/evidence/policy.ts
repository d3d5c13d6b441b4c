/** Writers of Group Policy reports in the forms gpresult and Group Policy Management give them. Everything is made up. */

const words = {
  en: {
    on: 'on',
    summary: 'Summary',
    computer: 'Computer Details',
    user: 'User Details',
    general: 'General',
    name: 'Computer name',
    rights: 'Local Policies/User Rights Assignment',
    head: ['Policy', 'Setting', 'Winning GPO'],
    impersonate: 'Impersonate a client after authentication',
    batch: 'Log on as a batch job',
    debug: 'Debug programs',
    none: 'No data available.',
  },
  de: {
    on: 'auf',
    summary: 'Zusammenfassung',
    computer: 'Computerdetails',
    user: 'Benutzerdetails',
    general: 'Allgemein',
    name: 'Computername',
    rights: 'Lokale Richtlinien/Zuweisen von Benutzerrechten',
    head: ['Richtlinie', 'Einstellung', 'Ausschlaggebendes Gruppenrichtlinienobjekt'],
    impersonate: 'Annehmen der Clientidentität nach Authentifizierung',
    batch: 'Anmelden als Stapelverarbeitungsauftrag',
    debug: 'Debuggen von Programmen',
    none: 'Keine Daten verfügbar.',
  },
  // A language whose words the project does not know: made up on purpose.
  xx: {
    on: 'pa',
    summary: 'Kopsavilkums',
    computer: 'Datora informācija',
    user: 'Lietotāja informācija',
    general: 'Vispārīgi',
    name: 'Datora nosaukums',
    rights: 'Lokālās politikas/Lietotāju tiesības',
    head: ['Politika', 'Iestatījums', 'Noteicošais GPO'],
    impersonate: 'Klienta atdarināšana pēc autentifikācijas',
    batch: 'Pieteikties kā pakešuzdevumam',
    debug: 'Atkļūdot programmas',
    none: 'Nav datu.',
  },
};

const heading = (level: string, title: string) =>
  `<div class="${level}"><span class="sectionTitle" tabindex="0">${title}</span><a class="expando" href="#"></a></div>\n`;

export interface GpresultOptions {
  language?: keyof typeof words;
  /** Holders of the right as the cell shows them; null leaves the row out. */
  impersonate?: string | null;
  gpo?: string;
  computer?: 'present' | 'empty' | 'absent';
  user?: boolean;
}

/** `gpresult /h`. Save it as UTF-16LE with a byte order mark to be faithful. */
export function gpresultHtml(options: GpresultOptions = {}): string {
  const w = words[options.language ?? 'en'];
  const gpo = options.gpo ?? 'Hardening &amp; Baseline';
  const row = (name: string, value: string) => `<tr><td>${name}</td><td>${value}</td><td>${gpo}</td></tr>\n`;
  const admins = options.language === 'de' ? 'Administratoren' : 'Administrators';
  const rows =
    row(w.debug, admins) +
    (options.impersonate === null ? '' : row(w.impersonate, options.impersonate ?? admins)) +
    row(w.batch, `${admins}, IIS_IUSRS`);
  const computer =
    options.computer === 'empty'
      ? `<div class="container"><div class="he4i">${w.none}</div></div>\n`
      : `<div class="container">${heading('he0h_expanded', w.general)}<div class="container"><div class="he2i"><table class="info" >
<tr><td><strong>${w.name}</strong></td><td>CONTOSO\\WEB03</td></tr><tr><td><strong>Domain</strong></td><td>contoso.example</td></tr><tr><td><strong>Groups</strong></td><td><div style="display:None" id="showItem">BUILTIN\\Administrators<br/>CONTOSO\\WEB03$<br/></div></td></tr></table></div></div>
${heading('he3', w.rights)}<div class="container"><div class="he4i"><table class="info3" >
<tr>${w.head.map((h) => `<th scope="col">${h}</th>`).join('')}</tr>
${rows}</table></div></div></div>\n`;
  const user = `${heading('he0_expanded', w.user)}<div class="container">${heading('he0h_expanded', w.general)}<table class="info" >
<tr><td><strong>User</strong></td><td>CONTOSO\\jane.roe</td></tr></table></div>\n`;
  const title = options.computer === 'absent' ? 'CONTOSO\\jane.roe' : `CONTOSO\\jane.roe ${w.on} CONTOSO\\WEB03`;
  return `<html dir="ltr" gpmc_reportInitialized="false">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-16" />
<title>${title}</title>
<script>var s = "<body>\\n";</script>
</head>
<body onload="window_onload();">
<div class="rsopsummary">${heading('he0_expanded', w.summary)}</div>
<div class="rsopsettings">
${options.computer === 'absent' ? '' : heading('he0_expanded', w.computer) + computer}${options.user === false ? '' : user}</div>
</body></html>
`;
}

const types = 'xmlns="http://www.microsoft.com/GroupPolicy/Types"';
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `gpresult /x`; members are names without SIDs, as in a real one, and the GPO is given by its identifier. */
export function gpresultXml(options: { holders?: string[] | null; gpo?: string; computer?: boolean } = {}): string {
  const id = '{11111111-2222-3333-4444-555555555555}';
  const assignment = (name: string, members: string[], precedence = 1, gpo = id) => `
        <q3:UserRightsAssignment>
          <GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">
            <Identifier ${types}>${gpo}</Identifier>
            <Domain ${types}>contoso.example</Domain>
          </GPO>
          <Precedence xmlns="http://www.microsoft.com/GroupPolicy/Settings/Base">${precedence}</Precedence>
          <q3:Name>${name}</q3:Name>${members
            .map(
              (m) => `
          <q3:Member>
            <Name ${types}>${xml(m)}</Name>
          </q3:Member>`,
            )
            .join('')}
        </q3:UserRightsAssignment>`;
  const holders = options.holders === undefined ? ['Administrators', 'SERVICE'] : options.holders;
  const computer = `
  <ComputerResults>
    <Version>1</Version>
    <Name>CONTOSO\\WEB03$</Name>
    <Domain>contoso.example</Domain>
    <GPO>
      <Name>${xml(options.gpo ?? 'Hardening & Baseline')}</Name>
      <Path><Identifier ${types}>${id}</Identifier></Path>
    </GPO>
    <ExtensionData>
      <Extension xmlns:q3="http://www.microsoft.com/GroupPolicy/Settings/Security">${
        holders === null
          ? ''
          : assignment('SeImpersonatePrivilege', ['Everyone'], 2, '{99999999-2222-3333-4444-555555555555}') +
            assignment('SeImpersonatePrivilege', holders)
      }${assignment('SeDelegateSessionUserImpersonatePrivilege', ['Administrators'])}
      </Extension>
    </ExtensionData>
  </ComputerResults>`;
  return `<?xml version="1.0" encoding="utf-16"?>
<Rsop xmlns="http://www.microsoft.com/GroupPolicy/Rsop">
  <ReadTime>2026-06-08T19:53:49Z</ReadTime>
  <UserResults><Name>CONTOSO\\jane.roe</Name></UserResults>${options.computer === false ? '' : computer}
</Rsop>
`;
}

/** `Get-GPOReport -ReportType Xml` of one GPO. `members` null leaves the right out, an empty list defines it as empty. */
export function gpoReport(members: { sid: string; name: string }[] | null, name = 'Member Server Baseline'): string {
  const right =
    members === null
      ? ''
      : `
        <q1:UserRightsAssignment>
          <q1:Name>SeImpersonatePrivilege</q1:Name>${members
            .map(
              (m) => `
          <q1:Member>
            <SID ${types}>${m.sid}</SID>
            <Name ${types}>${xml(m.name)}</Name>
          </q1:Member>`,
            )
            .join('')}
        </q1:UserRightsAssignment>`;
  return `<?xml version="1.0" encoding="utf-16"?>
<GPO xmlns="http://www.microsoft.com/GroupPolicy/Settings">
  <Identifier><Identifier ${types}>{11111111-2222-3333-4444-555555555555}</Identifier></Identifier>
  <Name>${xml(name)}</Name>
  <SecurityDescriptor><Owner><Name ${types}>CONTOSO\\Domain Admins</Name></Owner></SecurityDescriptor>
  <Computer>
    <ExtensionData>
      <Extension xmlns:q1="http://www.microsoft.com/GroupPolicy/Settings/Security">${right}
      </Extension>
    </ExtensionData>
  </Computer>
</GPO>
`;
}

/** `gpresult /z`: the part about the computer, with the rights that one GPO sets. */
export function gpresultText(options: { holders?: string[]; gpo?: string } = {}): string {
  const { holders = ['Administrators', 'SERVICE'], gpo = 'Member Server Baseline' } = options;
  const [first = 'N/A', ...more] = holders;
  return [
    '',
    'Microsoft (R) Windows (R) Operating System Group Policy Result tool v2.0',
    '',
    'RSOP data for CONTOSO\\admin on WEB03 : Logging Mode',
    '---------------------------------------------------',
    '',
    'COMPUTER SETTINGS',
    '------------------',
    '    CN=WEB03,OU=Servers,DC=contoso,DC=example',
    '',
    '    Resultant Set Of Policies for Computer',
    '    ---------------------------------------',
    '',
    '        User Rights',
    '        -----------',
    `            GPO: ${gpo}`,
    '                Policy:            ImpersonatePrivilege',
    `                Computer Setting:  ${first}`,
    ...more.map((one) => `                                   ${one}`),
    '',
    '',
  ].join('\r\n');
}

/** `Get-GPOReport -All -ReportType Xml`: the reports of several GPOs in one file. */
export function gpoReports(reports: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-16"?>\n<GPOS>${reports.map((one) => one.replace(/^<\?xml[^>]*>\s*/, '')).join('')}</GPOS>\n`;
}
