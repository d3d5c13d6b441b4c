import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name.endsWith('.test.ts'))
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)));

/** The kinds of test/README.md; a name without one is a unit test. */
const kinds = ['contract', 'golden', 'property'];

/** Returns the kind that a file is named by: `door.contract.test.ts`; undefined for a unit test. */
const kindOf = (file: string): string | undefined => /\.([^./]+)\.test\.ts$/.exec(file)?.[1];

it('a name says no other kind than those that test/README.md explains', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const named = new Set(files.flatMap((file) => kindOf(file) ?? []));
  expect([...named].sort()).toEqual(kinds);
  for (const kind of kinds) expect(readme).toContain(`*.${kind}.test.ts`);
});

it('a file that runs the contract of the stores, or damages its input at random, is named so', () => {
  const needed = (source: string) =>
    /^ {2,}contract\(/m.test(source) ? 'contract' : /\bmutate\(/.test(source) ? 'property' : undefined;
  const wrong = files.filter((file) => {
    const kind = needed(readFileSync(join(root, file), 'utf8'));
    return kind !== undefined && kind !== kindOf(file);
  });
  expect(wrong).toEqual([]);
});
