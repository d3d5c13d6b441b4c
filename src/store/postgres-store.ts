import type { Clock } from '../desk/ports/environment.js';
import type { AnswerRecord, Store, ThreadState } from '../desk/ports/store.js';
import type { Database } from './database.js';
import { postgresCases } from './postgres-cases.js';
import { postgresFiles } from './postgres-files.js';
import { postgresSpent } from './postgres-spent.js';
import type { Seal } from './seal.js';

/** Stores answers and threads in Postgres, as the JSON that crosses the port. */
export function postgresStore(db: Database, clock: Clock, seal: Seal): Store {
  const listAnswers = async (where: string, params: unknown[]) => {
    const { rows } = await db.query<{ record: string }>(`select record from frebot.answer where ${where}`, params);
    return rows.map(({ record }) => JSON.parse(record) as AnswerRecord);
  };
  return {
    async saveAnswer(record) {
      await db.query(
        `insert into frebot.answer (id, thread, at, record, message) values ($1, $2, $3, $4, $5)
         on conflict (id) do update
         set thread = excluded.thread, at = excluded.at, record = excluded.record, message = excluded.message`,
        [record.id, record.thread, record.at, JSON.stringify(record), record.message ?? null],
      );
    },
    answer: async (id) => (await listAnswers('id = $1', [id]))[0],
    answerTo: async (message) => (await listAnswers('message = $1 order by at desc limit 1', [message]))[0],
    async thread(key) {
      const { rows } = await db.query<{ state: string }>('select state from frebot.thread where key = $1', [key]);
      return rows[0] && (JSON.parse(rows[0].state) as ThreadState);
    },
    async saveThread(key, state) {
      await db.query(
        `insert into frebot.thread (key, at, state) values ($1, $2, $3)
         on conflict (key) do update set at = excluded.at, state = excluded.state`,
        [key, clock.now().toISOString(), JSON.stringify(state)],
      );
    },
    async forget(thread) {
      await db.query('delete from frebot.thread where key = $1', [thread]);
      await db.query('delete from frebot.case_file where thread = $1', [thread]);
      await db.query('delete from frebot.thread_file where thread = $1', [thread]);
      const { rows } = await db.query('delete from frebot.answer where thread = $1 returning id', [thread]);
      return rows.length;
    },
    recent: (begin, limit) => listAnswers('starts_with(thread, $1) order by at desc limit $2', [begin, limit]),
    async forgetAll(begin) {
      await db.query('delete from frebot.thread where starts_with(key, $1)', [begin]);
      await db.query('delete from frebot.answer where starts_with(thread, $1)', [begin]);
      await db.query('delete from frebot.case_file where starts_with(thread, $1)', [begin]);
      await db.query('delete from frebot.thread_file where starts_with(thread, $1)', [begin]);
    },
    async forgetMessage(key) {
      await db.query('delete from frebot.thread_file where message = $1', [key]);
      const { rows } = await db.query<{ thread: string }>(
        'delete from frebot.answer where message = $1 returning thread',
        [key],
      );
      return [...new Set(rows.map(({ thread }) => thread))];
    },
    ...postgresCases(db),
    ...postgresFiles(db, clock, seal),
    ...postgresSpent(db),
  };
}
