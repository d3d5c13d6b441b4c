import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';

/** Substitutes for missing facts: a pasted event has no request around it, so the status it set is the outcome. */
const substitutes: Partial<Record<string, ObservationName>> = {
  'final-status': 'decisive.status',
  'final-substatus': 'decisive.substatus',
};

/**
 * The observations of one reading, by name, for signatures, details and proofs. The index is built on first use and can
 * be released: the indexes of ten thousand logs would take more memory than their observations.
 */
export class ReadingFacts {
  readonly reading: Reading;
  #byName: Map<string, Observation[]> | undefined;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  all(name: string): readonly Observation[] {
    this.#byName ??= indexOf(this.reading.observations);
    return this.#byName.get(name) ?? [];
  }

  first(name: ObservationName): Observation | undefined {
    if (this.#byName) return this.#byName.get(name)?.[0];
    const { observations } = this.reading;
    const substitute = substitutes[name];
    return findNamed(observations, name) ?? (substitute && findNamed(observations, substitute));
  }

  has(name: ObservationName): boolean {
    return this.first(name) !== undefined;
  }

  /** Frees the index; the next lookup builds it again. */
  releaseIndex(): void {
    this.#byName = undefined;
  }

  text(name: ObservationName): string | undefined {
    const value = this.first(name)?.value;
    return value === undefined ? undefined : formatValue(value);
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

/** A loop, because `find` with a function takes several times as long. */
function findNamed(observations: readonly Observation[], name: string): Observation | undefined {
  for (const observation of observations) if (observation.name === name) return observation;
  return undefined;
}

function indexOf(observations: readonly Observation[]): Map<string, Observation[]> {
  const byName = new Map<string, Observation[]>();
  for (const observation of observations) {
    const same = byName.get(observation.name);
    if (same) same.push(observation);
    else byName.set(observation.name, [observation]);
  }
  for (const [name, substitute] of Object.entries(substitutes)) {
    const known = byName.get(substitute as string);
    if (known && !byName.has(name)) byName.set(name, known);
  }
  return byName;
}

/** Formats a value for people: lists with commas, the rest as it is. */
export function formatValue(value: Observation['value']): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
