import type { Clock } from '../../../src/desk/ports/environment.js';

/** HTTP statuses that Teams asks bots to retry: a lost race, throttling, and a failing gateway. */
const retryStatuses = new Set([412, 429, 502, 504]);
const maxAttempts = 5;
const longestPauseMs = 60_000;

/**
 * Returns the result of `work`, and retries it while Teams says that it is busy. The pause doubles from 0.5 s to 8 s, with
 * jitter so that many bots do not come back together; a longer `Retry-After` counts, up to a minute.
 * @param signal stops further attempts
 * @throws the last error when five attempts failed, and every other error at once
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  clock: Pick<Clock, 'sleep'>,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const status = httpStatus(error);
      const asked = retryAfterMs(error);
      // A longer pause is for the inbox, which does not hold a worker meanwhile.
      const isLong = asked > longestPauseMs;
      if (status === undefined || !retryStatuses.has(status) || attempt === maxAttempts || isLong) throw error;
      const pause = Math.min(8000, 500 * 2 ** (attempt - 1));
      await clock.sleep(Math.max(pause / 2 + (Math.random() * pause) / 2, asked), signal);
    }
  }
}

/** Returns the HTTP status of an error of the connector; undefined when there was no response. */
export function httpStatus(error: unknown): number | undefined {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

/** Returns the pause that Teams asks for, at most ten minutes, in milliseconds. */
export function retryAfterMs(error: unknown): number {
  const { response } = error as { response?: { headers?: { get(name: string): string | undefined } } };
  const seconds = Number(response?.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * 1000 : 0;
}
