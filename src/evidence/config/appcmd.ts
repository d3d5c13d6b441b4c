import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { attribute, findElements } from '../markup.js';
import { observePool, type PoolElement, poolIdentity } from './pools.js';
import { poolsOf } from './xml-config.js';

/**
 * Reads what appcmd prints about pools: `list apppool` (a line each), `/text:*`, `/config`, `/xml`, `list wp`, and the
 * one word of `/text:processModel.identityType`. The words are appcmd's own in every language.
 */
export function readAppcmd(file: string, text: string): Reading | null {
  const gather = new ObservationCollector();
  const pools = [poolsInText(text), poolsInLines(text), poolsInXml(text)].flatMap((some) =>
    gather.first(some, 'application pools'),
  );
  if (pools.length === 0) return null;
  for (const pool of mergePools(pools)) observePool(gather, pool);
  const passwords = [...text.matchAll(/\bpassword\s*[:=]\s*"([^"\r\n]+)"/gi)];
  for (const hit of passwords) gather.countWithheld(hit[1]);
  const said = unavailable.exec(text)?.[0];
  if (said) gather.add('page.status', 503, { field: 'text', raw: said });
  return gather.toReading(file, 'server-config', 'appcmd');
}

/** The failure that people write beside a list of pools. */
const unavailable = /\b503[.\d]{0,3}[ .:-]{1,3}(?:The )?Service (?:is )?Unavailable\b/i;

/**
 * The bare answers to `appcmd list apppool "Portal" /text:processModel.identityType` and `…userName`, one or both, with or
 * without the commands above them. An account alone is one only below its command. Null for anything longer.
 */
export function readIdentityWord(file: string, text: string): Reading | null {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '');
  if (lines.length === 0 || lines.length > 5) return null;
  const commands = lines.filter((l) => /\bappcmd\b/i.test(l));
  const [word, account, ...more] = lines.filter((l) => !commands.includes(l));
  const name = commands.map(poolInCommand).find((pool) => pool !== undefined);
  const asksForAccount = commands.some((l) => /\/text:processModel\.userName\b/i.test(l));
  if (word === undefined || more.length > 0 || lines.at(-1) === commands.at(-1)) return null;
  const gather = new ObservationCollector();
  if (account === undefined && asksForAccount && isAccountName(word))
    observePool(gather, { name, identityType: 'SpecificUser', userName: word });
  else if (!/^(ApplicationPoolIdentity|NetworkService|LocalService|LocalSystem|SpecificUser)$/i.test(word)) return null;
  else if (account !== undefined && !(/^SpecificUser$/i.test(word) && isAccountName(account))) return null;
  else observePool(gather, { name, identityType: word, userName: account });
  return gather.toReading(file, 'server-config', 'appcmd');
}

/** `CONTOSO\name`, `.\name` or `name@contoso.example`. */
function isAccountName(text: string): boolean {
  return /^(?:[\w .-]{1,40}\\[\p{L}\p{N}._$-]{1,64}|[\p{L}\p{N}._-]{1,64}@[\p{L}\p{N}.-]{1,100})$/u.test(text);
}

function poolInCommand(command: string | undefined): string | undefined {
  return /\bapppool\s+(?:\/apppool\.name:)?"([^"]{1,128})"/i.exec(command ?? '')?.[1];
}

/** Reads `/text:*`: `APPPOOL.NAME:"Portal"` and an indented tree; the pool's values are below its name. */
function poolsInText(text: string): PoolElement[] {
  const pools: PoolElement[] = [];
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = /^\s*([\w.]+):"(.*)"\s*$/.exec(raw);
    if (!line) continue;
    const key = line[1]!.toLowerCase();
    const value = line[2]!;
    if (key === 'apppool.name') pools.push({ name: value });
    const pool = pools.at(-1);
    if (!pool || value === '') continue;
    if (key === 'identitytype') pool.identityType = value;
    else if (key === 'state') pool.state = value;
    else if (key === 'username') pool.userName = value;
    else if (key === 'logontype') pool.logonType = value;
    else if (key === 'manualgroupmembership') pool.manualGroupMembership = value;
  }
  return pools;
}

/** Reads `APPPOOL "Portal" (MgdVersion:…)` and `WP "7120" (applicationPool:Portal)`. */
function poolsInLines(text: string): PoolElement[] {
  const pools: PoolElement[] = [];
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const pool = /^\s*APPPOOL "([^"]{1,128})" \(([^)]*)\)\s*$/.exec(raw);
    if (pool) pools.push({ name: pool[1], state: /\bstate:(\w{4,10})/.exec(pool[2]!)?.[1] });
    const worker = /^\s*WP "(\d{1,7})" \(applicationPool:(.{1,128})\)\s*$/.exec(raw);
    if (worker) pools.push({ name: worker[2], processId: Number(worker[1]) });
  }
  return pools;
}

/** `/config` prints the pool's own element, `/xml` wraps it; what they do not name stays unknown, not default. */
function poolsInXml(text: string): PoolElement[] {
  const pools: PoolElement[] = [];
  if (/<configuration[\s>]/.test(text)) return pools;
  if (/<processModel[\s/>]/.test(text)) pools.push(...poolsOf(text, false));
  for (const pool of findElements(text, 'APPPOOL')) {
    const name = attribute(pool.attributes, 'APPPOOL.NAME');
    if (name !== undefined) pools.push({ name, state: attribute(pool.attributes, 'state') });
  }
  for (const worker of findElements(text, 'WP')) {
    const id = Number(attribute(worker.attributes, 'WP.NAME'));
    const name = attribute(worker.attributes, 'APPPOOL.NAME');
    if (name !== undefined && id > 0) pools.push({ name, processId: id });
  }
  return pools;
}

/** Returns one entry for each pool and worker process, with the facts of several forms together. */
function mergePools(pools: readonly PoolElement[]): PoolElement[] {
  const merged: PoolElement[] = [];
  const byName = new Map<string | undefined, PoolElement>();
  for (const pool of pools) {
    const known = byName.get(pool.name);
    if (known && (known.processId === undefined || pool.processId === undefined)) Object.assign(known, pool);
    else {
      const first = { ...pool, identityType: poolIdentity(pool.identityType) };
      merged.push(first);
      if (!known) byName.set(pool.name, first);
    }
  }
  return merged;
}
