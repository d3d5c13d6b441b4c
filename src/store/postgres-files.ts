import type { Clock } from '../desk/ports/environment.js';
import type { FileStore, ThreadFiles } from '../desk/ports/store.js';
import type { Database } from './database.js';
import type { Seal } from './seal.js';

/** Stores where the evidence of threads can be fetched again. Sealed, because an address may name a person. */
export function postgresFiles(db: Database, clock: Clock, seal: Seal): FileStore {
  const row = (thread: string, message: string) => `file:${thread} ${message}`;
  return {
    async filesOf(thread) {
      const { rows } = await db.query<{ message: string; sealed: string }>(
        'select message, sealed from frebot.thread_file where thread = $1 order by at',
        [thread],
      );
      return rows.flatMap(({ message, sealed }) => {
        const text = seal.open(sealed, row(thread, message));
        return text === undefined ? [] : [{ thread, message, files: JSON.parse(text) as ThreadFiles['files'] }];
      });
    },
    async keepFiles({ thread, message, files }) {
      if (files.length === 0) {
        await db.query('delete from frebot.thread_file where thread = $1 and message = $2', [thread, message]);
        return;
      }
      await db.query(
        `insert into frebot.thread_file (thread, message, at, sealed) values ($1, $2, $3, $4)
         on conflict (thread, message) do update set sealed = excluded.sealed`,
        [thread, message, clock.now().toISOString(), seal.close(JSON.stringify(files), row(thread, message))],
      );
    },
  };
}
