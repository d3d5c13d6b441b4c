import type { QuotaStore, SpentQuota } from '../desk/ports/store.js';
import type { JsonTable } from './json-table.js';

/** Stores the quotas spent within the hour in memory. */
export function memorySpent(spent: JsonTable<SpentQuota>): QuotaStore {
  return {
    async spent(accounts, fromSlice) {
      return spent.list().filter(({ account, slice }) => accounts.includes(account) && slice >= fromSlice);
    },
    async spend(more) {
      for (const { account, slice, questions, bytes } of more) {
        const key = `${account} ${slice}`;
        const before = spent.get(key) ?? { questions: 0, bytes: 0 };
        spent.set(key, {
          account,
          slice,
          questions: before.questions + questions,
          bytes: before.bytes + bytes,
        });
      }
    },
  };
}
