import { randomBytes } from 'node:crypto';
import { type ErrorCode, isErrorCode, operatorAdvice } from '../answer/errors.js';
import type { Reading } from '../evidence/evidence.js';
import type { Events } from './ports/environment.js';
import { CatalogueError } from './ports/errors.js';

/** A failure that the error catalogue has sentences for. */
export interface Trouble {
  code: ErrorCode;
  facts: Record<string, string>;
}

/** Returns the code and the operator's advice, for the log. */
export function troubleEvent({ code, facts }: Trouble): { code: ErrorCode; advice: string } {
  return { code, advice: operatorAdvice(code, facts) };
}

/** Reports files that cannot be used to the operator, one event for each reason. */
export function reportRefusals(readings: readonly Reading[], events: Events): void {
  const counts = new Map<ErrorCode, number>();
  for (const { refusal } of readings) if (refusal) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  for (const [code, files] of counts) events.emit({ name: 'file-refused', code, advice: operatorAdvice(code), files });
}

/**
 * Turns what was thrown into a code of the catalogue. An unexpected error gets a number that the user sees and the log holds
 * (that of the request where there is one). The log also gets the kind and place of the error, never its message, because a
 * message may quote a file.
 */
export function describeTrouble(error: unknown, events: Events, request?: string): Trouble {
  if (error instanceof CatalogueError && isErrorCode(error.code)) return { code: error.code, facts: error.facts };
  const id = request ?? randomBytes(4).toString('hex');
  events.emit({ name: 'unexpected-error', id, ...traceOf(error) });
  return { code: 'internal', facts: { id } };
}

/** Returns kind and place of an error, for the log. Its message stays out because it may quote a file. */
export function traceOf(error: unknown): { error: string; at: string } {
  return { error: kindOf(error), at: placeOf(error) };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}

/** Returns function and line of the innermost frames: `handle (work.js:41)`. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return '';
  return error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?\S*[/\\]([^/\\]+?)(:\d+):\d+\)?$/, '($1$2)'))
    .join(' < ');
}
