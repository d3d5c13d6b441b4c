import { type CaseRecord, mostCasesCounted, newestCasesRead } from '../desk/ports/case-record.js';
import type { CaseStore } from '../desk/ports/store.js';
import type { Database } from './database.js';
import { findSimilarCases } from './similar-cases.js';

interface Row {
  number: number;
  version: number;
  record: string;
}

const columns = 'number, version, record';

/** Cases in Postgres, as the JSON that crossed the port; number and version are columns of their own. */
export function postgresCases(db: Database): CaseStore {
  const one = async (where: string, params: unknown[]) => {
    const { rows } = await db.query<Row>(`select ${columns} from frebot.case_file where ${where}`, params);
    return rows[0] && read(rows[0]);
  };
  return {
    caseOf: (thread) => one('thread = $1 order by number desc limit 1', [thread]),
    caseNumbered: (tenant, number) => one('tenant = $1 and number = $2', [tenant, number]),
    async openCase(opened, after) {
      // One statement: the counter's row is locked, so two replicas never get the same number.
      const { rows } = await db.query<Row>(
        `with counted as (
           insert into frebot.case_count (tenant, last) values ($1, 1)
           on conflict (tenant) do update set last = frebot.case_count.last + 1 returning last
         )
         insert into frebot.case_file (tenant, number, thread, failure, at, record, after)
         select $1, last, $2, $3, $4, $5, $6 from counted
         on conflict (thread, after) do nothing returning ${columns}`,
        [opened.tenant, opened.thread, opened.failure, opened.seenAt, JSON.stringify(opened), after],
      );
      return rows[0] && read(rows[0]);
    },
    async saveCase(record) {
      const { rows } = await db.query(
        `update frebot.case_file set failure = $4, at = $5, record = $6, version = version + 1
         where tenant = $1 and number = $2 and version = $3 returning 1`,
        [record.tenant, record.number, record.version, record.failure, record.seenAt, JSON.stringify(record)],
      );
      return rows.length > 0;
    },
    async removeCase(tenant, number) {
      await db.query('delete from frebot.case_file where tenant = $1 and number = $2', [tenant, number]);
    },
    async casesLike(tenant, failure, but) {
      const like = 'frebot.case_file where tenant = $1 and failure = $2 and thread <> $3';
      // JSON escapes quotes in values, so these quoted patterns match keys only.
      const { rows } = await db.query<{ count: number; first: string | null; marked: string | null }>(
        `select (select count(*)::int from (select 1 from ${like} limit $5) counted) as count,
           (select record from ${like} order by number limit 1) as first,
           (select record from (select at, record from ${like} order by number desc limit $4) newest
            where record not like '%"outcome":"open"%' order by at desc limit 1) as marked`,
        [tenant, failure, but.thread, newestCasesRead, mostCasesCounted],
      );
      const record = (text: string | null | undefined) => (text ? (JSON.parse(text) as CaseRecord) : undefined);
      return findSimilarCases(rows[0]?.count ?? 0, record(rows[0]?.first), record(rows[0]?.marked));
    },
    async casesNotIt(limit) {
      // Compared as text, because text from a log may hold \u0000, which jsonb refuses. JSON escapes quotes in values.
      const { rows } = await db.query<Row>(
        `select ${columns} from frebot.case_file
         where record like '%"outcome":"not-it"%' or record like '%"notes":[{%' order by at desc limit $1`,
        [limit],
      );
      return rows.map(read);
    },
  };
}

function read({ number, version, record }: Row): CaseRecord {
  return { ...(JSON.parse(record) as Omit<CaseRecord, 'number' | 'version'>), number, version };
}
