import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

// One word has one meaning: an exported name is declared in one file, so that a search finds what it stands for.
const root = resolve(import.meta.dirname, '../..');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Returns the names that a file declares and exports; names that it only passes on are left out. */
function exportedNames(source: string): string[] {
  const declaration =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:const enum|const|let|function\*?|class|interface|type|enum) (\w+)/gm;
  return [...new Set([...source.matchAll(declaration)].map((match) => match[1] as string))];
}

function filesByName(files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    for (const name of exportedNames(readFileSync(join(root, file), 'utf8'))) {
      found.set(name, [...(found.get(name) ?? []), file]);
    }
  }
  return found;
}

it('finds declarations of every kind, and no re-exports', () => {
  const source =
    "export const a = 1;\nexport async function b() {}\nexport type { C } from './c.js';\nexport interface D {}";
  expect(exportedNames(source)).toEqual(['a', 'b', 'D']);
});

it('every exported name is declared in one file', () => {
  const names = filesByName([...sourceFiles('src'), ...sourceFiles('adapters')]);
  expect(names.size).toBeGreaterThan(300);
  const repeated = [...names].filter(([, files]) => files.length > 1);

  expect(
    repeated.map(([name, files]) => `${name}: ${files.join(', ')}`),
    'choose another name for one of them',
  ).toEqual([]);
});
