import type { FileStore, ThreadFiles } from '../desk/ports/store.js';
import type { JsonTable } from './json-table.js';

/** Returns the key of a message's files in their table. */
export function fileKey({ thread, message }: Pick<ThreadFiles, 'thread' | 'message'>): string {
  return JSON.stringify([thread, message]);
}

/** Stores in memory where the evidence of threads can be fetched again. */
export function memoryFiles(files: JsonTable<ThreadFiles>): FileStore {
  return {
    filesOf: async (thread) => files.list().filter((one) => one.thread === thread),
    async keepFiles(record) {
      if (record.files.length === 0) files.delete(fileKey(record));
      else files.replace(fileKey(record), record);
    },
  };
}
