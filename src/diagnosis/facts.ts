import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';

/** The observations of one reading, by name: what signatures, details and proofs ask. */
export class Facts {
  readonly reading: Reading;
  readonly #byName = new Map<string, Observation[]>();

  constructor(reading: Reading) {
    this.reading = reading;
    for (const observation of reading.observations) {
      const same = this.#byName.get(observation.name);
      if (same) same.push(observation);
      else this.#byName.set(observation.name, [observation]);
    }
    // A pasted event has no request around it: what it set is all that is known of the outcome.
    this.#fallBack('final-status', 'decisive.status');
    this.#fallBack('final-substatus', 'decisive.substatus');
  }

  #fallBack(name: ObservationName, from: ObservationName): void {
    const known = this.#byName.get(from);
    if (known && !this.#byName.has(name)) this.#byName.set(name, known);
  }

  all(name: string): readonly Observation[] {
    return this.#byName.get(name) ?? [];
  }

  has(name: ObservationName): boolean {
    return this.#byName.has(name);
  }

  first(name: ObservationName): Observation | undefined {
    return this.#byName.get(name)?.[0];
  }

  text(name: ObservationName): string | undefined {
    const value = this.first(name)?.value;
    return value === undefined ? undefined : shown(value);
  }

  number(name: ObservationName): number | undefined {
    const value = this.first(name)?.value;
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: ObservationName): boolean | undefined {
    const value = this.first(name)?.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  list(name: ObservationName): readonly string[] | undefined {
    const value = this.first(name)?.value;
    return Array.isArray(value) ? value : undefined;
  }
}

/** A value as people read it: lists with commas, the rest as it is. */
export function shown(value: Observation['value']): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
