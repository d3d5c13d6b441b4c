import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from './knowledge.js';

/** The files of compiled knowledge: its tables, and what was learned from its examples. They stand in one folder. */
export const compiledFiles = { tables: 'knowledge.json', learned: 'questions.model' } as const;

/** The folder below a folder of knowledge of the operator's own that `frebot train` writes to. */
export const compiledFolder = 'compiled';

type Tables = Record<Exclude<keyof Knowledge, 'learned'>, [string, unknown][]>;

/** Returns the checked knowledge as one JSON text: each table is a list of its entries in order. */
export function serializeKnowledge({ learned: _, ...knowledge }: Knowledge): string {
  const tables = Object.entries(knowledge).map(([name, table]: [string, ReadonlyMap<string, unknown>]) => [
    name,
    [...table],
  ]);
  return JSON.stringify(Object.fromEntries(tables));
}

/**
 * Reads what the build or `frebot train` compiled, without checking it again. That takes milliseconds; reading the YAML takes a
 * second.
 * @param folder the folder that holds the compiled files
 * @throws when one of them is not there
 */
export function readKnowledge(folder: string): Knowledge {
  const tables = JSON.parse(readCompiled(folder, compiledFiles.tables).toString('utf8')) as Tables;
  const maps = Object.entries(tables).map(([name, entries]) => [name, new Map(entries)] as const);
  return { ...Object.fromEntries(maps), learned: readCompiled(folder, compiledFiles.learned) } as unknown as Knowledge;
}

function readCompiled(folder: string, file: string): Buffer {
  try {
    return readFileSync(join(folder, file));
  } catch (error) {
    throw new Error(
      `${join(folder, file)} is missing. Run "npm run build", or "frebot train" for a folder of your own.`,
      {
        cause: error,
      },
    );
  }
}
