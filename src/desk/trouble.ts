import { randomBytes } from 'node:crypto';
import { isErrorCode } from '../answer/errors.js';
import { DoorError } from './ports/door.js';
import type { Events } from './ports/environment.js';

/** A failure in the catalogue's words. */
export interface Trouble {
  code: string;
  facts: Record<string, string>;
}

/**
 * Turns whatever was thrown into a code of the catalogue. Something unexpected gets a number that the user sees and the
 * log holds, that of the request where there is one, with the kind and place of the error but not its message, which may quote what somebody dropped.
 */
export function describeTrouble(error: unknown, events: Events, request?: string): Trouble {
  if (error instanceof DoorError && isErrorCode(error.code)) return { code: error.code, facts: error.facts };
  const id = request ?? randomBytes(4).toString('hex');
  events.emit({ name: 'unexpected-error', id, ...traceOf(error) });
  return { code: 'internal', facts: { id } };
}

/** Kind and place of an error, for the log. Its message stays out: it may quote what somebody dropped. */
export function traceOf(error: unknown): { error: string; at: string } {
  return { error: kindOf(error), at: placeOf(error) };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}

/** Function and line of the innermost frames: `handle (work.js:41)`. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return '';
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\S*[/\\]([^/\\]+?)(:\d+):\d+\)?$/, '($1$2)'))
    .join(' < ');
}
