import { randomUUID } from 'node:crypto';
import type { Clock, Events } from '../desk/ports/environment.js';
import { operatorAdvice } from '../desk/ports/errors.js';
import type { Attempt, Inbox, MessageHandler, WorkOutcome } from '../desk/ports/inbox.js';
import type { Message } from '../desk/ports/message.js';
import type { Database } from './database.js';
import { InboxRows, type LeasedRow } from './inbox-rows.js';
import type { Seal } from './seal.js';
import type { WakeQueue } from './wake-queue.js';

/** Messages worked on at a time in one process. */
const atOnce = 4;

/** Intervals of the inbox. Tests use shorter ones. */
export interface Pace {
  /** Seconds that a row belongs to its worker without a heartbeat. */
  leaseSeconds: number;
  heartbeatMs: number;
  /** Pause between two searches for rows without outcome and worker. */
  sweepMs: number;
  /** Seconds for which such a row waits for its wake-up. */
  graceSeconds: number;
  /** Pauses after an attempt that ended with "again", milliseconds; after the last of them it ends for good. */
  pauses: readonly number[];
}

const defaultPace: Pace = {
  leaseSeconds: 15,
  heartbeatMs: 5_000,
  sweepMs: 5_000,
  graceSeconds: 3,
  pauses: [2_000, 8_000, 30_000, 120_000, 600_000],
};

/** After this many attempts that ended with their process, the next one only reports that Frebot gave up. */
const mostDeaths = 8;
/** Longest pause that a platform may ask for. */
const longestPauseMs = 600_000;
/** Attempts to store an outcome while the engine does not answer, a second apart. */
const writeTries = 60;

interface InboxDeps {
  queue: WakeQueue;
  seal: Seal;
  events: Events;
  clock: Clock;
  /** No other process can share the database, so leases of an earlier process are void at once. */
  isEmbedded: boolean;
  /** Resolves when earlier writes survive a power cut. */
  durable(): Promise<void>;
  pace?: Partial<Pace>;
}

/** A row whose work is in progress, under the lease of its worker. */
interface OwnedRow {
  row: LeasedRow;
  lease: string;
}

/**
 * Claimed messages as rows. A claim is one insert; a worker owns a row by a lease; the queue only wakes workers, and the rows
 * decide which is next. The sweep finds a row whose worker died, and the next free worker takes it.
 */
export class PostgresInbox implements Inbox {
  readonly #deps: InboxDeps;
  readonly #pace: Pace;
  readonly #rows: InboxRows;
  readonly #leases = new Set<string>();
  readonly #stopped = new AbortController();
  readonly #background: Promise<void>[] = [];
  #handler: MessageHandler | undefined;
  #isClosing = false;

  constructor(db: Database, deps: InboxDeps) {
    this.#deps = deps;
    this.#pace = { ...defaultPace, ...deps.pace };
    this.#rows = new InboxRows(db, deps.seal, this.#pace.leaseSeconds);
  }

  async claim(message: Message): Promise<boolean> {
    const { fresh, open, attempts } = await this.#rows.claim(message);
    await this.#deps.durable();
    // Not awaited, because the platform is acknowledged as soon as the row is stored.
    if (open) void this.#wake(message.key, attempts);
    return fresh;
  }

  withdraw(key: string): Promise<void> {
    return this.#rows.withdraw(key, this.#deps.clock.now());
  }

