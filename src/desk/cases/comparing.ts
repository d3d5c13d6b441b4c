import { createHash } from 'node:crypto';
import type { Reading } from '../../evidence/evidence.js';

/** 96 bits of a hash: enough to recognise, nothing to read. */
export function shortHash(...parts: (string | null | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

export function fingerprint(reading: Reading): string {
  return shortHash(reading.kind, JSON.stringify(reading.observations));
}

/** The path of a URL without host and query, as a hash. Access logs write a space as a plus sign, and no percent signs. */
export function pathHash(url: string, salt: string): string | undefined {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  return path ? shortHash(salt, decoded(path).replaceAll('+', ' ').toLowerCase()) : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A computer by the first part of its name, as a hash. */
export function serverHash(name: string, salt: string): string {
  return shortHash(salt, name.toLowerCase().split('.', 1)[0]);
}

/** Equal, or one of them does not tell: an access log knows no pool. */
export function fits(before: string | undefined, after: string | undefined): boolean {
  return before === undefined || after === undefined || before === after;
}

export function isFailing(verdict: string): boolean {
  return verdict === 'failure' || verdict === 'slow' || verdict === 'aborted';
}

/** Returns the newest; of those without a time the last. */
export function newestOf<T extends { time?: string | undefined }>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>(
    (newest, one) => (newest && (one.time ?? '') < (newest.time ?? '') ? newest : one),
    undefined,
  );
}
