import type { Clock } from '../../../src/desk/ports/environment.js';

/** What Teams asks bots to try again: throttled, a lost race, and a gateway in trouble. */
const passing = new Set([412, 429, 502, 504]);
const attempts = 5;

/**
 * Tries again while Teams says it is busy: 0.5 s doubling to 8 s, each with jitter so that many bots do not return
 * together; a longer `Retry-After` is respected up to a minute. Other failures pass through at once.
 * @param late once it is aborted nothing more is tried
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  clock: Pick<Clock, 'sleep'>,
  late?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    late?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const status = httpStatus(error);
      if (status === undefined || !passing.has(status) || attempt === attempts) throw error;
      const pause = Math.min(8000, 500 * 2 ** (attempt - 1));
      await clock.sleep(Math.max(pause / 2 + (Math.random() * pause) / 2, retryAfter(error)), late);
    }
  }
}

export function httpStatus(error: unknown): number | undefined {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

function retryAfter(error: unknown): number {
  const { response } = error as { response?: { headers?: { get(name: string): string | undefined } } };
  const seconds = Number(response?.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : 0;
}
