import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { errorTexts } from '../../src/answer/error-texts.js';
import { nodesOf, type SyntaxNode } from './syntax.js';

// What follows from a code (another attempt, giving up, a grant that is missing) is a trait of its entry in the catalogue.
const root = resolve(import.meta.dirname, '../..');
/** An internal error names its number in its own sentence; that is about words, not about what follows. */
const excepted = new Set(['internal']);

function isCode(node: unknown): boolean {
  const { type, value } = (node ?? {}) as SyntaxNode;
  return type === 'Literal' && typeof value === 'string' && Object.hasOwn(errorTexts, value) && !excepted.has(value);
}

/** Returns the places of a source that decide by the name of a code: comparisons and lists of codes. */
function decisionsByCode(source: string): string[] {
  const decisions: string[] = [];
  for (const node of nodesOf(source)) {
    const isComparison = node.type === 'BinaryExpression' && (isCode(node.left) || isCode(node.right));
    const isList = node.type === 'ArrayExpression' && (node.elements as unknown[]).filter(isCode).length > 1;
    const isCase = node.type === 'SwitchCase' && isCode(node.test);
    if (isComparison || isList || isCase) decisions.push(source.slice(node.start, node.end));
  }
  return decisions;
}

it('finds comparisons, lists and cases', () => {
  const source =
    "const a = code === 'rate-limited';\nconst b = ['picture', 'mail'];\nswitch (code) {\n  case 'gave-up':\n}\nf('mail');";
  expect(decisionsByCode(source)).toHaveLength(3);
  expect(decisionsByCode("const a = code === 'internal' || status === 'fixed';")).toEqual([]);
});

it.each(['src/desk', 'src/run', 'src/store', 'src/watch'])(
  '%s decides by traits of the catalogue, not by codes',
  (folder) => {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const decisions = files.flatMap((file) =>
      decisionsByCode(readFileSync(join(root, folder, file), 'utf8')).map((code) => `${folder}/${file}: ${code}`),
    );
    expect(decisions).toEqual([]);
  },
);
