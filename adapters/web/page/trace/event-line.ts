import { create } from './dom.js';
import type { TraceTree, TreeNode } from './trace-tree.js';

/** What a line shows beside its event. */
export interface LineState {
  /** Undefined for a line without lines below. */
  open: boolean | undefined;
  selected: boolean;
  /** False for a line that only leads to others that fit the filter. */
  fitting: boolean;
  /** What is special about the event: "decisive", "first difference". */
  mark?: string;
}

const levelWords: Readonly<Record<number, string>> = { 1: 'critical error', 2: 'error', 3: 'warning' };
/** Deeper lines are not moved further to the right. */
const deepest = 12;

/** Returns the element of one line of the tree. */
export function drawLine(tree: TraceTree, place: number, state: LineState): HTMLElement {
  const node = tree.nodes[place] as TreeNode;
  const level = levelWords[tree.level(node.event)];
  const classes = ['line', node.event === 0 && 'stage', state.selected && 'selected', !state.fitting && 'leading'];
  if (level) classes.push(level === 'warning' ? 'warning' : 'error');
  if (state.mark) classes.push('marked');
  const line = create('div', {
    class: classes.filter(Boolean).join(' '),
    id: `${lineId(tree, place)}`,
    role: 'treeitem',
    'aria-level': node.depth + 1,
    'aria-expanded': state.open === undefined ? undefined : String(state.open),
    'aria-selected': String(state.selected),
    'data-place': place,
  });
  const twist = create('span', { class: 'twist', 'aria-hidden': 'true' }, twistOf(state.open));
  const main = create('span', { class: `main depth-${Math.min(node.depth, deepest)}` }, twist);
  if (node.event === 0) {
    main.append(create('strong', {}, node.stage ?? ''));
    line.append(create('span', { class: 'number' }), main);
    return line;
  }
  if (level) main.append(create('span', { class: 'level' }, level));
  if (state.mark) main.append(create('span', { class: 'mark' }, state.mark));
  const name = create('span', { class: 'name' }, tree.name(node.event));
  const hasModule = (tree.view.rows.modules[node.event - 1] ?? -1) >= 0;
  const module = hasModule ? [create('span', { class: 'module' }, tree.module(node.event))] : [];
  // The module distinguishes the turns of modules.
  const words = /^(?:NOTIFY_MODULE|PRE_BEGIN_REQUEST)_/.test(tree.name(node.event))
    ? [...module, name]
    : [name, ...module];
  for (const word of [...words, create('span', { class: 'says' }, tree.summary(node.event))]) main.append(word, ' ');
  line.append(
    create('span', { class: 'number' }, String(node.event)),
    main,
    create('span', { class: 'time' }, timeOf(tree, node.event)),
  );
  return line;
}

/** Returns the id of a line: several trees may be on one page. */
export function lineId(tree: TraceTree, place: number): string {
  return `line-${treeNumber(tree)}-${place}`;
}

const numbers = new WeakMap<TraceTree, number>();
let trees = 0;
function treeNumber(tree: TraceTree): number {
  const number = numbers.get(tree) ?? ++trees;
  numbers.set(tree, number);
  return number;
}

function twistOf(open: boolean | undefined): string {
  if (open === undefined) return '';
  return open ? '▾' : '▸';
}

function timeOf(tree: TraceTree, event: number): string {
  const duration = tree.duration(event);
  if (duration !== undefined && duration > 0) return `${duration.toLocaleString('en')} ms`;
  const time = tree.time(event);
  return time === undefined ? '' : `+${time.toLocaleString('en')}`;
}
