/** Writers of web.config and applicationHost.config, as IIS and publishing tools lay them out. Everything is made up. */

/** A web.config with these elements in system.webServer, and those of `root` beside it. */
export function webConfig(webServer: string, root = ''): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n${root}  <system.webServer>\n${webServer}\n  </system.webServer>\n</configuration>\n`;
}

/** A section with its lock, as configSections declares it. */
type Declared = [name: string, locked: boolean];

const webServerSections: Declared[] = [
  ['asp', true],
  ['caching', false],
  ['cgi', true],
  ['defaultDocument', false],
  ['directoryBrowse', false],
  ['globalModules', true],
  ['handlers', true],
  ['httpCompression', false],
  ['httpErrors', false],
  ['httpLogging', true],
  ['httpProtocol', false],
  ['httpRedirect', false],
  ['isapiFilters', true],
  ['modules', true],
  ['serverRuntime', true],
  ['staticContent', false],
  ['urlCompression', false],
  ['validation', false],
];
const securitySections: Declared[] = [
  ['access', true],
  ['authorization', false],
  ['ipSecurity', true],
  ['requestFiltering', false],
];
const authenticationSections: Declared[] = [
  ['anonymousAuthentication', true],
  ['basicAuthentication', true],
  ['windowsAuthentication', true],
];

const section = ([name, locked]: Declared) =>
  `<section name="${name}" overrideModeDefault="${locked ? 'Deny' : 'Allow'}" />`;

/** What an applicationHost.config holds beside its defaults. */
interface HostOptions {
  /** Elements of applicationPools. */
  pools?: string;
  /** Applications of the one site. */
  applications?: string;
  /** Names of native modules with a DLL in inetsrv, or whole elements. */
  globalModules?: string[];
  /** Elements of system.webServer. */
  webServer?: string;
  /** Elements behind system.webServer, such as location. */
  locations?: string;
  /** Sections that installed products declare in system.webServer. */
  declares?: string;
}

/** An applicationHost.config with the locks of a new server. */
export function wholeApplicationHost(options: HostOptions = {}): string {
  const modules = options.globalModules ?? ['StaticFileModule', 'AnonymousAuthenticationModule'];
  const dll = (m: string) =>
    m.startsWith('<') ? m : `<add name="${m}" image="%windir%\\System32\\inetsrv\\${m.toLowerCase()}.dll" />`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<configuration>
    <configSections>
        <sectionGroup name="system.applicationHost">
            <section name="applicationPools" allowDefinition="AppHostOnly" overrideModeDefault="Deny" />
            <section name="sites" allowDefinition="AppHostOnly" overrideModeDefault="Deny" />
        </sectionGroup>
        <sectionGroup name="system.webServer">
            ${webServerSections.map(section).join('\n            ')}
            ${options.declares ?? ''}
            <sectionGroup name="security">
                ${securitySections.map(section).join('\n                ')}
                <sectionGroup name="authentication">
                    ${authenticationSections.map(section).join('\n                    ')}
                </sectionGroup>
            </sectionGroup>
        </sectionGroup>
    </configSections>
    <system.applicationHost>
        <applicationPools>
            ${options.pools ?? '<add name="DefaultAppPool" />'}
        </applicationPools>
        <sites>
            <site name="Default Web Site" id="1">
                ${options.applications ?? '<application path="/" applicationPool="DefaultAppPool" />'}
            </site>
        </sites>
    </system.applicationHost>
    <system.webServer>
        <globalModules>
            ${modules.map(dll).join('\n            ')}
        </globalModules>
        ${options.webServer ?? ''}
    </system.webServer>
    ${options.locations ?? ''}
</configuration>
`;
}
