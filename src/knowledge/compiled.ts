import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from './knowledge.js';

/** The file that the build writes the knowledge to, relative to the root of the package. */
export const compiledKnowledge = 'dist/knowledge.json';

/** The file that the build writes what was learned to, relative to the root of the package. */
export const learnedQuestions = 'dist/questions.model';

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
 * Reads what the build compiled, without checking it again. That takes milliseconds; reading the YAML takes a second.
 * @param root the root of the package
 * @throws when the file is not there: the package is not built
 */
export function readKnowledge(root: string): Knowledge {
  const tables = JSON.parse(readBuilt(root, compiledKnowledge).toString('utf8')) as Tables;
  const maps = Object.entries(tables).map(([name, entries]) => [name, new Map(entries)] as const);
  return { ...Object.fromEntries(maps), learned: readBuilt(root, learnedQuestions) } as unknown as Knowledge;
}

function readBuilt(root: string, file: string): Buffer {
  try {
    return readFileSync(join(root, file));
  } catch (error) {
    throw new Error(`The installation is incomplete: ${file} is missing. Run "npm run build".`, { cause: error });
  }
}
