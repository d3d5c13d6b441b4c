import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { attribute, findElement, findElements, rootElementOf } from '../markup.js';
import { observePool, type PoolElement } from './pools.js';

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
 * Reads applicationHost.config (which pools run as whom, defaults applied) or a web.config (ASP.NET impersonation).
 * Neither says who holds a right; they say which pools need IIS_IUSRS for it.
 */
export function readServerConfig(file: string, text: string): Reading | null {
  if (rootElementOf(text)?.name !== 'configuration') return null;
  const content = withoutComments(text);
  const host = findElement(content, 'system.applicationHost');
  if (!host && !/<(system\.webServer|system\.web)[\s>]/.test(content)) return null;
  const gather = new ObservationCollector();
  gather.withheld += content.match(secret)?.length ?? 0;
  if (host) {
    gather.add('iis.installed', true, { field: 'system.applicationHost' });
    for (const pool of gather.first(poolsOf(host.inner), 'application pools')) observePool(gather, pool);
  }
  observeAspNet(gather, content);
  return gather.reading(file, 'server-config', host ? 'applicationHost.config' : 'web.config');
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

/** `<identity impersonate="true">`: the cause of 500.24 in Integrated mode, and another thing than the user right. */
function observeAspNet(gather: ObservationCollector, content: string): void {
  const identity = findElement(content, 'identity')?.attributes;
  const impersonate = identity && attribute(identity, 'impersonate');
  if (impersonate)
    gather.add('config.impersonate', impersonate.toLowerCase() === 'true', { field: 'identity/@impersonate' });
  if (identity) gather.countWithheld(attribute(identity, 'userName'));
  const validation = findElement(content, 'validation')?.attributes;
  const validates = validation && attribute(validation, 'validateIntegratedModeConfiguration');
  if (validates)
    gather.add('config.validates-integrated-mode', validates.toLowerCase() === 'true', {
      field: 'validation/@validateIntegratedModeConfiguration',
    });
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
