import { type EntryExamples, type Examples, entryExamplesSchema, type OffTopic, offTopicSchema } from './examples.js';
import { aspects } from './follow-up-schema.js';
import { findEntry, type Knowledge } from './knowledge.js';
import { didYouMean } from './nearest.js';
import type { Path, YamlFile } from './yaml.js';
import { checkItem, readItems } from './yaml-items.js';

/**
 * Entries that are not a topic and no cause, with their statements: a number's own card, the subject of the thread once more, a
 * fact of the thread's failure, and good manners.
 */
const specialEntries: Readonly<Record<string, readonly string[]>> = {
  code: [],
  status: [],
  same: aspects,
  fact: ['account', 'pool', 'server', 'status', 'code', 'time', 'page', 'missing', 'holders', 'person', 'file', 'gpo'],
  hello: [],
  thanks: [],
};

/**
 * Reads and checks `examples/` of a folder of knowledge.
 * @throws KnowledgeError naming file, line and reason at the first mistake
 */
export function loadExamples(dir: string, knowledge: Knowledge): Examples {
  const entries: EntryExamples[] = [];
  const offTopic: OffTopic[] = [];
  for (const { raw, yaml, path } of readItems(dir, 'examples')) {
    if (typeof raw === 'object' && raw !== null && 'world' in raw) {
      offTopic.push(checkItem(offTopicSchema, raw, yaml, path));
      continue;
    }
    const found = checkItem(entryExamplesSchema, raw, yaml, path);
    checkIds(found, knowledge, yaml, path);
    entries.push(found);
  }
  return { entries, offTopic };
}

function checkIds({ entry, statements }: EntryExamples, knowledge: Knowledge, yaml: YamlFile, at: Path): void {
  const known = findEntry(entry, knowledge);
  if (!known && !Object.hasOwn(specialEntries, entry)) {
    const names = [...knowledge.topics.keys(), ...knowledge.causes.keys(), ...Object.keys(specialEntries)];
    yaml.fail([...at, 'entry'], `"${entry}" is no topic and no cause${didYouMean(entry, names)}`);
  }
  const ids = known?.statements.map(({ id }) => id) ?? specialEntries[entry]!;
  for (const id of Object.keys(statements))
    if (!ids.includes(id)) {
      yaml.fail([...at, 'statements', id], `"${id}" is no statement of ${entry}${didYouMean(id, ids)}`);
    }
}
