import type { Block } from './state.js';

interface Button {
  type: 'button';
  action_id: string;
  value?: string;
  text: { type: string; text: string };
}

interface Menu {
  type: 'overflow';
  action_id: string;
  options: { value: string; text: { type: string; text: string } }[];
}

/** Returns what Slack sends when a person presses the button with this label, or chooses that entry of a menu. */
export function pressLabelled(blocks: Block[], label: string): Record<string, unknown> {
  const button = buttonsOf(blocks).find(({ text }) => text.text.startsWith(label));
  if (button) return { ...button };
  for (const { action_id, options } of menusOf(blocks)) {
    const selected_option = options.find(({ text }) => text.text.startsWith(label));
    if (selected_option) return { type: 'overflow', action_id, selected_option };
  }
  throw new Error(`no button "${label}"; there are: ${labelsOf(blocks)}`);
}

/** Returns the buttons of a message or a view, without those in menus. */
export function buttonsOf(blocks: Block[]): Button[] {
  return actionsOf(blocks).filter((element): element is Button => element.type === 'button');
}

/** Returns the labels of the entries of its menus. */
function menuLabelsOf(blocks: Block[]): string[] {
  return menusOf(blocks).flatMap(({ options }) => options.map(({ text }) => text.text));
}

/** Returns the labels of buttons and menu entries. */
export function labelsOf(blocks: Block[]): string[] {
  return [...buttonsOf(blocks).map(({ text }) => text.text), ...menuLabelsOf(blocks)];
}

function menusOf(blocks: Block[]): Menu[] {
  return actionsOf(blocks).filter((element): element is Menu => element.type === 'overflow');
}

function actionsOf(blocks: Block[]): (Button | Menu)[] {
  return blocks.filter((block) => block.type === 'actions').flatMap((block) => block.elements as (Button | Menu)[]);
}

/** Returns everything a person reads in blocks, in order, one line for each block. */
export function readable(blocks: Block[] | undefined): string {
  return (blocks ?? []).map((block) => words(block).join('')).join('\n');
}

function words(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(words);
  if (node === null || typeof node !== 'object') return [];
  const { text, type, elements, rows, options } = node as {
    text?: unknown;
    type?: string;
    elements?: unknown;
    rows?: unknown[][];
    options?: unknown;
  };
  if (typeof text === 'string') return [text];
  if (type === 'channel') return [`#${(node as { channel_id: string }).channel_id}`];
  const own = [
    ...words(text),
    ...words(elements),
    ...words(options),
    ...(rows ?? []).flatMap((row) => [...row.flatMap((cell) => [...words(cell), ' ']), '\n']),
  ];
  return /^(rich_text_(section|preformatted|list|quote)|button|overflow)$/.test(type ?? '') ? [...own, '\n'] : own;
}
