import type { Damage, EvidenceKind, Observation, Origin, Reading } from './evidence.js';
import type { ObservationName, ObservationValue } from './vocabulary/index.js';

/** Where a fact stands: number of the line or event, the field, and the raw text when it differs from the value. */
export type Place = Omit<Observation, 'name' | 'value'>;

/** Collects the facts of one file while it is read. Values are cut to a length that a person would still read. */
export class Gather {
  readonly observations: Observation[] = [];
  withheld = 0;

  add<N extends ObservationName>(name: N, value: ObservationValue<N>, place: Place = {}): void {
    const short = typeof value === 'string' ? (clip(value) as ObservationValue<N>) : value;
    const raw = place.raw === undefined ? {} : { raw: clip(place.raw, 2000) };
    this.observations.push({ name, value: short, ...place, ...raw } as Observation);
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
