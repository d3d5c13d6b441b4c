import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type EntryExamples, type Examples, entryExamplesSchema, type OffTopic, offTopicSchema } from './examples.js';
import type { Knowledge } from './knowledge.js';
import { yamlFiles } from './load.js';
import { describeMistake } from './mistakes.js';
import { didYouMean } from './nearest.js';
import { type Path, parseYaml, type YamlFile } from './yaml.js';

/** Entries that are no topic and no cause: a number's own card, the subject of the thread once more, and good manners. */
const specialEntries = ['code', 'status', 'same', 'hello', 'thanks'] as const;

/**
 * Reads and checks `examples/` of a folder of knowledge.
 * @throws KnowledgeError naming file, line and reason at the first mistake
 */
export function loadExamples(dir: string, knowledge: Knowledge): Examples {
  const entries: EntryExamples[] = [];
  const offTopic: OffTopic[] = [];
  for (const path of yamlFiles(join(dir, 'examples'))) {
    const yaml = parseYaml(['knowledge', ...relative(dir, path).split(sep)].join('/'), readFileSync(path, 'utf8'));
    for (const [i, raw] of (yaml.value as unknown[]).entries()) {
      const isWorld = typeof raw === 'object' && raw !== null && 'world' in raw;
      const result = (isWorld ? offTopicSchema : entryExamplesSchema).safeParse(raw);
      if (!result.success) {
        const { path: at, message } = describeMistake(result.error.issues, raw);
        yaml.fail([i, ...at], `${at.map(String).join('.')}: ${message}`);
      }
      if (isWorld) {
        offTopic.push(result.data as OffTopic);
      } else {
        const found = result.data as EntryExamples;
        checkIds(found, knowledge, yaml, [i]);
        entries.push(found);
      }
    }
  }
  return { entries, offTopic };
}

function checkIds({ entry, statements }: EntryExamples, knowledge: Knowledge, yaml: YamlFile, at: Path): void {
  const known = knowledge.topics.get(entry) ?? knowledge.causes.get(entry);
  if (!known && !specialEntries.some((name) => name === entry)) {
    const names = [...knowledge.topics.keys(), ...knowledge.causes.keys(), ...specialEntries];
    yaml.fail([...at, 'entry'], `"${entry}" is no topic and no cause${didYouMean(entry, names)}`);
  }
  const ids = known?.statements.map(({ id }) => id) ?? [];
  for (const id of Object.keys(statements))
    if (!ids.includes(id)) {
      yaml.fail([...at, 'statements', id], `"${id}" is no statement of ${entry}${didYouMean(id, ids)}`);
    }
}
