import type { Reading } from '../evidence.js';
import type { ReadOptions } from '../read.js';
import type { Source } from '../source.js';

/** Reads one FREB log into facts. */
export function readFrebLog(file: string, _source: Source, _options: ReadOptions): Reading {
  return { file, kind: 'freb-log', origin: null, damage: [], observations: [], withheld: 0 };
}
