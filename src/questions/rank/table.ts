/** Many sparse rows in three arrays: what is in a row begins at `starts[row]`. Values are bytes, scaled by their row. */
export interface SparseTable {
  starts: Uint32Array;
  columns: Uint16Array;
  values: Int8Array;
  scales: Float32Array;
}

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
