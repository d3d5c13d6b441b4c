import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { nodesOf, type SyntaxNode } from './syntax.js';

const root = resolve(import.meta.dirname, '..');
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith('.test.ts'))
  .map(({ parentPath, name }) => join(parentPath, name));

/** A title of rows that is nothing but their values. */
const onlyValues = /^(%[a-z#%]|\$[\w.]+|[^\p{L}])*$/u;

/** Returns the titles of rows (`it.each(rows)(title, …)`) in a source that say no word beside the values. */
function titlesWithoutWords(source: string): string[] {
  return [...nodesOf(source)].flatMap((node) => {
    const table = node.type === 'CallExpression' ? (node.callee as SyntaxNode) : undefined;
    if (table?.type !== 'CallExpression') return [];
    const { type, property } = table.callee as SyntaxNode & { property?: { name: string } };
    const [title] = node.arguments as (SyntaxNode & { value?: unknown })[];
    if (type !== 'MemberExpression' || property?.name !== 'each' || typeof title?.value !== 'string') return [];
    return onlyValues.test(title.value) ? [title.value] : [];
  });
}

it('a title of rows says what happens beside the value', () => {
  const without = files.flatMap((file) =>
    titlesWithoutWords(readFileSync(file, 'utf8')).map((title) => `${relative(root, file)}: ${title}`),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(without).toEqual([]);
});

it('a title that is only a value is found', () => {
  const source = ['%s', '$name', '%s: %s', 'reads %s']
    .map((title) => `it.each<[string]>([['a']])('${title}', () => {});`)
    .join('\n');
  expect(titlesWithoutWords(source).sort()).toEqual(['$name', '%s', '%s: %s']);
});
