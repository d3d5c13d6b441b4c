import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { describeMistake } from './mistakes.js';
import { type Path, parseYaml, type YamlFile } from './yaml.js';

/** One item of a file, not checked yet, and where it is. A file holds a list of items, or is one. */
export interface YamlItem {
  raw: unknown;
  yaml: YamlFile;
  path: Path;
}

/**
 * Reads the items of a file, or of every .yaml below a folder, in a stable order; none when it does not exist.
 * @param root the folder of knowledge
 * @param name the file or folder in it
 */
export function* readItems(root: string, name: string): Generator<YamlItem> {
  for (const file of yamlFiles(join(root, name))) {
    const yaml = parseYaml(['knowledge', ...relative(root, file).split(sep)].join('/'), readFileSync(file, 'utf8'));
    if (!Array.isArray(yaml.value)) yield { raw: yaml.value, yaml, path: [] };
    else for (const [i, raw] of (yaml.value as unknown[]).entries()) yield { raw, yaml, path: [i] };
  }
}

/**
 * Checks an item against its schema.
 * @throws KnowledgeError naming file, line and reason at the first mistake
 */
export function checkItem<S extends z.ZodType>(schema: S, raw: unknown, yaml: YamlFile, at: Path): z.output<S> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const { path, message } = describeMistake(result.error.issues, raw);
  return yaml.fail([...at, ...path], path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`);
}

/** Returns the file, or every .yaml below the folder in a stable order; nothing when it does not exist. */
function yamlFiles(path: string): string[] {
  if (path.endsWith('.yaml')) return exists(path) ? [path] : [];
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return yamlFiles(join(path, entry.name));
      return entry.name.endsWith('.yaml') ? [join(path, entry.name)] : [];
    });
}

function exists(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
