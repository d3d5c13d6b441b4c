import type { QuotaStore } from '../desk/ports/store.js';
import type { Database } from './database.js';

/** Stores the quotas spent within the hour in Postgres, so that all replicas count together. */
export function postgresSpent(db: Database): QuotaStore {
  return {
    async spent(accounts, fromSlice) {
      const { rows } = await db.query<{ account: string; slice: number; questions: number; bytes: string | number }>(
        'select account, slice, questions, bytes from frebot.spent where account = any($1) and slice >= $2',
        [accounts, fromSlice],
      );
      // A server returns a bigint as text.
      return rows.map(({ bytes, ...rest }) => ({ ...rest, bytes: Number(bytes) }));
    },
    async spend(more) {
      // Sorted, so that two replicas never deadlock.
      const rows = [...more].sort((a, b) => (a.account < b.account ? -1 : 1));
      await db.query(
        `insert into frebot.spent (account, slice, questions, bytes)
         select * from unnest($1::text[], $2::int[], $3::int[], $4::bigint[])
         on conflict (account, slice) do update
         set questions = frebot.spent.questions + excluded.questions, bytes = frebot.spent.bytes + excluded.bytes`,
        [
          rows.map(({ account }) => account),
          rows.map(({ slice }) => slice),
          rows.map(({ questions }) => questions),
          rows.map(({ bytes }) => bytes),
        ],
      );
    },
  };
}
