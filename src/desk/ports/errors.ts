import type { ErrorCode } from '../../answer/errors.js';

export { type ErrorCode, operatorAdvice } from '../../answer/errors.js';

/**
 * A failure that the error catalogue has sentences for. Thrown by doors, downloads, uploads and the desk. `facts` fill the
 * sentences (`name`, `limit`, `host` …) and may be hostile text.
 */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly code: ErrorCode;
  readonly facts: Record<string, string>;
  constructor(code: ErrorCode, facts: Record<string, string> = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.facts = facts;
  }
}

/** Thrown while the store cannot be reached. A claimed message is not lost: its work is retried later. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
