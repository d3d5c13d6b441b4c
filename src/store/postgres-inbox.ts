import { randomUUID } from 'node:crypto';
import type { Clock, Events } from '../desk/ports/environment.js';
import { operatorAdvice } from '../desk/ports/errors.js';
import type { Attempt, Inbox, MessageHandler, WorkOutcome } from '../desk/ports/inbox.js';
import type { Database } from './database.js';
import { InboxRows, type LeasedRow } from './inbox-rows.js';
import type { WakeQueue } from './queue.js';
import type { Seal } from './seal.js';

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

export interface PostgresInbox extends Inbox {
  /** Resolves when all work has ended. No other method may be called afterwards. */
  close(): Promise<void>;
}

/**
 * Claimed messages as rows. A claim is one insert; a worker owns a row by a lease; the queue only wakes workers, and the rows
 * decide which is next. The sweep finds a row whose worker died, and the next free worker takes it.
 * @param isEmbedded true when no other process can share the database, so that leases of an earlier process are void at once
 * @param durable resolves when earlier writes survive a power cut
 */
export function postgresInbox(
  db: Database,
  deps: {
    queue: WakeQueue;
    seal: Seal;
    events: Events;
    clock: Clock;
    isEmbedded: boolean;
    durable(): Promise<void>;
    pace?: Partial<Pace>;
  },
): PostgresInbox {
  const { queue, events, clock } = deps;
  const { leaseSeconds, heartbeatMs, sweepMs, graceSeconds, pauses } = { ...defaultPace, ...deps.pace };
  const rows = new InboxRows(db, deps.seal, leaseSeconds);
  const leases = new Set<string>();
  const stopped = new AbortController();
  const background: Promise<void>[] = [];
  let handler: MessageHandler | undefined;
  let closing = false;

  /** Wakes a worker. A failure costs only time, because the sweep finds the row. */
  async function wake(key: string, attempt: number, delayMs?: number): Promise<void> {
    await queue.wake([{ key, attempt, delayMs }]).catch((error: unknown) => {
      events.emit({ name: 'wake-failed', reason: (error as Error).name });
    });
  }

  async function work(): Promise<void> {
    if (closing || !handler) return;
    const lease = randomUUID();
    const row = await rows.take(lease);
    if (!row) return;
    leases.add(lease);
    try {
      await workOnRow(row, lease, handler);
    } finally {
      leases.delete(lease);
    }
  }

  async function workOnRow(row: LeasedRow, lease: string, handle: MessageHandler): Promise<void> {
    if (row.posted) return end(row, lease, { state: 'answered', posted: row.posted });
    if (!row.message) return end(row, lease, { state: 'failed', code: 'internal' });
    const number = row.ended + 1;
    const attempt: Attempt = {
      number,
      isRetry: row.attempts > 1,
      isLast: number > pauses.length,
      isAfterCrash: row.attempts > number,
      isCrashLoop: row.attempts - number >= mostDeaths,
      isPostInterrupted: row.interrupted,
      openFiles: row.openFiles,
      markFiles: (marks) => rows.markFiles(row.key, lease, marks).catch(() => undefined),
      async beginPost() {
        const permission = await rows.beginPost(row.key, lease);
        // Durable before the post, because a power cut would otherwise leave a posted answer without a record.
        if (permission === 'go') await deps.durable();
        return permission;
      },
      withdrawPost: () => rows.withdrawPost(row.key, lease).catch(() => undefined),
      recordPost: (posted) => rows.recordPost(row.key, lease, posted).catch(() => undefined),
    };
    let outcome: WorkOutcome;
    try {
      outcome = await handle(row.message, attempt);
    } catch {
      // The handler handles its own errors; the row needs an outcome even when one escapes.
      outcome = { state: 'failed', code: 'internal' };
    }
    const pause = pauses[row.ended];
    if (outcome.state !== 'again') return end(row, lease, outcome);
    if (pause === undefined) return end(row, lease, { state: 'failed', code: outcome.code });
    const wait = Math.max(pause, Math.min(outcome.pauseMs ?? 0, longestPauseMs));
    const attempts = await retryUntilWritten(() => rows.putOff(row.key, lease, wait));
    if (attempts !== undefined) await wake(row.key, attempts, wait);
  }

  async function end(row: LeasedRow, lease: string, outcome: WorkOutcome): Promise<void> {
    const result = await retryUntilWritten(() => rows.finish(row, lease, outcome, clock.now()));
    if (result === 'reopened') return wake(row.key, row.attempts);
    if (result !== 'finished') return;
    events.emit({ name: 'message-done', state: outcome.state });
    if (outcome.state !== 'failed') return;
    const { code = 'internal' } = outcome;
    events.emit({ name: 'message-given-up', code, advice: operatorAdvice(code) });
  }

  /** Retries because the engine may be restarting after the answer was posted. */
  async function retryUntilWritten<T>(write: () => Promise<T>): Promise<T | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await write();
      } catch (error) {
        if (tries === writeTries || stopped.signal.aborted) {
          events.emit({ name: 'outcome-unwritten', reason: (error as Error).message });
          return undefined;
        }
        await clock.sleep(1_000, stopped.signal);
      }
    }
  }

  async function repeat(
    ms: number,
    name: 'heartbeat-failed' | 'sweep-failed',
    work: () => Promise<unknown>,
  ): Promise<void> {
    while (!stopped.signal.aborted) {
      await clock.sleep(ms, stopped.signal);
      if (stopped.signal.aborted) return;
      await work().catch((error: unknown) => events.emit({ name, reason: (error as Error).message }));
    }
  }

  async function sweep(graceSeconds: number): Promise<void> {
    const waiting = await rows.listWaiting(graceSeconds, 500);
    if (waiting.length > 0) await queue.wake(waiting.map(({ key, attempts }) => ({ key, attempt: attempts })));
  }

  return {
    async claim(message) {
      const { fresh, open, attempts } = await rows.claim(message);
      await deps.durable();
      // Not awaited, because the platform is acknowledged as soon as the row is stored.
      if (open) void wake(message.key, attempts);
      return fresh;
    },
    withdraw: (key) => rows.withdraw(key, clock.now()),
    start(handle) {
      handler = handle;
      const begin = async () => {
        if (deps.isEmbedded) {
          await retryUntilWritten(() => rows.voidLeases());
          await queue
            .clear()
            .catch((error: unknown) => events.emit({ name: 'wake-failed', reason: (error as Error).name }));
        }
        queue.start(work, atOnce);
        await retryUntilWritten(() => sweep(0));
      };
      background.push(
        begin(),
        repeat(heartbeatMs, 'heartbeat-failed', () => rows.renew([...leases])),
        repeat(sweepMs, 'sweep-failed', () => sweep(graceSeconds)),
      );
    },
    async drain(limitMs) {
      const limit = new AbortController();
      const paused = queue.pause().catch(() => undefined);
      await Promise.race([paused, clock.sleep(limitMs, limit.signal)]);
      limit.abort();
      closing = true;
      // Unfinished rows are free for the next process at once.
      await rows.free([...leases]).catch(() => undefined);
    },
    async close() {
      closing = true;
      stopped.abort();
      await Promise.all(background);
      await queue.close();
    },
  };
}
