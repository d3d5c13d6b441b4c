import type { ObservationCollector } from '../gather.js';
import type { ConfigElement } from './config-tree.js';
import type { ConfigSection } from './sections.js';

/** A collection whose entries have a key that may occur once. */
interface Collection {
  section: string;
  /** Elements between the section and its entries. */
  inside?: string;
  /** Name of an entry. */
  entry: string;
  /** Attributes that make the key. */
  key: readonly string[];
  /** What an entry is called in a sentence. */
  called: string;
  /** Keys that hold addresses, people or secrets are not shown. */
  private?: true;
  /** A web.config inherits the entries of applicationHost.config. */
  inherited?: true;
}

const collections: readonly Collection[] = [
  {
    section: 'system.webServer/staticContent',
    entry: 'mimeMap',
    key: ['fileExtension'],
    called: 'mimeMap',
    inherited: true,
  },
  { section: 'system.webServer/handlers', entry: 'add', key: ['name'], called: 'handler', inherited: true },
  { section: 'system.webServer/modules', entry: 'add', key: ['name'], called: 'module', inherited: true },
  { section: 'system.webServer/globalModules', entry: 'add', key: ['name'], called: 'global module' },
  {
    section: 'system.webServer/defaultDocument',
    inside: 'files',
    entry: 'add',
    key: ['value'],
    called: 'default document',
    inherited: true,
  },
  {
    section: 'system.webServer/httpProtocol',
    inside: 'customHeaders',
    entry: 'add',
    key: ['name'],
    called: 'custom header',
    inherited: true,
  },
  {
    section: 'system.webServer/httpErrors',
    entry: 'error',
    key: ['statusCode', 'subStatusCode'],
    called: 'error page',
    inherited: true,
  },
  {
    section: 'system.webServer/security/requestFiltering',
    inside: 'verbs',
    entry: 'add',
    key: ['verb'],
    called: 'verb',
    inherited: true,
  },
  {
    section: 'system.webServer/security/requestFiltering',
    inside: 'fileExtensions',
    entry: 'add',
    key: ['fileExtension'],
    called: 'file extension',
    inherited: true,
  },
  {
    section: 'system.webServer/security/requestFiltering',
    inside: 'hiddenSegments',
    entry: 'add',
    key: ['segment'],
    called: 'hidden segment',
    inherited: true,
  },
  {
    section: 'system.webServer/security/requestFiltering',
    inside: 'denyUrlSequences',
    entry: 'add',
    key: ['sequence'],
    called: 'denied sequence',
    private: true,
  },
  {
    section: 'system.webServer/security/authorization',
    entry: 'add',
    key: ['users', 'roles', 'verbs'],
    called: 'authorization rule',
    private: true,
  },
  {
    section: 'system.webServer/security/ipSecurity',
    entry: 'add',
    key: ['ipAddress', 'subnetMask', 'domainName'],
    called: 'address rule',
    private: true,
  },
  {
    section: 'system.webServer/security/isapiCgiRestriction',
    entry: 'add',
    key: ['path'],
    called: 'ISAPI or CGI restriction',
  },
  { section: 'system.webServer/isapiFilters', entry: 'filter', key: ['name'], called: 'ISAPI filter' },
  { section: 'system.webServer/rewrite/rules', entry: 'rule', key: ['name'], called: 'rewrite rule' },
  { section: 'system.webServer/rewrite/globalRules', entry: 'rule', key: ['name'], called: 'global rewrite rule' },
  { section: 'system.webServer/rewrite/outboundRules', entry: 'rule', key: ['name'], called: 'outbound rule' },
  { section: 'system.webServer/rewrite/rewriteMaps', entry: 'rewriteMap', key: ['name'], called: 'rewrite map' },
  { section: 'system.applicationHost/applicationPools', entry: 'add', key: ['name'], called: 'application pool' },
  { section: 'system.applicationHost/sites', entry: 'site', key: ['name'], called: 'site' },
  { section: 'connectionStrings', entry: 'add', key: ['name'], called: 'connection string' },
];

/** Adds the entries of collections, and those that the file adds twice. A remove or a clear before it makes room. */
export function observeCollections(
  gather: ObservationCollector,
  sections: readonly ConfigSection[],
  isHost: boolean,
): void {
  const seen = new Map<string, Map<string, number>>();
  for (const { path, element, location } of sections) {
    for (const collection of collections) {
      if (collection.section !== path) continue;
      const known = `${location}\n${path}\n${collection.called}`;
      const keys = seen.get(known) ?? new Map<string, number>();
      seen.set(known, keys);
      for (const list of collection.inside ? element.children.filter((c) => c.name === collection.inside) : [element])
        observeCollection(gather, collection, list, keys, { isHost, reachesAll: location === '' || !isHost });
    }
  }
}

function observeCollection(
  gather: ObservationCollector,
  collection: Collection,
  list: ConfigElement,
  keys: Map<string, number>,
  { isHost, reachesAll }: { isHost: boolean; reachesAll: boolean },
): void {
  const guarded = new Set<string>();
  let cleared = false;
  for (const child of list.children) {
    if (child.name === 'clear') {
      keys.clear();
      cleared = true;
      if (!isHost && !collection.private)
        gather.add('config.collection-cleared', collection.called, { event: child.line, field: child.name });
      continue;
    }
    const key = keyOf(child, collection);
    if (key === undefined) continue;
    const place = { event: child.line, field: child.name };
    const name = collection.private ? collection.called : `${collection.called} ${key}`;
    if (child.name === 'remove') {
      if (!isHost && collection.inherited) gather.add('config.entry-removed', name, place);
      keys.delete(key.toLowerCase());
      guarded.add(key.toLowerCase());
    } else if (child.name === collection.entry) {
      if (isHost && child.attributes.lockItem === 'true') gather.add('config.entry-locked', name, place);
      if (keys.has(key.toLowerCase())) gather.add('config.duplicate', name, place);
      else if (reachesAll && collection.inherited && !cleared && !guarded.has(key.toLowerCase()))
        gather.add('config.entry', name, place);
      keys.set(key.toLowerCase(), child.line);
    }
  }
}

/** The key of an entry or of its remove; undefined for what has none. */
function keyOf(element: ConfigElement, { key }: Collection): string | undefined {
  // An error page without a substatus is the one for all of them, -1.
  const values = key.map((name) => element.attributes[name] ?? '').filter((v) => v !== '' && v !== '-1');
  return values.length === 0 ? undefined : values.join(' ');
}
