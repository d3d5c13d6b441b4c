import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

// The documents that show a newcomer the house name only files and folders that are there.
const root = resolve(import.meta.dirname, '../..');

/** Folders that a reader is invited to think of, and folders that a command writes. */
const imagined = ['adapters/discord', 'build/'];

/** Returns the paths a document names in code spans: those that begin with a folder of the repository or end like a file. */
function namedPaths(text: string): string[] {
  const spans = [...text.matchAll(/`([\w./-]+)`/g)].map((match) => match[1] as string);
  const path = /^(src|adapters|test|scripts|docs|knowledge)\/|^[\w-]+\.(md|json|ts)$/;
  return spans.filter((span) => path.test(span) && !imagined.some((one) => span.startsWith(one)));
}

it.each(['docs/architecture.md', 'AGENTS.md', 'CONTRIBUTING.md', 'test/README.md'])(
  '%s names paths that exist',
  (name) => {
    const paths = namedPaths(readFileSync(join(root, name), 'utf8'));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  },
);
