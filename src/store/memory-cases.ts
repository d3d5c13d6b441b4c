import { type CaseRecord, mostCasesCounted, newestCasesRead } from '../desk/ports/case-record.js';
import type { CaseStore } from '../desk/ports/store.js';
import type { JsonTable } from './json-table.js';
import { findSimilarCases } from './similar-cases.js';

/** Returns the key of a case in its table. */
export function caseKey({ tenant, number }: Pick<CaseRecord, 'tenant' | 'number'>): string {
  return `${tenant} ${number}`;
}

/** Stores cases in memory. */
export function memoryCases(cases: JsonTable<CaseRecord>): CaseStore {
  const counts = new Map<string, number>();
  for (const { tenant, number } of cases.list()) counts.set(tenant, Math.max(number, counts.get(tenant) ?? 0));
  const newestOfThread = (thread: string) =>
    cases
      .list()
      .filter((one) => one.thread === thread)
      .sort((a, b) => b.number - a.number)[0];
  return {
    caseOf: async (thread) => newestOfThread(thread),
    caseNumbered: async (tenant, number) => cases.get(caseKey({ tenant, number })),
    async openCase(opened, after) {
      if ((newestOfThread(opened.thread)?.number ?? 0) > after) return undefined;
      const number = (counts.get(opened.tenant) ?? 0) + 1;
      counts.set(opened.tenant, number);
      const record: CaseRecord = { ...opened, number, version: 0 };
      cases.set(caseKey(record), record);
      return cases.get(caseKey(record));
    },
    async saveCase(record) {
      if (cases.get(caseKey(record))?.version !== record.version) return false;
      cases.replace(caseKey(record), { ...record, version: record.version + 1 });
      return true;
    },
    removeCase: async (tenant, number) => cases.delete(caseKey({ tenant, number })),
    async casesLike(tenant, failure, but) {
      const isLike = (one: CaseRecord) => one.tenant === tenant && one.failure === failure && one.thread !== but.thread;
      const like = cases
        .list()
        .filter(isLike)
        .sort((a, b) => b.number - a.number);
      const closed = like.slice(0, newestCasesRead).filter(({ outcome }) => outcome !== 'open');
      const [last] = closed.sort((a, b) => b.seenAt.localeCompare(a.seenAt));
      return findSimilarCases(Math.min(like.length, mostCasesCounted), like.at(-1), last);
    },
    async casesNotIt(limit) {
      const found = cases.list().filter(({ outcome, notes }) => outcome === 'not-it' || notes.length > 0);
      return found.sort((a, b) => b.seenAt.localeCompare(a.seenAt)).slice(0, limit);
    },
  };
}
