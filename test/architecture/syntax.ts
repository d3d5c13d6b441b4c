import { parseAst } from 'vitest/node';

/** A node of the syntax tree: its kind, and whatever belongs to it. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

/** Returns every node of a TypeScript (or JavaScript) source. */
export function* nodesOf(source: string): Generator<SyntaxNode> {
  const open: unknown[] = [parseAst(source, { lang: 'ts' } as never)];
  while (open.length > 0) {
    const value = open.pop();
    if (value === null || typeof value !== 'object') continue;
    if ('type' in value && typeof value.type === 'string') yield value as SyntaxNode;
    open.push(...Object.values(value));
  }
}

/** Returns the strings of a source as they are at run time; what a template is filled with is an ellipsis. */
export function stringsOf(source: string): string[] {
  const strings: string[] = [];
  for (const node of nodesOf(source)) {
    if (node.type === 'Literal' && typeof node.value === 'string') strings.push(node.value);
    if (node.type === 'TemplateLiteral') {
      const pieces = node.quasis as { value: { cooked: string | null; raw: string } }[];
      strings.push(pieces.map(({ value }) => value.cooked ?? value.raw).join('…'));
    }
  }
  return strings;
}
