import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockDirectory } from '../store/directory-lock.js';
import { Journal } from '../watch/journal.js';

/** A journal that only this process uses. */
export interface OpenState {
  journal: Journal;
  close(): Promise<void>;
}

/**
 * Opens the journal in a folder of the data directory, or begins one.
 * @throws OperatorError when another process uses it
 */
export async function openState(dataDir: string, name: string): Promise<OpenState> {
  const folder = join(resolve(dataDir), name);
  mkdirSync(folder, { recursive: true });
  const lock = await lockDirectory(folder);
  const journal = new Journal(join(folder, 'state.jsonl'));
  return {
    journal,
    async close() {
      journal.close();
      await lock.release();
    },
  };
}
