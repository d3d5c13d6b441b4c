import type { z } from 'zod';
import type { Path } from './yaml.js';

/** A mistake in one entry, in words for people who write YAML: where it is in the entry, and what is wrong. */
interface EntryMistake {
  path: Path;
  message: string;
}

/**
 * Returns the mistake to report first. A misspelled key comes before the key that is missing because of it; text that YAML
 * did not read as text is explained; the rest keeps the schema's words.
 */
export function describeMistake(issues: z.core.$ZodIssue[], raw: unknown): EntryMistake {
  const unknownKeys = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknownKeys) return describeUnknownKey(unknownKeys);
  const issue = issues[0]!;
  if (issue.code !== 'invalid_type') return issue;
  return { path: issue.path, message: describeType(issue.expected, valueAt(raw, issue.path)) };
}

function describeUnknownKey(issue: z.core.$ZodIssueUnrecognizedKeys): EntryMistake {
  const key = issue.keys[0]!;
  const isWord = /^\w+$/.test(key);
  const message = isWord
    ? 'there is no such key'
    : 'YAML reads this as a key because of its colon; quote the whole text';
  return { path: [...issue.path, key], message };
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw);
}

const typeWords: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys',
};

function describeType(expected: string, value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  const quotes = expected === 'string' ? describeLostText(value) : undefined;
  const foundType = Array.isArray(value) ? 'array' : typeof value;
  return quotes ?? `must be ${typeWords[expected] ?? expected}, but is ${typeWords[foundType] ?? foundType}`;
}

/** Says why a text without quotes became something else in YAML; undefined when quotes would not help. */
function describeLostText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return `YAML reads ${value} as ${typeWords[typeof value]}; put it in quotes: '${value}'`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [key, rest] = Object.entries(value)[0] ?? [];
  if (key === undefined) return undefined;
  if (rest === null || typeof rest === 'object')
    return 'YAML reads a { at the beginning as a set of keys; put the whole text in quotes';
  return `YAML reads "${key}:" as a key because of its colon; put the whole text in quotes: '${key}: ${rest}'`;
}
