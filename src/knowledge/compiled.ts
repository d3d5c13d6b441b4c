import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from './knowledge.js';

/** The files of compiled knowledge: its tables, and what was learned from its examples. They are in one folder. */
export const compiledFiles = { tables: 'knowledge.json', learned: 'questions.model' } as const;

/** The folder below a folder of knowledge of the operator's own that `frebot train` writes to. */
export const compiledFolder = 'compiled';

/** The entries of each table, in order. */
type Tables = { [Name in keyof Omit<Knowledge, 'learned'>]: MapEntries<Knowledge[Name]> };
type MapEntries<Table> = Table extends ReadonlyMap<infer Key, infer Value> ? [Key, Value][] : never;

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
  return {
    causes: new Map(tables.causes),
    evidenceRequests: new Map(tables.evidenceRequests),
    codes: new Map(tables.codes),
    statuses: new Map(tables.statuses),
    events: new Map(tables.events),
    outputs: new Map(tables.outputs),
    configurations: new Map(tables.configurations),
    configurationPairs: new Map(tables.configurationPairs),
    barePages: new Map(tables.barePages),
    topics: new Map(tables.topics),
    messages: new Map(tables.messages),
    rights: new Map(tables.rights),
    iisRights: new Map(tables.iisRights),
    recipes: new Map(tables.recipes),
    collect: new Map(tables.collect),
    followUps: new Map(tables.followUps),
    findingReplies: new Map(tables.findingReplies),
    talk: new Map(tables.talk),
    told: new Map(tables.told),
    worlds: new Map(tables.worlds),
    learned: readCompiled(folder, compiledFiles.learned),
  };
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
