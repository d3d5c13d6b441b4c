import type { Observation } from '../../evidence/evidence.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { fillBraces } from '../../knowledge/fill.js';
import type { UserRightRemark } from '../../knowledge/user-right-remarks.js';
import type { JudgedReading } from '../judged-reading.js';
import { observationProof } from '../proof.js';
import type { Finding } from '../report.js';
import type { Symptom } from './symptom.js';

/** A value that speaks against the finding, with the card's sentence about it. */
export type Contradiction = Finding['contradictedBy'][number];

/** Collects the card's sentences that apply, each once, filled with the values of the case. */
export class Remarks {
  readonly #texts = new Set<string>();
  readonly #cause: Cause;
  readonly #symptom: Symptom;

  constructor(cause: Cause, symptom: Symptom) {
    this.#cause = cause;
    this.#symptom = symptom;
  }

  /** Returns the sentences in the order in which they were added. */
  get all(): string[] {
    return [...this.#texts];
  }

  /** Adds a sentence about a file and returns it; `more` fills further braces. */
  add(name: UserRightRemark, about: JudgedReading | undefined, more: Record<string, string | undefined> = {}): string {
    const facts: Record<string, string | undefined> = {
      file: about?.file.name,
      pool: this.#symptom.pool,
      server: this.#symptom.server,
      ...more,
    };
    const text = fillBraces(this.#cause.remarks[name] ?? name, (key) => facts[key]) ?? name;
    this.#texts.add(text);
    return text;
  }

  /** Adds a sentence about a value that speaks against the finding: `at`, or else the first value of `field`. */
  contradict(
    name: UserRightRemark,
    about: JudgedReading,
    field: ObservationName,
    { at = about.facts.first(field), ...more }: { at?: Observation | undefined; identity?: string } = {},
  ): Contradiction {
    const says = this.add(name, about, more);
    const where = at ? observationProof(about, at) : { file: about.file.name, event: null, field, value: '' };
    return { ...where, says };
  }
}
