// Opens the database that a power cut has left and prints what is in it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** The keys, each with whether its row knows that a post was begun. */
export type PostStates = [key: string, begun: boolean][];

const dir = process.argv[2] as string;
// As the engine does.
rmSync(join(dir, 'postmaster.pid'), { force: true });
const db = await PGlite.create(dir);
const { rows: tables } = await db.query<{ there: boolean }>("select to_regclass('frebot.inbox') is not null as there");
// Without tables nothing was acknowledged before the cut.
const { rows } = tables[0]?.there
  ? await db.query<{ key: string; begun: boolean }>(
      'select key, posting_at is not null or done_at is not null as begun from frebot.inbox',
    )
  : { rows: [] };
await db.close();
process.send?.(rows.map(({ key, begun }) => [key, begun]) satisfies PostStates);
