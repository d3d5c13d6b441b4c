import { createHash } from 'node:crypto';
import type { PoolLike } from './pglite-pool.js';

/** A wake-up: the row of the inbox, and the attempt that it belongs to. */
interface WakeUp {
  key: string;
  attempt: number;
  delayMs?: number;
}

/** Wakes a worker, in this process or another. A lost or doubled wake-up is harmless, because the rows decide. */
export interface WakeQueue {
  wake(wakes: WakeUp[]): Promise<void>;
  start(handler: () => Promise<void>, atOnce: number): void;
  /** Removes all wake-ups, because those of a dead process would count as running work. */
  clear(): Promise<void>;
  /** Starts no further work; resolves when running work has ended. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** The part of BullMQ's worker that stops it. */
interface RunningWorker {
  pause(): Promise<unknown>;
  close(force: boolean): Promise<unknown>;
}

const name = 'inbox';

/** BullMQ's tables have their own schema, because its SQL names them without one. */
export const queueSchema = 'bullmq';

/** A finished wake-up leaves no row. */
const leaveNothing = { removeOnComplete: true, removeOnFail: true };

/**
 * BullMQ on its Postgres backend. Its tables must exist (`migrateQueue`), and `queueSchema` must be on the search path.
 * @param failed called with each error of the queue, which keeps running
 */
export async function bullQueue(pool: PoolLike, failed: (error: Error) => void): Promise<WakeQueue> {
  const { Queue, Worker, createPostgresBackend } = await import('bullmq');
  const options = { connection: pool };
  const queue = new Queue(name, options, createPostgresBackend);
  queue.on('error', failed);
  await queue.waitUntilReady();
  let worker: RunningWorker | undefined;

  return {
    async wake(wakes) {
      await queue.addBulk(
        wakes.map(({ key, attempt, delayMs }) => ({
          name,
          data: { key },
          // One wake-up for each row and attempt; an id must not hold a colon.
          opts: { ...leaveNothing, jobId: `${digest(key)}-${attempt}`, ...(delayMs && { delay: delayMs }) },
        })),
      );
    },
    clear: () => queue.obliterate({ force: true }),
    start(handler, atOnce) {
      const started = new Worker(
        name,
        (): Promise<unknown> => handler(),
        {
          ...options,
          concurrency: atOnce,
          // A wake-up whose process died is delivered again without limit, because the row counts attempts.
          maxStalledCount: 1_000_000,
          // Short, because the sweep cannot add a wake-up while that of a dead worker counts as running.
          lockDuration: 10_000,
          stalledInterval: 5_000,
          // Two seconds instead of fifteen, for an engine that comes back.
          runRetryDelay: 2_000,
        },
        createPostgresBackend,
      );
      started.on('error', failed);
      worker = started;
    },
    async pause() {
      await worker?.pause();
    },
    async close() {
      await worker?.close(true);
      await queue.close();
    },
  };
}

/** Creates or updates BullMQ's tables; safe with several replicas (it takes a lock). */
export async function migrateQueue(pool: PoolLike): Promise<void> {
  const { runMigrations } = await import('bullmq');
  const client = await pool.connect();
  try {
    await runMigrations(client, queueSchema);
  } finally {
    client.release();
  }
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}
