/**
 * How long a call may keep Teams waiting, milliseconds: the Bot Service gives a bot 10 to 15 s, then the person reads that
 * something went wrong (learn.microsoft.com, "How bots work").
 */
export const invokeTimeoutMs = 8_000;

/** The work of a call took longer than Teams waits for its answer. */
class CallTimeoutError extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Waits for work, but no longer than this.
 * @param work is told when it is late, so that it begins nothing more
 * @throws OutOfTime
 */
export async function withTimeout<T>(ms: number, work: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late.abort(new CallTimeoutError());
      reject(late.signal.reason);
    }, ms);
  });
  try {
    return await Promise.race([work(late.signal), over]);
  } finally {
    clearTimeout(timer);
  }
}
