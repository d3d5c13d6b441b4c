import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';

/** `401.3`: a status with its substatus, and no version or address. */
const stated = /(?<![\w.])([45]\d\d)\.(\d{1,2})(?![\w.]*\d)/;

/** Reads the status that a person states in words beside evidence that shows no failure itself; null where none is stated. */
export function readStatedStatus(file: string, sentences: readonly string[]): Reading | null {
  const found = sentences.map((sentence) => stated.exec(sentence)).find((hit) => hit !== null);
  if (!found) return null;
  const gather = new ObservationCollector();
  const place = { field: 'text', raw: found[0] };
  gather.add('final-status', Number(found[1]), place);
  gather.add('final-substatus', Number(found[2]), place);
  return gather.reading(file, 'fragment', 'stated-status');
}
