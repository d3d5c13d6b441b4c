import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from './knowledge.js';

/** The file that the build writes the knowledge to, relative to the root of the package. */
export const compiledKnowledge = 'dist/knowledge.json';

type Tables = Record<keyof Knowledge, [string, unknown][]>;

/** Returns the checked knowledge as one JSON text: each table is a list of its entries in order. */
export function serializeKnowledge(knowledge: Knowledge): string {
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
  let text: string;
  try {
    text = readFileSync(join(root, compiledKnowledge), 'utf8');
  } catch (error) {
    throw new Error(`The installation is incomplete: ${compiledKnowledge} is missing. Run "npm run build".`, {
      cause: error,
    });
  }
  const tables = JSON.parse(text) as Tables;
  return Object.fromEntries(
    Object.entries(tables).map(([name, entries]) => [name, new Map(entries)]),
  ) as unknown as Knowledge;
}
