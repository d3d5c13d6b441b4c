import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
await Parser.init();
const grammar = await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));

/** Parses PowerShell; the tree's root says whether the text is well formed. */
export function parsePowershell(script: string): Node {
  const parser = new Parser();
  parser.setLanguage(grammar);
  const tree = parser.parse(script);
  if (!tree) throw new Error('the parser gave up');
  return tree.rootNode;
}

/** Returns every piece of a script that the grammar does not know, with its line. */
export function powershellMistakes(script: string): string[] {
  const root = parsePowershell(script);
  if (!root.hasError) return [];
  return nodesOf(root)
    .filter((node) => node.isError || node.isMissing)
    .map((node) => `line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`);
}

/** Returns all nodes of a tree, the root first. */
export function nodesOf(node: Node): Node[] {
  return [node, ...node.children.flatMap((child) => (child ? nodesOf(child) : []))];
}
