import type { Check } from '../desk/ports/door.js';
import type { Database } from './database.js';
import { EngineError } from './errors.js';
import type { Seal } from './seal.js';

/** Checks that rows of other replicas can be opened here. The first start stores a mark that only its key opens. */
export async function checkKey(db: Database, seal: Seal, isEmbedded: boolean): Promise<void> {
  const name = 'key-check';
  await db.query('insert into frebot.setting (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    seal.close(name, name),
  ]);
  const { rows } = await db.query<{ value: string }>('select value from frebot.setting where name = $1', [name]);
  if (rows[0] && seal.open(rows[0].value, name) === name) return;
  // A lost key of the embedded engine may be replaced while no row needs the old one.
  const sealed = await db.query(
    'select 1 from frebot.inbox where sealed is not null union all select 1 from frebot.vault limit 1',
  );
  if (isEmbedded && sealed.rows.length === 0) {
    await db.query('update frebot.setting set value = $2 where name = $1', [name, seal.close(name, name)]);
    return;
  }
  throw new EngineError(
    'FREBOT_KEY is not the key this database was created with; for example: set the same FREBOT_KEY on every replica, or put the old key file back',
  );
}

/** Checks that the database accepts writes. */
export async function checkDatabase(
  db: Database,
  description: string,
  findObstacle: () => Promise<string | undefined>,
): Promise<Check> {
  const consequence = 'claimed messages are kept, new ones are refused until then';
  const obstacle = await findObstacle();
  if (obstacle) {
    const detail = `${description} cannot be written to: ${obstacle}; ${consequence}`;
    return { name: 'database', state: 'missing', detail, next: 'make room on the disk of FREBOT_DATA' };
  }
  try {
    // A write, because a full disk or a read-only server still answers queries.
    await db.query(
      `insert into frebot.setting (name, value) values ('last-check', now()::text)
       on conflict (name) do update set value = excluded.value`,
    );
    const { rows } = await db.query<{ open: number }>(
      'select count(*)::int as open from frebot.inbox where done_at is null',
    );
    return {
      name: 'database',
      state: 'ok',
      detail: `${description}; ${rows[0]?.open ?? 0} messages without an outcome`,
    };
  } catch (error) {
    const detail = `${description} accepts no writes (${(error as Error).message}); ${consequence}`;
    return { name: 'database', state: 'missing', detail, next: 'look at the log of the database, and at its disk' };
  }
}

/** Counts the messages without an outcome. */
export async function readQueue(db: Database): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await db.query<{ waiting: number; oldest: number | null }>(
    `select count(*)::int as waiting, extract(epoch from now() - min(claimed_at))::float8 as oldest
     from frebot.inbox where done_at is null`,
  );
  return { waiting: rows[0]?.waiting ?? 0, oldestSeconds: Math.max(0, rows[0]?.oldest ?? 0) };
}
