import { type ConfigElement, readConfigTree } from '../evidence/config/config-tree.js';

/** What applicationHost.config says about Failed Request Tracing. */
export interface TracingConfig {
  /** By the number of the site: whether tracing is on. */
  sites: ReadonlyMap<string, boolean>;
  /** True when the file holds a rule; those of a web.config are elsewhere. */
  hasRules: boolean;
}

/** Reads the tracing of each site; undefined when the text is not a whole applicationHost.config. */
export function readTracing(text: string): TracingConfig | undefined {
  const { roots, fault } = readConfigTree(text.replace(/^\ufeff/, ''), true);
  const [root] = roots;
  const sites = root && within(within(root, 'system.applicationHost'), 'sites');
  if (fault || !root || !sites) return undefined;
  const byDefault = isOn(within(within(sites, 'siteDefaults'), tracingElement)) ?? false;
  const found = new Map<string, boolean>();
  for (const site of sites.children.filter(({ name }) => name === 'site')) {
    const id = site.attributes.id;
    if (id !== undefined && /^\d{1,10}$/.test(id)) found.set(id, isOn(within(site, tracingElement)) ?? byDefault);
  }
  const places = [root, ...root.children.filter(({ name }) => name === 'location')];
  return { sites: found, hasRules: places.some(hasRule) };
}

const tracingElement = 'traceFailedRequestsLogging';

function within(element: ConfigElement | undefined, name: string): ConfigElement | undefined {
  return element?.children.find((child) => child.name === name);
}

function isOn(element: ConfigElement | undefined): boolean | undefined {
  const enabled = element?.attributes.enabled;
  return enabled === undefined ? undefined : enabled.toLowerCase() === 'true';
}

function hasRule(place: ConfigElement): boolean {
  const rules = within(within(within(place, 'system.webServer'), 'tracing'), 'traceFailedRequests');
  return rules?.children.some(({ name }) => name === 'add') ?? false;
}
