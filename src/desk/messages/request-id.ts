import { createHash } from 'node:crypto';

/** The number of a message's request, for log and user. Not only one process must name it so: it is drawn from the message's key. */
export function requestIdOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
