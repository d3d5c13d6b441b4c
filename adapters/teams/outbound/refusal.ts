import { CatalogueError } from '../../../src/desk/ports/errors.js';
import { httpStatus, retryAfterMs } from './retry.js';

/** Numbers of the identity platform for its own faults. */
const passingSignIns = new Set(['AADSTS90001', 'AADSTS90006', 'AADSTS90033']);

/** True when a failed post may have arrived: its response was lost, or a gateway stopped waiting for it. */
export function mayHaveArrived(error: unknown): boolean {
  if (error instanceof CatalogueError || isSignInFailure(error)) return false;
  const status = httpStatus(error);
  return status === undefined || status >= 500;
}

/**
 * Returns the error as one of the catalogue, with the code of Teams or of the sign-in as its reason. A refusal is final; a
 * service that fails, is too busy or does not answer may come back.
 */
export function toRefusal(error: unknown): CatalogueError {
  if (error instanceof CatalogueError) return error;
  const host = 'Teams';
  const reason = reasonOf(error);
  const status = httpStatus(error);
  if (/^AADSTS/.test(reason) && !passingSignIns.has(reason))
    return new CatalogueError('teams-token', { reason }, { cause: error });
  if (status === 401) return new CatalogueError('teams-token', { reason }, { cause: error });
  if (status === 403 || status === 404) return new CatalogueError('teams-not-member', { reason }, { cause: error });
  const seconds = retryAfterMs(error) / 1000;
  const pause: Record<string, string> = seconds > 0 ? { seconds: String(seconds) } : {};
  if (status === 429) return new CatalogueError('rate-limited', { host, ...pause }, { cause: error });
  return new CatalogueError('platform-unreachable', { host, reason, ...pause }, { cause: error });
}

/** True when no token was to be had, so that nothing was sent. */
function isSignInFailure(error: unknown): boolean {
  const { errorCode, name } = error as { errorCode?: unknown; name?: string };
  return typeof errorCode === 'string' || name === 'ServerError' || /AADSTS\d+/.test((error as Error).message ?? '');
}

/** Returns the number of a refused sign-in, the connector's code, or the status. Messages stay out, because they name ids. */
function reasonOf(error: unknown): string {
  const {
    message = '',
    code,
    errorCode,
    body,
  } = error as {
    message?: string;
    code?: unknown;
    errorCode?: unknown;
    body?: { error?: { code?: unknown } };
  };
  const known = /AADSTS\d+/.exec(message)?.[0] ?? body?.error?.code ?? code ?? errorCode ?? httpStatus(error);
  return known === undefined ? 'no answer' : String(known).slice(0, 80);
}
