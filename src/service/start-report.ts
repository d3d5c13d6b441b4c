import type { Check } from '../desk/ports/door.js';
import type { Logger } from './log.js';

/** Logs what the checks of the start found wrong: what is missing as an error, what could not be reached as a warning. */
export function reportChecks(checks: readonly Check[], log: Pick<Logger, 'error' | 'warn'>): void {
  for (const { name, state, detail, next, optional, unreachable } of checks) {
    if (state === 'missing' && !optional) log.error({ check: name, detail, next }, 'start-check-failed');
    else if (unreachable) log.warn({ check: name, detail, next }, 'platform-unreachable');
  }
}
