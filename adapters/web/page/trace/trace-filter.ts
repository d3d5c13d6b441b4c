import { includesWords, splitWords } from '../search-words.js';
import type { TraceTree } from './trace-tree.js';

/** Which events of a tree are wanted. Empty texts and 0 ask for nothing. */
export interface TraceFilter {
  text: string;
  problems: boolean;
  module: string;
  stage: string;
  area: string;
  /** Steps that took at least this many milliseconds. */
  slowerMs: number;
}

export const noFilter: TraceFilter = { text: '', problems: false, module: '', stage: '', area: '', slowerMs: 0 };

/** The lines that are shown, and which of them only lead to others. */
export interface ShownLines {
  /** Places in the list of nodes. */
  lines: number[];
  /** How many events fit the filter. */
  fitting: number;
  isFitting(place: number): boolean;
}

export function isFiltering(filter: TraceFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(noFilter);
}

/**
 * Returns the lines of a tree that are shown: those that fit and the lines above them; without a filter all but those inside closed
 * lines.
 * @param closed places of closed nodes
 */
export function showLines(tree: TraceTree, filter: TraceFilter, closed: ReadonlySet<number>): ShownLines {
  const { nodes } = tree;
  if (!isFiltering(filter)) {
    const lines: number[] = [];
    for (let at = 0; at < nodes.length; at = closed.has(at) ? (nodes[at]?.end ?? at + 1) : at + 1) lines.push(at);
    return { lines, fitting: tree.count, isFitting: () => true };
  }
  const fits = matcherOf(tree, filter);
  const fitting = new Set<number>();
  const shown = new Set<number>();
  for (const [at, { event, parent }] of nodes.entries()) {
    if (event === 0 || !fits(event)) continue;
    fitting.add(at);
    shown.add(at);
    for (let above = parent; above >= 0 && !shown.has(above); above = nodes[above]?.parent ?? -1) shown.add(above);
  }
  const lines = [...shown].sort((a, b) => a - b);
  return { lines, fitting: fitting.size, isFitting: (place) => fitting.has(place) };
}

function matcherOf(tree: TraceTree, filter: TraceFilter): (event: number) => boolean {
  const words = splitWords(filter.text);
  return (event) =>
    (!filter.problems || tree.isProblem(event)) &&
    (filter.module === '' || tree.module(event) === filter.module) &&
    (filter.stage === '' || tree.stage(event) === filter.stage) &&
    (filter.area === '' || tree.area(event) === filter.area) &&
    (filter.slowerMs <= 0 || (tree.duration(event) ?? -1) >= filter.slowerMs) &&
    (words.length === 0 || includesWords(textOf(tree, event), words));
}

/** Everything of an event that a search looks at: what its line and its fields show. */
function textOf(tree: TraceTree, event: number): string {
  const fields = tree.fields(event).map(({ name, value, means }) => `${name}=${value} ${means}`);
  return `${event} ${tree.name(event)} ${tree.module(event)} ${tree.stage(event)} ${fields.join(' ')}`;
}
