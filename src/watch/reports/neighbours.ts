import type { ShownString, ShownStrings } from './shown-strings.js';

/** Strings that are read together, and what is between each and the next. */
export interface Neighbours {
  slots: readonly ShownString[];
  joints: readonly string[];
}

/** A longer text is not a label for what is behind it. */
const longestLabel = 60;

/**
 * Returns everything that the strings of a report say alone and together: a secret may begin in one and end in the next, or be
 * named by one and are in the next, in a piece of a sentence, a field, a cell or a step.
 */
export function neighboursOf(report: object, slots: ShownStrings): Neighbours[] {
  const alone = slots.all.map((slot) => ({ slots: [slot], joints: [] }));
  const said = slots.all.filter(({ text }) => text !== '');
  const pairs = said.flatMap((slot, i) => pairOf([slot], said.slice(i + 1, i + 2)));
  return [...alone, ...pairs, ...togetherBelow(report, slots)];
}

/** Returns what sentences in pieces, fields and tables below a value say. */
function togetherBelow(value: unknown, slots: ShownStrings): Neighbours[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap((one) => togetherBelow(one, slots));
  if (Array.isArray(value) && value.every(isSpan)) found.push(joinAll(slots.below(value), ''));
  if ('label' in value && 'value' in value) found.push(...pairOf(slots.at(value, 'label'), slots.at(value, 'value')));
  if ('columns' in value && 'rows' in value) found.push(...tableOf(value as Table, slots));
  return found;
}

function isSpan(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && ('code' in value || 'strong' in value || 'link' in value);
}

interface Table {
  columns: string[];
  rows: unknown[][];
}

/** Reads each cell with the name of its column and with the first cell of its row, and the table as a whole. */
function tableOf({ columns, rows }: Table, slots: ShownStrings): Neighbours[] {
  const cells = [columns, ...rows].map((row) => row.map((_, i) => slots.at(row, i)));
  const [names = [], ...below] = cells;
  const pairs = below.flatMap((row) =>
    row.flatMap((cell, i) => [...pairOf(names[i] ?? [], cell), ...(i > 1 ? pairOf(row[0] ?? [], cell) : [])]),
  );
  const joints = cells.flatMap((row) =>
    row.flatMap((cell, i) => cell.map((_, n) => (n + 1 < cell.length ? '' : i + 1 < row.length ? '|' : '\n'))),
  );
  return [...pairs, { slots: cells.flat(2), joints }];
}

function joinAll(slots: readonly ShownString[], between: string): Neighbours {
  return { slots, joints: slots.map(() => between) };
}

/** Reads two texts as one that was cut in two and, where the first is short, as a label with its value. */
function pairOf(label: readonly ShownString[], value: readonly ShownString[]): Neighbours[] {
  if (label.length === 0 || value.length === 0) return [];
  const join = (between: string): Neighbours => ({
    slots: [...label, ...value],
    joints: [...label.map((_, i) => (i + 1 < label.length ? '' : between)), ...value.map(() => '')],
  });
  const text = label.map((slot) => slot.text).join('');
  if (text.length > longestLabel || /[.!?]\s*$/.test(text)) return [join('')];
  return [join(''), join(/[=:]\s*$/.test(text) ? ' ' : ': ')];
}
