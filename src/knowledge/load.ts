import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { checkCause, checkReferences } from './checks.js';
import type { Knowledge } from './knowledge.js';
import { type Recipe, recipeSchema, rightSchema, type UserRight } from './rights-schema.js';
import {
  type Cause,
  type Code,
  causeSchema,
  codeSchema,
  type EvidenceRequest,
  evidenceRequestSchema,
  type Message,
  messageSchema,
  type StatusEntry,
  statusSchema,
  type Topic,
  topicSchema,
} from './schema.js';
import { type Entry, KnowledgeError, type Path, parseYaml } from './yaml.js';

export { KnowledgeError } from './yaml.js';

/**
 * Reads, checks and indexes a folder of knowledge as YAML.
 * @throws KnowledgeError naming file, line and reason at the first mistake.
 */
export function loadKnowledge(dir: string): Knowledge {
  const read = <S extends z.ZodType>(name: string, schema: S, key: (v: z.output<S>) => string) =>
    collect<z.output<S>>(dir, name, schema, key);

  const causes = read('causes', causeSchema, (c: Cause) => c.id);
  const evidenceRequests = read('evidence-requests.yaml', evidenceRequestSchema, (r: EvidenceRequest) => r.id);
  const codes = read('codes.yaml', codeSchema, (c: Code) => c.hresult);
  const statuses = read('statuses.yaml', statusSchema, (s: StatusEntry) => s.code);
  const topics = read('topics', topicSchema, (t: Topic) => t.id);
  const messages = read('messages.yaml', messageSchema, (m: Message) => m.text);
  const rights = read('rights', rightSchema, (r: UserRight) => r.constant);
  const recipes = read('recipes', recipeSchema, (r: Recipe) => r.id);
  if (causes.size === 0) throw new KnowledgeError(dir, 0, 'holds no cause cards under causes/');

  for (const entry of causes.values()) checkCause(entry, evidenceRequests);
  checkReferences({ causes, codes, statuses, topics, messages });

  return {
    causes: values(causes),
    evidenceRequests: values(evidenceRequests),
    codes: values(codes),
    statuses: values(statuses),
    topics: values(topics),
    messages: values(messages),
    rights: values(rights),
    recipes: values(recipes),
  };
}

function values<T>(entries: Map<string, Entry<T>>): ReadonlyMap<string, T> {
  return new Map([...entries].map(([id, entry]) => [id, entry.value]));
}

function collect<T>(root: string, name: string, schema: z.ZodType, key: (value: T) => string): Map<string, Entry<T>> {
  const found = new Map<string, Entry<T>>();
  for (const path of yamlFiles(join(root, name))) {
    const shown = ['knowledge', ...relative(root, path).split(sep)].join('/');
    const yaml = parseYaml(shown, readFileSync(path, 'utf8'));
    const list = Array.isArray(yaml.value);
    for (const [i, raw] of (list ? (yaml.value as unknown[]) : [yaml.value]).entries()) {
      const at: Path = list ? [i] : [];
      const result = schema.safeParse(raw);
      if (!result.success) {
        const { path, message } = mistakeOf(result.error.issues, raw);
        yaml.fail([...at, ...path], path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`);
      }
      const value = result.data as T;
      const id = key(value);
      const twin = found.get(id);
      if (twin) yaml.fail(at, `"${id}" is already defined in ${twin.yaml.file}`);
      found.set(id, { value, yaml, path: at });
    }
  }
  return found;
}

/** Returns the mistake to report first: a misspelled key, because it explains the key that is missing; then a sentence YAML did not take for one. */
function mistakeOf(issues: z.core.$ZodIssue[], raw: unknown): { path: Path; message: string } {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown) return { path: [...unknown.path, unknown.keys[0]!], message: 'there is no such key' };
  const issue = issues[0]!;
  const unquoted =
    issue.code === 'invalid_type' && issue.expected === 'string' && unquotedText(valueAt(raw, issue.path));
  return unquoted ? { path: issue.path, message: unquoted } : issue;
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw);
}

/** Says why a text without quotes became something else in YAML; undefined when quotes would not help. */
function unquotedText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return `YAML reads ${value} as a ${typeof value}; put it in quotes: '${value}'`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [key, rest] = Object.entries(value)[0] ?? [];
  if (key === undefined) return 'YAML reads { } as a table; put the text in quotes';
  return `YAML reads "${key}:" as a key because of its colon; put the whole text in quotes: '${key}: ${rest}'`;
}

/** A file, or every .yaml below a folder in a stable order; nothing when it is not there. */
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
