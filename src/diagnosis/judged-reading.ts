import type { Observation, Reading } from '../evidence/evidence.js';
import type { Cause } from '../knowledge/cause-schema.js';
import { boundNote } from './damage.js';
import type { ReadingFacts } from './reading-facts.js';
import type { FileVerdict, Verdict } from './report.js';

/** A judged reading, with what later reasoning needs of it. */
export interface JudgedReading {
  file: FileVerdict;
  facts: ReadingFacts;
  cause: Cause | undefined;
  because: Observation[];
  /** How much the judgement rests on, on the scale of the cards' priorities. */
  rank: number;
}

/** Judgements that rest on no signature: a file of configuration and the like speak for themselves. */
export const ranks = { nothing: 0, bare: 50, event: 62, eventText: 78, row: 73, file: 100 } as const;

/** Returns a verdict about a file with nothing yet that it rests on. */
export function createVerdict(reading: Reading, verdict: Verdict): FileVerdict {
  return {
    name: reading.file,
    kind: reading.kind,
    form: reading.form,
    command: reading.kind === 'command-output' ? reading.form : undefined,
    origin: reading.origin,
    verdict,
    cause: null,
    confidence: null,
    damage: reading.damage,
    request: null,
    decisive: null,
    evidence: [],
    detail: null,
    withheld: reading.withheld,
    ...(reading.continues && { continues: true as const }),
    next: [],
    refusal: reading.refusal,
    looksLike: reading.looksLike,
    damageNote: boundNote(reading),
  };
}
