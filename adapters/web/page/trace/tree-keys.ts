import type { TreeNode } from './trace-tree.js';

/** The state of a tree when a key is pressed. */
export interface TreeState {
  nodes: readonly TreeNode[];
  /** Places of the lines that are shown, in order. */
  lines: readonly number[];
  selected: number;
  /** Lines of one page. */
  page: number;
  isOpen(place: number): boolean;
}

/** What a key does: selects another line, or opens or closes the selected one. */
export interface TreeMove {
  to?: number;
  open?: boolean;
}

/** Returns what a key does in a tree, as in every tree of Windows; undefined for a key that does nothing. */
export function moveInTree(key: string, state: TreeState): TreeMove | undefined {
  const { nodes, lines, selected, page } = state;
  const at = Math.max(0, lines.indexOf(selected));
  const line = (index: number): TreeMove => ({ to: lines[Math.min(lines.length - 1, Math.max(0, index))] });
  const node = nodes[selected];
  const hasLines = node !== undefined && node.end > selected + 1;
  switch (key) {
    case 'ArrowDown':
      return line(at + 1);
    case 'ArrowUp':
      return line(at - 1);
    case 'PageDown':
      return line(at + page);
    case 'PageUp':
      return line(at - page);
    case 'Home':
      return line(0);
    case 'End':
      return line(lines.length - 1);
    case 'ArrowRight':
      if (!hasLines) return {};
      return state.isOpen(selected) ? line(at + 1) : { open: true };
    case 'ArrowLeft':
      if (hasLines && state.isOpen(selected)) return { open: false };
      return node && node.parent >= 0 ? { to: node.parent } : {};
    case 'Enter':
    case ' ':
      return hasLines ? { open: !state.isOpen(selected) } : {};
    default:
      return undefined;
  }
}
