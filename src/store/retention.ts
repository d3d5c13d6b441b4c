import type { Clock, Events } from '../desk/ports/environment.js';
import { sliceMs } from '../desk/ports/store.js';
import type { Database } from './database.js';

const dayMs = 24 * 60 * 60 * 1000;
const everyMs = 60 * 60 * 1000;
/** Days that the key of a finished message is kept: longer than the last retry of any platform. */
const keyDays = 1;

/** Deletes data past its retention. @returns the number of removed answers, threads and cases */
export async function enforceRetention(db: Database, now: Date, days: number): Promise<number> {
  const before = new Date(now.getTime() - days * dayMs).toISOString();
  const keysBefore = new Date(now.getTime() - Math.min(days, keyDays) * dayMs).toISOString();
  const answers = await db.query('delete from frebot.answer where at < $1 returning 1', [before]);
  const threads = await db.query('delete from frebot.thread where at < $1 returning 1', [before]);
  const cases = await db.query('delete from frebot.case_file where at < $1 returning 1', [before]);
  await db.query('delete from frebot.thread_file where at < $1', [before]);
  await db.query('delete from frebot.inbox where done_at < $1', [keysBefore]);
  await db.query('delete from frebot.spent where slice < $1', [Math.floor((now.getTime() - everyMs) / sliceMs) - 1]);
  return answers.rows.length + threads.rows.length + cases.rows.length;
}

/**
 * Vacuums changed and deleted rows, and counts rows for the planner. A server does this by autovacuum; the files of the embedded
 * engine would grow with every message. Takes a tenth of a second for thousands of rows.
 */
async function vacuumTables(db: Database): Promise<void> {
  // Without truncation: a file shortened before its log record is on the disk would not survive a power cut.
  await db.query('vacuum (analyze, truncate off)');
}

/**
 * Enforces retention now and every hour until the signal. Resolves when it has ended; retries a failing engine.
 * @param isEmbedded true for the embedded engine, which is vacuumed too
 */
export async function scheduleRetention(
  db: Database,
  days: number,
  { clock, events, signal, isEmbedded }: { clock: Clock; events: Events; signal: AbortSignal; isEmbedded?: boolean },
): Promise<void> {
  for (let hour = 0; !signal.aborted; hour++) {
    try {
      const removed = await enforceRetention(db, clock.now(), days);
      if (removed > 0) events.emit({ name: 'retention', removed });
      // Not in the first hour, while doors open.
      if (isEmbedded && hour > 0) await vacuumTables(db);
    } catch (error) {
      events.emit({ name: 'retention-failed', reason: (error as Error).message });
    }
    await clock.sleep(everyMs, signal);
  }
}
