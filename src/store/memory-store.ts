import type { CaseRecord } from '../desk/ports/case-record.js';
import type { AnswerRecord, SpentQuota, Store, ThreadFiles, ThreadState } from '../desk/ports/store.js';
import { JsonTable } from './json-table.js';
import { caseKey, memoryCases } from './memory-cases.js';
import { fileKey, memoryFiles } from './memory-files.js';
import { memorySpent } from './memory-spent.js';

/** A store whose content can be saved and read again, like a database across a crash. */
export interface MemoryStore extends Store {
  snapshot(): string;
}

type SavedContent = Partial<Record<'answers' | 'threads' | 'cases' | 'files' | 'spent', [string, string][]>>;

/**
 * Stores answers and threads in memory.
 * @param saved the snapshot of an earlier store
 */
export function memoryStore(saved?: string): MemoryStore {
  const content: SavedContent = saved ? JSON.parse(saved) : {};
  const answers = new JsonTable<AnswerRecord>(content.answers);
  const threads = new JsonTable<ThreadState>(content.threads);
  const cases = new JsonTable<CaseRecord>(content.cases);
  const files = new JsonTable<ThreadFiles>(content.files);
  const spent = new JsonTable<SpentQuota>(content.spent);

  /** Removes all that is stored about some threads; returns how many answers that were. */
  const forgetThreads = (isForgotten: (thread: string) => boolean): number => {
    const own = answers.list().filter(({ thread }) => isForgotten(thread));
    for (const { id } of own) answers.delete(id);
    for (const key of threads.keys()) if (isForgotten(key)) threads.delete(key);
    for (const one of cases.list()) if (isForgotten(one.thread)) cases.delete(caseKey(one));
    for (const one of files.list()) if (isForgotten(one.thread)) files.delete(fileKey(one));
    return own.length;
  };

  return {
    saveAnswer: async (record) => answers.set(record.id, record),
    answer: async (id) => answers.get(id),
    answerTo: async (message) => answers.list().findLast((one) => one.message === message),
    thread: async (key) => threads.get(key),
    saveThread: async (key, state) => threads.set(key, state),
    forget: async (thread) => forgetThreads((key) => key === thread),
    async recent(begin, limit) {
      const own = answers.list().filter(({ thread }) => thread.startsWith(begin));
      return own.reverse().slice(0, limit);
    },
    async forgetAll(begin) {
      forgetThreads((key) => key.startsWith(begin));
    },
    async forgetMessage(key) {
      const own = answers.list().filter(({ message }) => message === key);
      for (const { id } of own) answers.delete(id);
      for (const one of files.list()) if (one.message === key) files.delete(fileKey(one));
      return [...new Set(own.map(({ thread }) => thread))];
    },
    ...memoryCases(cases),
    ...memoryFiles(files),
    ...memorySpent(spent),
    snapshot: () =>
      JSON.stringify({
        answers: answers.save(),
        threads: threads.save(),
        cases: cases.save(),
        files: files.save(),
        spent: spent.save(),
      } satisfies SavedContent),
  };
}
