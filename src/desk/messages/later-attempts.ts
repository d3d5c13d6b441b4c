import { errorEntry } from '../../answer/errors.js';
import type { CatalogueError, ErrorCode } from '../ports/errors.js';
import type { Attempt } from '../ports/inbox.js';

/** Attempts, a few seconds apart, after which something that was only just written would be there. */
const soonAttempts = 3;

/** Returns whether the fault may pass, so that a later attempt is made: the inbox makes them for more than ten minutes. */
export function mayPass(code: ErrorCode, { isLast, number }: Pick<Attempt, 'isLast' | 'number'>): boolean {
  const { retry } = errorEntry(code);
  if (isLast || retry === undefined) return false;
  return retry === 'soon' ? number < soonAttempts : true;
}

/** Returns the milliseconds for which the platform asks to wait; undefined when it names none. */
export function pauseMsOf({ facts }: Pick<CatalogueError, 'facts'>): number | undefined {
  const seconds = Number(facts.seconds);
  return seconds > 0 ? seconds * 1000 : undefined;
}
