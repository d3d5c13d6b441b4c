/** How a served process came to its end. */
export type End = 'asked' | 'failed';

/**
 * The last fence around a served process: a failure that nobody caught is told and ends the process in order, since
 * nobody knows what it left half done.
 */
export class Lifetime {
  #end: ((end: End) => void) | undefined;

  /** @param failed told of each failure that nobody caught */
  constructor(failed: (error: unknown) => void) {
    const fence = (error: unknown) => {
      failed(error);
      // Before everything is open there is nothing in hand.
      if (!this.#end) process.exit(1);
      this.#end('failed');
    };
    process.on('uncaughtException', fence);
    process.on('unhandledRejection', fence);
  }

  /** Resolves at SIGINT, at SIGTERM, or at a failure that nobody caught. */
  over(): Promise<End> {
    return new Promise((end) => {
      this.#end = end;
      process.once('SIGINT', () => end('asked'));
      process.once('SIGTERM', () => end('asked'));
    });
  }
}

/** Ends the process when its own stop takes longer than so many milliseconds. */
export function stopWithin(limitMs: number, overdue: () => void): void {
  setTimeout(() => {
    overdue();
    process.exit(1);
  }, limitMs).unref();
}
