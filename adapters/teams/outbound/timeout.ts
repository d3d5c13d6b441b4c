/**
 * How long the work of an invoke may take, milliseconds. The Bot Service waits 10 to 15 s, then the person reads that
 * something went wrong (learn.microsoft.com, "How bots work").
 */
export const invokeTimeoutMs = 8_000;

/** The work of an invoke took longer than Teams waits for its response. */
class InvokeTimeoutError extends Error {
  override readonly name = 'InvokeTimeoutError';
}

/**
 * Returns the result of `work`.
 * @param ms limit in milliseconds
 * @param work gets a signal that aborts at the limit, so that it starts nothing more
 * @throws InvokeTimeoutError at the limit
 */
export async function withTimeout<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort(new InvokeTimeoutError());
      reject(controller.signal.reason);
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
