import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Reading } from '../../src/evidence/evidence.js';
import type { ObservationName } from '../../src/evidence/vocabulary/index.js';

/** Returns the value of the first observation of that name, or undefined. */
export function fact(reading: Reading | null | undefined, name: ObservationName): unknown {
  return reading?.observations.find((o) => o.name === name)?.value;
}

/** Returns all values of that name, in order. */
export function facts(reading: Reading | null | undefined, name: ObservationName): unknown[] {
  return reading?.observations.filter((o) => o.name === name).map((o) => o.value) ?? [];
}

/** Returns everything in a reading as one string, for asserting that a withheld value is not in it. */
export function textOf(readings: Reading | Reading[] | null): string {
  return JSON.stringify(readings);
}

/** Folder of real files beside a development checkout; absent elsewhere, and the tests that use it say so and skip. */
export const samples = path.resolve(import.meta.dirname, '../../../shared/samples/evidence');
export const haveSamples = existsSync(samples);
