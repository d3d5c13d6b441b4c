import { mark } from './rule.js';

/** A reading of a text, and the same with marks in place of what was withheld in it, in one or more ways. */
export interface ScrubbedReading {
  text: string;
  shown: readonly string[];
}

/** Pieces without a place in the text after which the search for their places ends, so that it takes linear time. */
const mostLost = 8;

/**
 * Returns the first reading with everything withheld that is withheld in one of them. An encoded text reads in several ways,
 * and each may show where a private value begins and ends. Readings have the same length; else nothing is kept.
 */
export function keepInAll(readings: readonly [ScrubbedReading, ...ScrubbedReading[]]): string {
  const [{ text }] = readings;
  const ways = readings.flatMap((one) => one.shown.map((shown) => ({ text: one.text, shown })));
  const changed = ways.filter((way) => way.shown !== way.text);
  if (changed.some((way) => way.text.length !== text.length)) return mark;
  const kept = new Uint32Array(text.length);
  for (const way of changed)
    for (const [from, to] of findKeptPlaces(way.text, way.shown)) for (let i = from; i < to; i++) kept[i]!++;
  return markWithheld(text, (i) => kept[i] === changed.length);
}

/** Returns a text with one mark in place of each run of characters that is not kept. */
export function markWithheld(text: string, isKept: (at: number) => boolean): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (isKept(i)) out += text[i];
    else if (!out.endsWith(mark)) out += mark;
  }
  return out;
}

/** Finds the pieces between the marks in the text, one after the other: where a scrubbed text still has what it had. */
export function findKeptPlaces(text: string, shown: string): [from: number, to: number][] {
  const places: [number, number][] = [];
  let at = 0;
  let lost = 0;
  for (const piece of shown.split(mark)) {
    const found = text.indexOf(piece, at);
    if (found >= 0) {
      places.push([found, found + piece.length]);
      at = found + piece.length;
    } else if (++lost > mostLost) break;
  }
  return places;
}
