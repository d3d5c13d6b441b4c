/** Many sparse rows in three arrays: what is in a row begins at `starts[row]`. Values are bytes, scaled by their row. */
export interface SparseTable {
  starts: Uint32Array;
  columns: Uint16Array;
  values: Int8Array;
  scales: Float32Array;
}

/** A table as it is stored: how many values each row has tells where it begins. */
export interface StoredTable extends Omit<SparseTable, 'starts'> {
  counts: Uint16Array;
}

export function storeTable({ starts, ...rest }: SparseTable): StoredTable {
  return { ...rest, counts: Uint16Array.from({ length: starts.length - 1 }, (_, i) => starts[i + 1]! - starts[i]!) };
}

export function readTable({ counts, ...rest }: StoredTable): SparseTable {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
  return { ...rest, starts };
}

/** Columns are stored in two bytes. */
const mostColumns = 0xffff;

/** Packs rows into a table; a value below `least` of its row's largest is left out. */
export function packRows(rows: readonly ReadonlyMap<number, number>[], least: number): SparseTable {
  const starts = new Uint32Array(rows.length + 1);
  const scales = new Float32Array(rows.length);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [i, row] of rows.entries()) {
    let largest = 0;
    for (const value of row.values()) largest = Math.max(largest, Math.abs(value));
    scales[i] = largest / 127;
    for (const [column, value] of row) {
      const byte = Math.round(value / (scales[i] || 1));
      if (byte === 0 || Math.abs(value) < least * largest) continue;
      if (column > mostColumns) throw new RangeError(`a table has at most ${mostColumns + 1} columns`);
      columns.push(column);
      values.push(byte);
    }
    starts[i + 1] = columns.length;
  }
  return { starts, columns: Uint16Array.from(columns), values: Int8Array.from(values), scales };
}

/** Adds `factor` times a row to `sums`. */
export function addRow(
  { starts, columns, values, scales }: SparseTable,
  row: number,
  factor: number,
  sums: Float32Array,
): void {
  const by = factor * scales[row]!;
  for (let i = starts[row]!, end = starts[row + 1]!; i < end; i++) sums[columns[i]!]! += by * values[i]!;
}

/** Returns the columns of a row that hold something. */
export function columnsOf({ starts, columns }: SparseTable, row: number): Uint16Array {
  return columns.subarray(starts[row]!, starts[row + 1]!);
}
