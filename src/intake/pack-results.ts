import type { Fact, Observation, Reading } from '../evidence/evidence.js';
import type { JobResult } from './job-result.js';

/**
 * Packs the results of a thread into one string. The readings of many logs repeat the same strings, so a parcel holds each of
 * them once, and so does the memory. Posting the objects themselves costs about four times as much, on both sides.
 */
export function packResults(results: readonly JobResult[]): string {
  const words = new Words();
  const rows = results.map((one) =>
    'reading' in one ? { index: one.index, row: packReading(one.reading, words) } : { other: one },
  );
  return JSON.stringify({ words: words.list, rows });
}

/** A reading without its observations, and the observations as one flat list (see `slots`). */
type Row = [rest: Omit<Reading, 'observations'>, observations: unknown[]];
type ParcelContent = { words: string[]; rows: ({ index: number; row: Row } | { other: JobResult })[] };

/** Unpacks parcels. Remembers the strings of earlier parcels, so that equal ones share memory; each receiver has its own. */
export class Unpacker {
  #earlier = new Map<string, string>();

  open(parcel: string): JobResult[] {
    const { words, rows } = JSON.parse(parcel) as ParcelContent;
    if (this.#earlier.size > mostSharedWords) this.#earlier = new Map();
    const shared = words.map((word) => this.#shareWord(word));
    return rows.map((one) =>
      'other' in one ? one.other : { index: one.index, reading: unpackReading(one.row, shared) },
    );
  }

  #shareWord(word: string): string {
    if (word.length > longestSharedWord) return word;
    const earlier = this.#earlier.get(word);
    if (earlier !== undefined) return earlier;
    this.#earlier.set(word, word);
    return word;
  }
}

/** Strings remembered at most, and the characters of one at most: texts of exceptions rarely repeat. */
const mostSharedWords = 20_000;
const longestSharedWord = 200;

/** The strings of one parcel, each once. */
class Words {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  place(word: string): number {
    let at = this.#places.get(word);
    if (at === undefined) {
      at = this.list.length;
      this.list.push(word);
      this.#places.set(word, at);
    }
    return at;
  }
}

/** Slots of one observation in the flat list: name, value, event, name of the event, field, raw value. */
const slots = 6;

function packReading({ observations, ...rest }: Reading, words: Words): Row {
  const flat: unknown[] = [];
  const word = (text: string | undefined) => (text === undefined ? null : words.place(text));
  for (const { name, value, event, eventName, field, raw } of observations) {
    // The place of a string is a list of one, so that it is not mistaken for a number.
    const packed = typeof value === 'string' ? [words.place(value)] : Array.isArray(value) ? { list: value } : value;
    flat.push(words.place(name), packed, event ?? null, word(eventName), word(field), word(raw));
  }
  return [rest, flat];
}

function unpackReading([rest, flat]: Row, words: readonly string[]): Reading {
  const observations = new Array<Observation>(flat.length / slots);
  const word = (at: unknown) => (at === null ? undefined : words[at as number]);
  for (let i = 0, at = 0; at < flat.length; i++, at += slots) {
    const packed = flat[at + 1] as number | boolean | [number] | { list: string[] };
    const value =
      typeof packed !== 'object' ? packed : Array.isArray(packed) ? (words[packed[0]] as string) : packed.list;
    // The observation has passed the gate of src/evidence before it was packed.
    observations[i] = createObservation(
      words[flat[at] as number] as Observation['name'],
      value,
      (flat[at + 2] as number | null) ?? undefined,
      word(flat[at + 3]),
      word(flat[at + 4]),
      word(flat[at + 5]),
    ) as Observation;
  }
  return { ...rest, observations };
}

/** Returns an observation with exactly the keys it had. Written out, because objects that grow take twice the memory. */
function createObservation(
  name: Observation['name'],
  value: Observation['value'],
  event: number | undefined,
  eventName: string | undefined,
  field: string | undefined,
  raw: string | undefined,
): Fact {
  if (event !== undefined && eventName !== undefined && field !== undefined) {
    return raw === undefined ? { name, value, event, eventName, field } : { name, value, event, eventName, field, raw };
  }
  if (event === undefined && eventName === undefined) {
    if (field === undefined) return raw === undefined ? { name, value } : { name, value, raw };
    return raw === undefined ? { name, value, field } : { name, value, field, raw };
  }
  return {
    name,
    value,
    ...(event !== undefined && { event }),
    ...(eventName !== undefined && { eventName }),
    ...(field !== undefined && { field }),
    ...(raw !== undefined && { raw }),
  };
}
