import type { Assertion } from '../parse/assertion.js';
import type { QuestionModel } from './model.js';
import { readTable, type StoredTable, storeTable } from './table.js';

type NumberArray = Uint32Array | Uint16Array | Int8Array | Float32Array;
const kinds = { Uint32Array, Uint16Array, Int8Array, Float32Array } as const;

/** A signed example without the names of its fields, which would be a third of all text. */
type StoredSign = [number, 'yes' | 'no', ...Assertion[keyof Assertion][]];

/** A model as it is stored. */
type StoredModel = Omit<QuestionModel, 'signs' | 'entryWeights' | 'statementWeights' | 'exampleWeights'> & {
  signs: StoredSign[];
  entryWeights: StoredTable;
  statementWeights: StoredTable;
  exampleWeights: StoredTable;
};

const storeModel = (model: QuestionModel): StoredModel => ({
  ...model,
  signs: model.signs.map(({ statement, sign, assertion: { words, claims, turns, about } }) => [
    statement,
    sign,
    words,
    claims,
    turns,
    about,
  ]),
  entryWeights: storeTable(model.entryWeights),
  statementWeights: storeTable(model.statementWeights),
  exampleWeights: storeTable(model.exampleWeights),
});

const readModel = (stored: StoredModel): QuestionModel => ({
  ...stored,
  signs: stored.signs.map(([statement, sign, words, claims, turns, about]) => ({
    statement,
    sign,
    assertion: { words: words!, claims: claims!, turns: turns!, about: about! },
  })),
  entryWeights: readTable(stored.entryWeights),
  statementWeights: readTable(stored.statementWeights),
  exampleWeights: readTable(stored.exampleWeights),
});

/** Writes a model into bytes: the length of a JSON head, the head, the arrays one after the other. */
export function serializeModel(model: QuestionModel): Uint8Array {
  const arrays: { path: string[]; type: keyof typeof kinds; length: number; bytes: Uint8Array }[] = [];
  const strip = (value: unknown, path: string[]): unknown => {
    if (ArrayBuffer.isView(value)) {
      const array = value as NumberArray;
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      arrays.push({ path, type: array.constructor.name as keyof typeof kinds, length: array.length, bytes });
      return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner, [...path, name])]));
  };
  const rest = strip(storeModel(model), []);
  const layout = arrays.map(({ path, type, length }) => ({ path, type, length }));
  const head = new TextEncoder().encode(JSON.stringify({ rest, layout }));
  const size = arrays.reduce((sum, { bytes }) => sum + bytes.length, 4 + head.length);
  const out = new Uint8Array(size);
  new DataView(out.buffer).setUint32(0, head.length, true);
  out.set(head, 4);
  let at = 4 + head.length;
  for (const { bytes } of arrays) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/** Reads what `serializeModel` wrote. */
export function parseModel(bytes: Uint8Array): QuestionModel {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const { rest, layout } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as {
    rest: StoredModel;
    layout: { path: string[]; type: keyof typeof kinds; length: number }[];
  };
  let at = 4 + length;
  for (const { path, type, length: count } of layout) {
    const size = count * kinds[type].BYTES_PER_ELEMENT;
    // A copy, because an array of numbers begins at a multiple of its size.
    const array = new kinds[type](new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += size;
    const parent = path
      .slice(0, -1)
      .reduce((o, name) => (o as Record<string, unknown>)[name] as object, rest as object);
    (parent as Record<string, unknown>)[path.at(-1)!] = array;
  }
  return readModel(rest);
}
