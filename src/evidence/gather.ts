import type { Damage, EvidenceKind, Observation, Origin, Reading } from './evidence.js';
import type { ObservationName, ObservationValue } from './vocabulary/index.js';

/** Where a fact stands: number of the line or event, the field, and the raw text when it differs from the value. */
export type Place = Omit<Observation, 'name' | 'value'>;

/** As much of anything as an answer can use; what a hostile file has beyond it would only take memory. */
export const mostOfAKind = 5_000;

/**
 * Collects the facts of one file while it is read. Values are cut to a length that a person would still read, and of
 * every kind of fact the first 5,000 are kept: `reading.first-of` says of what there was more.
 */
export class Gather {
  readonly observations: Observation[] = [];
  withheld = 0;
  readonly #counts = new Map<ObservationName, number>();
  readonly #more = new Set<string>();

  add<N extends ObservationName>(name: N, value: ObservationValue<N>, place: Place = {}): void {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    if (!this.hasRoom(count - 1, `values of ${name}`)) return;
    const short =
      typeof value === 'string' ? clip(value) : Array.isArray(value) ? this.first(value, `values of ${name}`) : value;
    const raw = place.raw === undefined ? {} : { raw: clip(place.raw, 2000) };
    this.observations.push({ name, value: short, ...place, ...raw } as Observation);
  }

  /**
   * The first 5,000 of many, for loops over what a file lists.
   * @param of what they are, in the plural, for the sentence that says that there are more
   */
  first<T>(many: Iterable<T>, of: string): T[] {
    const kept: T[] = [];
    for (const one of many) {
      if (!this.hasRoom(kept.length, of)) break;
      kept.push(one);
    }
    return kept;
  }

  /** True while fewer than 5,000 are kept; else it is noted that there are more. */
  hasRoom(kept: number, of: string): boolean {
    if (kept < mostOfAKind) return true;
    if (!this.#more.has(of)) this.observations.push({ name: 'reading.first-of', value: of });
    this.#more.add(of);
    return false;
  }

  /** Counts a value that stays behind, unless there is none (`-` and empty stand for "no value" in logs). */
  keepBack(value: string | undefined | null): void {
    if (value && value !== '-') this.withheld++;
  }

  has(name: ObservationName): boolean {
    return this.observations.some((o) => o.name === name);
  }

  reading(
    file: string,
    kind: EvidenceKind,
    form: string,
    more: { origin?: Origin | null; damage?: Damage[] } = {},
  ): Reading {
    return {
      file,
      kind,
      form,
      origin: more.origin ?? null,
      damage: more.damage ?? [],
      observations: this.observations,
      withheld: this.withheld,
    };
  }
}

function clip(text: string, length = 500): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