  start(handler: MessageHandler): void {
    const { heartbeatMs, sweepMs, graceSeconds } = this.#pace;
    this.#handler = handler;
    this.#background.push(
      this.#begin(),
      this.#repeat(heartbeatMs, 'heartbeat-failed', () => this.#rows.renew([...this.#leases])),
      this.#repeat(sweepMs, 'sweep-failed', () => this.#sweep(graceSeconds)),
    );
  }

  async drain(limitMs: number): Promise<void> {
    const { queue, clock } = this.#deps;
    const limit = new AbortController();
    const paused = queue.pause().catch(() => undefined);
    await Promise.race([paused, clock.sleep(limitMs, limit.signal)]);
    limit.abort();
    this.#isClosing = true;
    // Unfinished rows are free for the next process at once.
    await this.#rows.free([...this.#leases]).catch(() => undefined);
  }

  /** Resolves when all work has ended. No other method may be called afterwards. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#stopped.abort();
    await Promise.all(this.#background);
    await this.#deps.queue.close();
  }

  async #begin(): Promise<void> {
    const { queue, isEmbedded } = this.#deps;
    if (isEmbedded) {
      await this.#retryUntilWritten(() => this.#rows.voidLeases());
      await queue.clear().catch((error: unknown) => this.#reportWakeFailure(error));
    }
    queue.start(() => this.#workOnNext(), atOnce);
    await this.#retryUntilWritten(() => this.#sweep(0));
  }

  /** Wakes a worker. A failure costs only time, because the sweep finds the row. */
  async #wake(key: string, attempt: number, delayMs?: number): Promise<void> {
    await this.#deps.queue.wake([{ key, attempt, delayMs }]).catch((error: unknown) => this.#reportWakeFailure(error));
  }

  #reportWakeFailure(error: unknown): void {
    this.#deps.events.emit({ name: 'wake-failed', reason: (error as Error).name });
  }

  async #sweep(graceSeconds: number): Promise<void> {
    const waiting = await this.#rows.listWaiting(graceSeconds, 500);
    if (waiting.length === 0) return;
    await this.#deps.queue.wake(waiting.map(({ key, attempts }) => ({ key, attempt: attempts })));
  }

  async #repeat(ms: number, name: 'heartbeat-failed' | 'sweep-failed', work: () => Promise<unknown>): Promise<void> {
    const { clock, events } = this.#deps;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await clock.sleep(ms, signal);
      if (signal.aborted) return;
      await work().catch((error: unknown) => events.emit({ name, reason: (error as Error).message }));
    }
  }

  /** Takes the next row and works on it, if there is one. */
  async #workOnNext(): Promise<void> {
    if (this.#isClosing || !this.#handler) return;
    const lease = randomUUID();
    const row = await this.#rows.take(lease);
    if (!row) return;
    this.#leases.add(lease);
    try {
      await this.#workOnRow({ row, lease }, this.#handler);
    } finally {
      this.#leases.delete(lease);
    }
  }

  async #workOnRow(owned: OwnedRow, handle: MessageHandler): Promise<void> {
    const { row, lease } = owned;
    if (row.posted) return this.#finish(owned, { state: 'answered', posted: row.posted });
    if (!row.message) return this.#finish(owned, { state: 'failed', code: 'internal' });
    const outcome = await handle(row.message, this.#attemptAt(owned)).catch(
      // The handler handles its own errors; the row needs an outcome even when one escapes.
      (): WorkOutcome => ({ state: 'failed', code: 'internal' }),
    );
    if (outcome.state !== 'again') return this.#finish(owned, outcome);
    const pause = this.#pace.pauses[row.ended];
    if (pause === undefined) return this.#finish(owned, { state: 'failed', code: outcome.code });
    const wait = Math.max(pause, Math.min(outcome.pauseMs ?? 0, longestPauseMs));
    const attempts = await this.#retryUntilWritten(() => this.#rows.putOff(row.key, lease, wait));
    if (attempts !== undefined) await this.#wake(row.key, attempts, wait);
  }

  #attemptAt({ row, lease }: OwnedRow): Attempt {
    const { key, attempts, ended, interrupted, openFiles } = row;
    const rows = this.#rows;
    const number = ended + 1;
    return {
      number,
      isRetry: attempts > 1,
      isLast: number > this.#pace.pauses.length,
      isAfterCrash: attempts > number,
      isCrashLoop: attempts - number >= mostDeaths,
      isPostInterrupted: interrupted,
      openFiles,
      markFiles: (marks) => rows.markFiles(key, lease, marks).catch(() => undefined),
      beginPost: async () => {
        const permission = await rows.beginPost(key, lease);
        // Durable before the post, because a power cut would otherwise leave a posted answer without a record.
        if (permission === 'go') await this.#deps.durable();
        return permission;
      },
      withdrawPost: () => rows.withdrawPost(key, lease).catch(() => undefined),
      recordPost: (posted) => rows.recordPost(key, lease, posted).catch(() => undefined),
    };
  }

  async #finish({ row, lease }: OwnedRow, outcome: WorkOutcome): Promise<void> {
    const { clock, events } = this.#deps;
    const result = await this.#retryUntilWritten(() => this.#rows.finish(row, lease, outcome, clock.now()));
    if (result === 'reopened') return this.#wake(row.key, row.attempts);
    if (result !== 'finished') return;
    events.emit({ name: 'message-done', state: outcome.state });
    if (outcome.state !== 'failed') return;
    const { code = 'internal' } = outcome;
    events.emit({ name: 'message-given-up', code, advice: operatorAdvice(code) });
  }

  /** Retries because the engine may be restarting after the answer was posted. */
  async #retryUntilWritten<T>(write: () => Promise<T>): Promise<T | undefined> {
    const { clock, events } = this.#deps;
    const { signal } = this.#stopped;
    for (let tries = 1; ; tries++) {
      try {
        return await write();
      } catch (error) {
        if (tries === writeTries || signal.aborted) {
          events.emit({ name: 'outcome-unwritten', reason: (error as Error).message });
          return undefined;
        }
        await clock.sleep(1_000, signal);
      }
    }
  }
}
