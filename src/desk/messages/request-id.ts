import { createHash } from 'node:crypto';

/** Returns the id of a message's request, for log and user. Derived from the message key, so every process computes the same id. */
export function requestIdOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
