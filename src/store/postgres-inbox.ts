import { randomUUID } from 'node:crypto';
import type { Clock, Events } from '../desk/ports/environment.js';
import { operatorAdvice } from '../desk/ports/errors.js';
import type { Attempt, Handler, Inbox, WorkOutcome } from '../desk/ports/inbox.js';
import type { Database } from './database.js';
import { InboxRows, type LeasedRow } from './inbox-rows.js';
import type { WakeQueue } from './queue.js';
import type { Seal } from './seal.js';

/** Messages worked on at a time in one process. */
const atOnce = 4;

/** How fast things go; a test is in a hurry. */
export interface Pace {
  /** How long a row belongs to its worker without a sign of life. */
  leaseSeconds: number;
  heartbeatMs: number;
  /** Pause between two searches for rows that have no outcome and no worker. */
  sweepMs: number;
  /** How long such a row is left to its wake-up first. */
  graceSeconds: number;
  /** Pauses after an attempt that ended with "again", milliseconds; after the last of them it ends for good. */
  pauses: readonly number[];
}

const usual: Pace = {
  leaseSeconds: 15,
  heartbeatMs: 5_000,
  sweepMs: 5_000,
  graceSeconds: 3,
  pauses: [2_000, 8_000, 30_000, 120_000, 600_000],
};

/** After this many attempts that ended with their process, the next one only reports that Frebot gave up. */
const deaths = 8;
/** How long an outcome is tried to be written while the engine is away. */
const writeTries = 60;

export interface PostgresInbox extends Inbox {
  /** Resolves when nothing is under way any more. Nothing else may be called afterwards. */
  close(): Promise<void>;
}

/**
 * Claimed messages as rows. The row is the truth: claim is one insert, a worker owns it by a lease, the queue only wakes
 * workers, and the rows decide whose turn it is. A row whose worker died is found by the sweep and taken by the next free worker.
 * @param alone true when no other process can share the database: then leases of an earlier process are void at once
 * @param durable resolves when what was written before survives a power cut
 */
export function postgresInbox(
  db: Database,
  deps: {
    queue: WakeQueue;
    seal: Seal;
    events: Events;
    clock: Clock;
    alone: boolean;
    durable(): Promise<void>;
    pace?: Partial<Pace>;
  },
): PostgresInbox {
  const { queue, events, clock } = deps;
  const { leaseSeconds, heartbeatMs, sweepMs, graceSeconds, pauses } = { ...usual, ...deps.pace };
  const rows = new InboxRows(db, deps.seal, leaseSeconds);
  const leases = new Set<string>();
  const stopped = new AbortController();
  const background: Promise<void>[] = [];
  let handler: Handler | undefined;
  let closing = false;

  /** A wake-up that fails is no loss: the sweep makes up for it. */
  async function wake(key: string, attempt: number, delayMs?: number): Promise<void> {
    await queue.wake([{ key, attempt, delayMs }]).catch((error: unknown) => {
      events.emit({ name: 'wake-failed', reason: (error as Error).name });
    });
  }

  async function work(): Promise<void> {
    if (closing || !handler) return;
    const lease = randomUUID();
    const taken = await rows.take(lease);
    if (!taken) return;
    leases.add(lease);
    try {
      await workOn(taken, lease, handler);
    } finally {
      leases.delete(lease);
    }
  }

  async function workOn(taken: LeasedRow, lease: string, handle: Handler): Promise<void> {
    if (taken.posted) return end(taken, lease, { state: 'answered', posted: taken.posted });
    if (!taken.message) return end(taken, lease, { state: 'failed', code: 'internal' });
    const number = taken.ended + 1;
    const attempt: Attempt = {
      number,
      again: taken.attempts > 1,
      last: number > pauses.length,
      hopeless: taken.attempts - number >= deaths,
      interrupted: taken.interrupted,
      left: taken.left,
      reading: (marks) => rows.reading(taken.key, lease, marks).catch(() => undefined),
      async posting() {
        const may = await rows.posting(taken.key, lease);
        // Written first, because a power cut would otherwise leave a posted answer without a record.
        if (may === 'go') await deps.durable();
        return may;
      },
      refused: () => rows.notPosted(taken.key, lease).catch(() => undefined),
      posted: (posted) => rows.posted(taken.key, lease, posted).catch(() => undefined),
    };
    let outcome: WorkOutcome;
    try {
      outcome = await handle(taken.message, attempt);
    } catch {
      // The handler answers for its own errors; one that escapes must still leave a row with an end.
      outcome = { state: 'failed', code: 'internal' };
    }
    const pause = pauses[taken.ended];
    if (outcome.state !== 'again') return end(taken, lease, outcome);
    if (pause === undefined) return end(taken, lease, { state: 'failed', code: outcome.code });
    const attempts = await written(() => rows.putOff(taken.key, lease, pause));
    if (attempts !== undefined) await wake(taken.key, attempts, pause);
  }

  async function end(taken: LeasedRow, lease: string, outcome: WorkOutcome): Promise<void> {
    const result = await written(() => rows.finish(taken, lease, outcome, clock.now()));
    if (result === 'reopened') return wake(taken.key, taken.attempts);
    if (result !== 'finished') return;
    events.emit({ name: 'message-done', state: outcome.state });
    if (outcome.state !== 'failed') return;
    const { code = 'internal' } = outcome;
    events.emit({ name: 'message-given-up', code, advice: operatorAdvice(code) });
  }

  /** The engine may be restarting while an answer is already out: its outcome is worth waiting for. */
  async function written<T>(write: () => Promise<T>): Promise<T | undefined> {
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

  async function every(
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
    const waiting = await rows.waiting(graceSeconds, 500);
    if (waiting.length > 0) await queue.wake(waiting.map(({ key, attempts }) => ({ key, attempt: attempts })));
  }

  return {
    async claim(message) {
      const { fresh, open, attempts } = await rows.claim(message);
      await deps.durable();
      // Not awaited: the platform hears yes as soon as the row is there.
      if (open) void wake(message.key, attempts);
      return fresh;
    },
    withdraw: (key) => rows.withdraw(key, clock.now()),
    start(handle) {
      handler = handle;
      const begin = async () => {
        if (deps.alone) {
          await written(() => rows.voidLeases());
          await queue
            .clear()
            .catch((error: unknown) => events.emit({ name: 'wake-failed', reason: (error as Error).name }));
        }
        queue.start(work, atOnce);
        await written(() => sweep(0));
      };
      background.push(
        begin(),
        every(heartbeatMs, 'heartbeat-failed', () => rows.renew([...leases])),
        every(sweepMs, 'sweep-failed', () => sweep(graceSeconds)),
      );
    },
    async drain(limitMs) {
      const limit = new AbortController();
      const paused = queue.pause().catch(() => undefined);
      await Promise.race([paused, clock.sleep(limitMs, limit.signal)]);
      limit.abort();
      closing = true;
      // What did not end in time is free for the next process at once.
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
