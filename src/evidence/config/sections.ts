import type { ObservationCollector } from '../gather.js';
import type { ConfigElement } from './config-tree.js';

/** A section of a configuration, with the path that it applies to (empty for all that the file is about). */
export interface ConfigSection {
  /** `system.webServer/security/authentication/windowsAuthentication` */
  path: string;
  element: ConfigElement;
  location: string;
}

/** Elements that hold sections, not settings. */
const builtInGroups = [
  'system.webServer',
  'system.webServer/security',
  'system.webServer/security/authentication',
  'system.webServer/tracing',
  'system.webServer/rewrite',
  'system.webServer/webdav',
  'system.webServer/management',
  'system.webServer/farm',
  'system.webServer/proxyPolicy',
  'system.applicationHost',
  'system.ftpServer',
  'system.ftpServer/security',
  'system.web',
  'system.web/caching',
  'system.web.extensions',
  'system.web.extensions/scripting',
  'system.web.extensions/scripting/webServices',
  'system.net',
  'system.net/mailSettings',
  'system.serviceModel',
  'system.transactions',
  'system.runtime.serialization',
  'system.xml.serialization',
];

/** What is under `<configuration>` without being declared in the same file: machine.config of .NET 4 declares it. */
const declaredByMachine = new Set([
  'appSettings',
  'configBuilders',
  'configProtectedData',
  'connectionStrings',
  'mscorlib',
  'runtime',
  'satelliteassemblies',
  'startup',
  'assemblyBinding',
  'system.codedom',
  'system.data',
  'system.data.dataset',
  'system.data.odbc',
  'system.data.oledb',
  'system.data.oracleclient',
  'system.data.sqlclient',
  'system.diagnostics',
  'system.identityModel',
  'system.identityModel.services',
  'system.runtime.caching',
  'system.runtime.remoting',
  'system.serviceModel.activation',
  'system.windows.forms',
  'system.xaml.hosting',
  'system.webServer',
  'system.applicationHost',
  'system.ftpServer',
  'uri',
  'windows',
]);

/** Lists the sections of a configuration in file order, those inside `<location>` included. */
export function listSections(roots: readonly ConfigElement[]): ConfigSection[] {
  const groups = new Set([...builtInGroups, ...declaredSections(roots).groups]);
  const sections: ConfigSection[] = [];
  const visit = (element: ConfigElement, above: string, location: string): void => {
    if (element.name === 'configSections') return;
    if (element.name === 'configuration') for (const child of element.children) visit(child, '', location);
    else if (element.name === 'location' && above === '')
      for (const child of element.children) visit(child, '', element.attributes.path ?? '');
    else {
      const path = above === '' ? element.name : `${above}/${element.name}`;
      if (groups.has(path)) for (const child of element.children) visit(child, path, location);
      else sections.push({ path, element, location });
    }
  };
  // A piece may begin anywhere: its root says where.
  for (const root of roots) visit(root, webServerPieces.has(root.name) ? 'system.webServer' : '', '');
  return sections;
}

/** Sections that people paste alone. Of others one cannot tell which program reads them. */
export const webServerPieces: ReadonlySet<string> = new Set([
  'handlers',
  'modules',
  'rewrite',
  'security',
  'staticContent',
  'httpErrors',
  'httpProtocol',
  'aspNetCore',
  'iisnode',
  'defaultDocument',
  'httpRedirect',
]);

/** A section that `<configSections>` declares: its path and what may set it. */
interface DeclaredSection {
  path: string;
  line: number;
  locked: boolean;
}

/** Returns what `<configSections>` declares: the groups, and each section with its lock. */
function declaredSections(roots: readonly ConfigElement[]): { groups: string[]; sections: DeclaredSection[] } {
  const groups: string[] = [];
  const sections: DeclaredSection[] = [];
  const visit = (element: ConfigElement, above: string): void => {
    const path = [above, element.attributes.name ?? ''].filter(Boolean).join('/');
    if (element.name === 'sectionGroup') {
      groups.push(path);
      for (const child of element.children) visit(child, path);
    } else if (element.name === 'section') {
      const { overrideModeDefault, allowDefinition } = element.attributes;
      const locked = overrideModeDefault === 'Deny' || /^(?:AppHostOnly|MachineOnly)$/.test(allowDefinition ?? '');
      sections.push({ path, line: element.line, locked });
    }
  };
  const root = roots.find((r) => r.name === 'configuration');
  for (const declared of root?.children.filter((c) => c.name === 'configSections') ?? [])
    for (const child of declared.children) visit(child, '');
  return { groups, sections };
}

/** Observes what each web.config below may set: the sections that are declared, locked, and opened again by a location. */
export function observeLocks(gather: ObservationCollector, roots: readonly ConfigElement[]): void {
  const { sections } = declaredSections(roots);
  const locations = readLocations(roots);
  for (const { path, line, locked } of gather.first(sections, 'sections')) {
    gather.add('config.section-declared', path, { event: line, field: 'section' });
    const all = locations.filter((l) => l.everywhere && l.sections.has(path)).at(-1);
    if (all ? all.mode === 'Deny' : locked)
      gather.add('config.section-locked', path, { event: all?.line ?? line, field: all ? 'location' : 'section' });
    const below = locations.find((l) => !l.everywhere && l.mode === 'Allow' && l.sections.has(path));
    if (below) gather.add('config.section-unlocked-below', path, { event: below.line, field: 'location' });
  }
}

interface LockingLocation {
  line: number;
  /** True for a path that every site is below: absent, empty or `.`. */
  everywhere: boolean;
  mode: 'Allow' | 'Deny';
  sections: Set<string>;
}

/** Returns the `<location>` elements that open or close sections. */
function readLocations(roots: readonly ConfigElement[]): LockingLocation[] {
  const root = roots.find((r) => r.name === 'configuration');
  return (root?.children ?? []).flatMap((element) => {
    const { path = '', overrideMode, allowOverride } = element.attributes;
    const mode =
      overrideMode ?? (allowOverride === undefined ? undefined : allowOverride === 'false' ? 'Deny' : 'Allow');
    if (element.name !== 'location' || (mode !== 'Allow' && mode !== 'Deny')) return [];
    const sections = new Set(listSections(element.children).map((s) => s.path));
    return [{ line: element.line, everywhere: path === '' || path === '.', mode, sections }];
  });
}

/** Adds the sections that a web.config sets, and those that nothing on a server declares. */
export function observeSections(
  gather: ObservationCollector,
  roots: readonly ConfigElement[],
  sections: readonly ConfigSection[],
): void {
  const own = declaredSections(roots);
  const known = new Set([...own.sections.map((s) => s.path), ...own.groups]);
  for (const { path, element } of gather.first(sections, 'sections')) {
    const top = path.split('/')[0]!;
    const place = { event: element.line, field: element.name };
    if (/^system\.(?:webServer|applicationHost|ftpServer)$/.test(top)) {
      if (!known.has(path)) gather.add('config.section-set', path, place);
    } else if (!known.has(path) && !known.has(top) && !isOfDotNet(top)) {
      gather.add('config.section-unlisted', path, place);
    }
  }
}

function isOfDotNet(top: string): boolean {
  return declaredByMachine.has(top) || builtInGroups.includes(top);
}
