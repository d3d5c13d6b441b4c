/** Sections that a web.config often sets and a server may lock, by their own name; all are below `system.webServer`. */
const lockable: Readonly<Record<string, string>> = {
  handlers: 'system.webServer/handlers',
  modules: 'system.webServer/modules',
  defaultDocument: 'system.webServer/defaultDocument',
  directoryBrowse: 'system.webServer/directoryBrowse',
  httpErrors: 'system.webServer/httpErrors',
  httpCompression: 'system.webServer/httpCompression',
  staticContent: 'system.webServer/staticContent',
  access: 'system.webServer/security/access',
  ipSecurity: 'system.webServer/security/ipSecurity',
  dynamicIpSecurity: 'system.webServer/security/dynamicIpSecurity',
  isapiFilters: 'system.webServer/isapiFilters',
  serverRuntime: 'system.webServer/serverRuntime',
  serverVariables: 'system.webServer/rewrite/allowedServerVariables',
  windowsAuthentication: 'system.webServer/security/authentication/windowsAuthentication',
  anonymousAuthentication: 'system.webServer/security/authentication/anonymousAuthentication',
  basicAuthentication: 'system.webServer/security/authentication/basicAuthentication',
  digestAuthentication: 'system.webServer/security/authentication/digestAuthentication',
};

/** A section of `system.webServer`: its own name, and its path. */
interface LockedSection {
  name: string;
  path: string;
}

/**
 * Returns the section that a page about a locked one is about: the element in its line of the configuration, else the first
 * section that the text around the page writes as an element or as a path. Undefined when it names none.
 */
export function findLockedSection(element: string | undefined, text: string): LockedSection | undefined {
  const written = [...text.slice(0, 60_000).matchAll(/[</]([A-Za-z]{4,30})(?=[\s>/"'”]|$)/g)].map(([, name]) => name!);
  for (const name of element ? [element, ...written] : written) {
    const known = Object.keys(lockable).find((one) => one.toLowerCase() === name.toLowerCase());
    if (known) return { name: known, path: lockable[known]! };
  }
  return undefined;
}
