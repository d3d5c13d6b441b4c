import type { Damage, Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { attribute, findElement, findElements, rootElementOf } from '../markup.js';
import type { ObservationName } from '../vocabulary/index.js';
import { observeCollections } from './collections.js';
import { readConfigTree } from './config-tree.js';
import { observeHosting } from './hosting.js';
import { observeLockedParts, observeSetParts } from './locked-parts.js';
import { observeModules } from './modules.js';
import { observePool, type PoolElement } from './pools.js';
import { observeRewriteRules } from './rewrite-rules.js';
import { type ConfigSection, listSections, observeLocks, observeSections, webServerPieces } from './sections.js';
import { observeSettings } from './settings.js';

/** What IIS uses when the file is silent (processModel in IIS 7.5 and later). */
const defaults: PoolElement = {
  identityType: 'ApplicationPoolIdentity',
  logonType: 'LogonBatch',
  manualGroupMembership: 'false',
};

/** Attributes whose values are secrets, wherever they are. */
const secret =
  /\b(?:password|sessionKey|connectionString|validationKey|decryptionKey|clientSecret|cipherValue)\s*=\s*(?:"[^"]+"|'[^']+')/gi;

/**
 * Reads applicationHost.config, machine.config, a web.config, or a pasted piece of one: the pools with their identities
 * (defaults applied), and what breaks or may break. Neither file says who holds a right.
 */
export function readServerConfig(file: string, text: string): Reading | null {
  const root = rootElementOf(text)?.name;
  if (root === undefined || !(root === 'configuration' || isPiece(root))) return null;
  const content = withoutComments(text);
  const host = findElement(content, 'system.applicationHost');
  if (
    !host &&
    root === 'configuration' &&
    !/<(?:system\.webServer|system\.web|connectionStrings|configSections)[\s>]/.test(content)
  )
    return null;
  const gather = new ObservationCollector();
  gather.withheld += content.match(secret)?.length ?? 0;
  if (host) {
    gather.add('iis.installed', true, { field: 'system.applicationHost' });
    for (const pool of gather.first(poolsOf(host.inner), 'application pools')) observePool(gather, pool);
  }
  const form = formOf(content, host !== undefined);
  const before = gather.observations.length;
  const damage = observeTree(gather, endAtRoot(text, root), root === 'configuration', form);
  // One section in order is what appcmd prints of the configuration in force; its reader says which one it is.
  const told = gather.observations.slice(before).filter((o) => !plain.has(o.name));
  if (root === 'system.webServer' && told.length === 0) return null;
  return gather.toReading(file, 'server-config', form, { damage });
}

/** Facts that any section has, right or wrong. */
const plain: ReadonlySet<ObservationName> = new Set<ObservationName>([
  'config.section-set',
  'config.part-set',
  'config.entry',
  'config.entry-removed',
  'config.collection-cleared',
  'config.handler-module',
  'config.module-used',
]);

/** True for an element that people paste alone out of a web.config. */
function isPiece(root: string): boolean {
  return root === 'system.webServer' || root === 'system.web' || root === 'location' || webServerPieces.has(root);
}

type ConfigForm = 'applicationHost.config' | 'machine.config' | 'web.config';

/** Only machine.config holds the process model of ASP.NET. */
function formOf(content: string, isHost: boolean): ConfigForm {
  if (isHost) return 'applicationHost.config';
  const web = findElement(content, 'system.web');
  return web && /<processModel[\s/>]/.test(web.inner) ? 'machine.config' : 'web.config';
}

/**
 * Leaves out what is below a pasted configuration: a sentence, the end tags of elements that were not copied, and another
 * configuration behind a sentence ("changed to this, it is the same").
 */
function endAtRoot(text: string, root: string): string {
  const close = `</${root}>`;
  const first = text.indexOf(close) + close.length;
  if (first >= close.length && /^\s*[^\s<]/.test(text.slice(first))) return text.slice(0, first);
  const at = text.lastIndexOf(close);
  const end = at + close.length;
  return at >= 0 && !/<[^/]/.test(text.slice(end)) ? text.slice(0, end) : text;
}

/** Larger ones are read for their pools only. In characters. */
const longestTree = 32_000_000;

/** Adds what the elements say, each with its line; a file that is not well-formed says only where. */
function observeTree(gather: ObservationCollector, text: string, whole: boolean, form: ConfigForm): Damage[] {
  if (text.length > longestTree) return [];
  const { roots, fault } = readConfigTree(text, whole);
  if (fault) {
    gather.add('config.malformed', fault.reason, { event: fault.line, field: fault.element ?? 'XML' });
    return ['malformed'];
  }
  const sections = listSections(roots);
  if (form === 'machine.config') {
    observeSettings(gather, sections);
    return [];
  }
  const isHost = form === 'applicationHost.config';
  if (isHost) {
    observeLocks(gather, roots);
    observeUndefinedPools(gather, sections);
  }
  if (isHost) observeLockedParts(gather, sections);
  else {
    observeSections(gather, roots, sections);
    observeSetParts(gather, sections);
  }
  observeCollections(gather, sections, isHost);
  observeModules(gather, sections, isHost);
  observeRewriteRules(gather, sections);
  observeHosting(gather, sections);
  observeSettings(gather, sections);
  return [];
}

/** Adds what a web.config says that is in another text; its lines are those of that text. */
export function observeWebConfig(gather: ObservationCollector, text: string): void {
  gather.withheld += withoutComments(text).match(secret)?.length ?? 0;
  observeTree(gather, text, rootElementOf(text)?.name === 'configuration', 'web.config');
}

/** Applications whose pool is not there: a name was changed in one of the two places. */
function observeUndefinedPools(gather: ObservationCollector, sections: readonly ConfigSection[]): void {
  const childrenOf = (path: string) => sections.filter((s) => s.path === path).flatMap((s) => s.element.children);
  const pools = childrenOf('system.applicationHost/applicationPools').map((p) => p.attributes.name?.toLowerCase());
  const sites = childrenOf('system.applicationHost/sites').filter((s) => s.name === 'site');
  for (const { attributes, name, line } of sites.flatMap((s) => s.children)) {
    const pool = attributes.applicationPool ?? '';
    if (name === 'application' && pool !== '' && pools.length > 0 && !pools.includes(pool.toLowerCase()))
      gather.add('config.pool-undefined', pool, { event: line, field: 'applicationPool' });
  }
}

/** Returns the pools of an `<applicationPools>` section. With `inherit` false, only what each element says itself. */
export function* poolsOf(text: string, inherit = true): Generator<PoolElement> {
  const section = findElement(text, 'applicationPools')?.inner ?? text;
  const ownDefaults = findElement(section, 'applicationPoolDefaults');
  const rest = ownDefaults ? section.replace(ownDefaults.inner, '') : section;
  const base = inherit ? { ...defaults, ...(ownDefaults && modelOf(ownDefaults.inner)) } : {};
  for (const add of findElements(rest, 'add')) {
    const name = attribute(add.attributes, 'name');
    if (name !== undefined) yield { ...base, ...modelOf(add.inner), name };
  }
}

function modelOf(inner: string): PoolElement {
  const model = findElement(inner, 'processModel')?.attributes;
  const pool: PoolElement = {};
  for (const key of ['identityType', 'userName', 'logonType', 'manualGroupMembership'] as const) {
    const value = model && attribute(model, key);
    if (value !== undefined) pool[key] = value;
  }
  return pool;
}

function withoutComments(text: string): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('<!--', at);
    if (open < 0) return out + text.slice(at);
    out += text.slice(at, open);
    const close = text.indexOf('-->', open + 4);
    if (close < 0) return out;
    at = close + 3;
  }
}
