import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { nodesOf, type SyntaxNode } from './syntax.js';

const root = resolve(import.meta.dirname, '../..');
const files = ['src', 'adapters', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts'))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name))),
);

/** Words that end like a participle: verbs in their plain form, and nouns. */
const plainWords =
  'feed need seed speed embed open listen shorten children token drawing encoding finding heading meaning ranking reading setting telling tracing'.split(
    ' ',
  );
const irregular =
  'asked|found|gone|held|kept|left|lost|made|meant|said|seen|sent|shown|spent|taken|told|known|drawn|built';
const participle = new RegExp(`^(?:${irregular}|[a-z]{2,}(?:ed|en|ing))$`);
const oneWord = /^#?[A-Za-z][a-z]*$/;

/** Returns the names of types, functions and methods that are a participle and nothing else: they say neither what is nor what is done. */
function participlesIn(source: string): string[] {
  return [...nodesOf(source)]
    .map(nameOf)
    .filter((name): name is string => name !== undefined && oneWord.test(name))
    .filter((name) => {
      const word = name.replace('#', '').toLowerCase();
      return participle.test(word) && !plainWords.includes(word);
    });
}

function nameOf(node: SyntaxNode): string | undefined {
  const { type, id, key, init } = node as SyntaxNode & Record<'id' | 'key' | 'init', { name?: string; type?: string }>;
  if (/^(FunctionDeclaration|ClassDeclaration|TSInterfaceDeclaration|TSTypeAliasDeclaration)$/.test(type))
    return id?.name;
  if (type === 'MethodDefinition' && node.kind === 'method') return key.name;
  return type === 'VariableDeclarator' && init?.type === 'ArrowFunctionExpression' ? id.name : undefined;
}

it('a type, a function or a method is not called by a participle alone', () => {
  const found = files.flatMap((file) =>
    participlesIn(readFileSync(join(root, file), 'utf8')).map((name) => `${file}: ${name}`),
  );
  expect(files.length).toBeGreaterThan(800);
  expect(found, 'name what it is, or what it does').toEqual([]);
});

it('a participle is found in each kind of declaration, and a name of two words is none', () => {
  const source =
    'type Told = 1; interface Kept {} class Held { left() {} get sent() { return 1; } } function taken() {} const asked = () => 1; function takeTurn() {} const told = 1;';
  expect(participlesIn(source).sort()).toEqual(['Held', 'Kept', 'Told', 'asked', 'left', 'taken']);
});
