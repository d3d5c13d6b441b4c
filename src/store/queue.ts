import { createHash } from 'node:crypto';
import type { PoolLike } from './pglite-pool.js';

/** A wake-up: which row of the inbox to look at, and from which of its attempts it comes. */
interface Wake {
  key: string;
  attempt: number;
  delayMs?: number;
}

/** Wakes a worker, in this process or another. Losing or doubling a wake-up is harmless: the rows decide. */
export interface WakeQueue {
  wake(wakes: Wake[]): Promise<void>;
  start(handler: () => Promise<void>, atOnce: number): void;
  /** Forgets all wake-ups: those of a process that died would be taken for work in hand. */
  clear(): Promise<void>;
  /** Takes nothing new; resolves when what is in hand has ended. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

const name = 'inbox';

/** BullMQ's tables stand in a schema of their own: its SQL names them without one. */
export const queueSchema = 'bullmq';

/** A wake-up leaves nothing behind. */
const leaveNothing = { removeOnComplete: true, removeOnFail: true };

/**
 * BullMQ on its Postgres backend. Its tables must exist (`migrateQueue`), and `queueSchema` must be on the search path.
 * @param failed called with each error of the queue, which keeps running
 */
export async function bullQueue(pool: PoolLike, failed: (error: Error) => void): Promise<WakeQueue> {
  const { Queue, Worker, createPostgresBackend } = await import('bullmq');
  // BullMQ's types know Redis connections only; a pool is what its Postgres backend takes.
  const options = { connection: pool as never };
  const queue = new Queue(name, options, createPostgresBackend as never);
  queue.on('error', failed);
  await queue.waitUntilReady();
  let worker: InstanceType<typeof Worker> | undefined;

  return {
    async wake(wakes) {
      await queue.addBulk(
        wakes.map(({ key, attempt, delayMs }) => ({
          name,
          data: { key },
          // One wake-up a row and attempt; a colon is not allowed in an id.
          opts: { ...leaveNothing, jobId: `${digest(key)}-${attempt}`, ...(delayMs && { delay: delayMs }) },
        })),
      );
    },
    clear: () => queue.obliterate({ force: true }),
    start(handler, atOnce) {
      worker = new Worker(
        name,
        (): Promise<unknown> => handler(),
        {
          ...options,
          concurrency: atOnce,
          // A wake-up whose process died is delivered again; it is never "given up" here, the row counts attempts.
          maxStalledCount: 1_000_000,
          // While a dead worker's wake-up counts as work in hand, the sweep cannot add another: that must not last.
          lockDuration: 10_000,
          stalledInterval: 5_000,
          // After the engine was away: back in two seconds instead of fifteen.
          runRetryDelay: 2_000,
        },
        createPostgresBackend as never,
      );
      worker.on('error', failed);
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
    await runMigrations(client as never, queueSchema);
  } finally {
    client.release();
  }
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}
