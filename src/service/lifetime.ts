/** Why a served process ends: a signal asked for it, or a failure was not caught. */
export type End = 'asked' | 'failed';

/**
 * Watches over a served process. Reports an uncaught failure and ends the process in order, because the failure may have left
 * work half done.
 */
export class Lifetime {
  #end: ((end: End) => void) | undefined;

  /** @param failed called with each uncaught failure */
  constructor(failed: (error: unknown) => void) {
    const endInOrder = (error: unknown) => {
      failed(error);
      // Exits at once before start-up is complete, when no work is in hand.
      if (!this.#end) process.exit(1);
      this.#end('failed');
    };
    process.on('uncaughtException', endInOrder);
    process.on('unhandledRejection', endInOrder);
  }

  /** Resolves at SIGINT, at SIGTERM, or at an uncaught failure. */
  waitForEnd(): Promise<End> {
    return new Promise((end) => {
      this.#end = end;
      process.once('SIGINT', () => end('asked'));
      process.once('SIGTERM', () => end('asked'));
    });
  }
}

/** Ends the process by force when it still runs after `limitMs` milliseconds; calls `overdue` first. */
export function stopWithin(limitMs: number, overdue: () => void): void {
  setTimeout(() => {
    overdue();
    process.exit(1);
  }, limitMs).unref();
}
