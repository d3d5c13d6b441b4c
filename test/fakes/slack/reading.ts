import type { Block } from './state.js';

interface Button {
  action_id: string;
  value?: string;
  text: { type: string; text: string };
}

/** Returns the button with this label. */
export function buttonLabelled(blocks: Block[], label: string): Button {
  const buttons = buttonsOf(blocks);
  const found = buttons.find(({ text }) => text.text.startsWith(label));
  if (!found) throw new Error(`no button "${label}"; there are: ${buttons.map(({ text }) => text.text)}`);
  return found;
}

/** Returns the buttons of a message or a view. */
export function buttonsOf(blocks: Block[]): Button[] {
  return blocks.filter((block) => block.type === 'actions').flatMap((block) => block.elements as Button[]);
}

/** Returns everything a person reads in blocks, in order, one line for each block. */
export function readable(blocks: Block[] | undefined): string {
  return (blocks ?? []).map((block) => words(block).join('')).join('\n');
}

function words(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(words);
  if (node === null || typeof node !== 'object') return [];
  const { text, type, elements, rows } = node as {
    text?: unknown;
    type?: string;
    elements?: unknown;
    rows?: unknown[][];
  };
  if (typeof text === 'string') return [text];
  const own = [
    ...words(text),
    ...words(elements),
    ...(rows ?? []).flatMap((row) => [...row.flatMap((cell) => [...words(cell), ' ']), '\n']),
  ];
  return /^(rich_text_(section|preformatted|list|quote)|button)$/.test(type ?? '') ? [...own, '\n'] : own;
}
