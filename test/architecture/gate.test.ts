import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodesOf, type SyntaxNode } from './syntax.js';

// An observation is safe to show because it passed the gate. The compiler knows that by a mark that only the gate gives;
// these are the ways round the compiler.
const root = resolve(import.meta.dirname, '../..');

/** The gate itself; and the parcel, which puts together what passed the gate before it crossed to another thread. */
const may = ['src/evidence/gather.ts', 'src/intake/pack-results.ts'];

const files = ['src', 'adapters'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);

/** True when a type is, or is made of, observations: not where it only names the type of one of their fields. */
function isOfObservations(type: unknown): boolean {
  if (type === null || typeof type !== 'object') return false;
  const node = type as SyntaxNode;
  if (node.type === 'TSIndexedAccessType') return false;
  if (node.type === 'TSTypeReference') {
    const { name } = node.typeName as { name?: string };
    if (name === 'Observation' || name === 'Reading') return true;
  }
  return Object.values(node).some(isOfObservations);
}

/** Returns how a source gets round the gate, with the text. */
function waysRound(source: string, file: string): string[] {
  const found: string[] = [];
  const note = (why: string, { start, end }: SyntaxNode) => found.push(`${why}: ${source.slice(start, end)}`);
  const inEvidence = file.startsWith('src/evidence/');
  for (const node of nodesOf(source)) {
    if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') {
      const from = node.expression as SyntaxNode;
      // `[]` holds nothing, and what only filters leaves what it keeps.
      const isFilter = from.type === 'CallExpression' && /\.filter\(/.test(source.slice(from.start, from.end));
      if (isOfObservations(node.typeAnnotation) && !isFilter) note('a cast', node);
      if (inEvidence && (node.typeAnnotation as SyntaxNode).type === 'TSNeverKeyword') note('a cast', node);
    }
    if (node.type === 'TSTypePredicate' && isOfObservations(node.typeAnnotation)) note('a type guard', node);
    if (inEvidence && node.type === 'TSAnyKeyword') note('any', node);
    if (node.type === 'ObjectExpression') {
      const properties = node.properties as (SyntaxNode & { key?: { name?: string } })[];
      const isCopy = properties.some(({ type }) => type === 'SpreadElement');
      if (inEvidence && isCopy && properties.some(({ key }) => key?.name === 'value')) note('a changed copy', node);
    }
  }
  return found;
}

describe('only the gate makes observations', () => {
  it('and what passes to another thread', () => {
    for (const file of may) expect(waysRound(readFileSync(join(root, file), 'utf8'), file), file).not.toEqual([]);
  });

  it('everywhere else no cast, type guard or changed copy gets round it', () => {
    const others = files.filter((file) => !may.includes(file));
    expect(others.length).toBeGreaterThan(200);
    const found = others.flatMap((file) =>
      waysRound(readFileSync(join(root, file), 'utf8'), file).map((detour) => `${file}: ${detour}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    'const o = { name, value } as Observation;',
    'const o = { name, value } as unknown as Observation<"code.seen">;',
    'const o = <Observation>{ name, value };',
    'const all = facts as Observation[];',
    'const all = facts as readonly Observation[];',
    'const reading = { observations: facts } as Reading;',
    'function isOne(fact: Fact): fact is Observation { return true; }',
    'push({ name, value } as never);',
    'push({ name, value } as any);',
    'const all: any = facts;',
    'const o = { ...observation, value: text };',
  ])('finds: %s', (source) => {
    expect(waysRound(source, 'src/evidence/x.ts')).toHaveLength(1);
  });

  it.each([
    'const value = text as Observation["value"];',
    'const all = new Map<string, Observation[]>();',
    'const o = { ...observation, event: 3 };',
    'const kept = all.filter(Boolean) as Reading[];',
  ])('lets pass: %s', (source) => {
    expect(waysRound(source, 'src/evidence/x.ts')).toEqual([]);
  });
});
