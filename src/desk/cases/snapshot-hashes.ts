import { createHash } from 'node:crypto';
import type { Reading } from '../../evidence/evidence.js';

/** Returns 96 bits of a hash: enough to recognise a value, nothing to read. */
export function shortHash(...parts: (string | null | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** Returns a hash of a file's content. */
export function fingerprint(reading: Reading): string {
  return shortHash(reading.kind, JSON.stringify(reading.observations));
}

/** Returns the path of a URL, without host and query, as a hash. Access logs write a space as a plus sign, and no percent signs. */
export function pathHash(url: string, salt: string): string | undefined {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  return path ? shortHash(salt, decodePath(path).replaceAll('+', ' ').toLowerCase()) : undefined;
}

/** Returns the port of a URL, also the one that its scheme implies; undefined for a path alone. */
export function portOf(url: string): number | undefined {
  const [, scheme, port] = /^(https?):\/\/[^/?#]*?(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(url) ?? [];
  if (scheme === undefined) return undefined;
  return port === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Returns a computer, by the first part of its name, as a hash. */
export function serverHash(name: string, salt: string): string {
  return shortHash(salt, name.toLowerCase().split('.', 1)[0]);
}
