import { expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { pglitePool } from '../../src/store/pglite-pool.js';
import { scheduleRetention } from '../../src/store/retention.js';
import { openEmptyEngine } from './empty-engine.js';

it('the embedded engine uses its room again: old messages go, and the file does not grow with new ones', async () => {
  const engine = await openEmptyEngine();
  const db = new Database(pglitePool(engine));
  await db.migrate();
  const stopped = new AbortController();
  const sizes: number[] = [];
  const start = Date.parse('2026-06-01T00:00:00Z');
  /** A few days, each with new messages, an hour of sleep between them. */
  const clock = {
    now: () => new Date(start + sizes.length * 48 * 3600_000),
    async sleep() {
      await db.query(
        `insert into frebot.inbox (key, door, addressed, state, done_at)
         select $1 || n, repeat('x', 500), true, 'answered', $2::timestamptz from generate_series(1, 2000) n`,
        [`day ${sizes.length} `, clock.now().toISOString()],
      );
      const { rows } = await db.query<{ bytes: number }>("select pg_relation_size('frebot.inbox')::int as bytes");
      sizes.push(rows[0]?.bytes ?? 0);
      if (sizes.length === 6) stopped.abort();
    },
  };
  const events = {
    emit: ({ name, ...facts }: { name: string }) => expect(name, JSON.stringify(facts)).toBe('retention'),
  };
  await scheduleRetention(db, 30, { clock, events, signal: stopped.signal, isEmbedded: true });
  expect(sizes).toHaveLength(6);
  expect(sizes.at(-1)).toBeLessThan(2.5 * (sizes[0] as number));
  await engine.close();
});
