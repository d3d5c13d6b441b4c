import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { Cause, Witness } from '../knowledge/cause-schema.js';
import { fillBraces, placeholders } from '../knowledge/fill.js';
import { isAbout } from './card-rows.js';
import { evidenceRow } from './file-evidence.js';
import type { JudgedReading } from './judged-reading.js';
import { matchConditions } from './match.js';
import type { ReadingFacts } from './reading-facts.js';
import type { Confidence, Proof } from './report.js';

/** Proof is shown from this many files of a finding. `files` names all of them. */
export const provenFiles = 10;

const confidenceOrder: Confidence[] = ['possible', 'likely', 'confirmed'];

/** Returns the highest confidence. */
export function surestConfidence(confidences: (Confidence | null)[]): Confidence {
  return confidenceOrder.reduce((best, c) => (confidences.includes(c) ? c : best), 'possible' as Confidence);
}

/** A reading that satisfies a row of a card, with the row's sentence and the values it rests on. */
export interface WitnessMatch {
  says: string;
  file: string;
  proof: Proof[];
  judged: JudgedReading;
}

/** Returns the readings that satisfy one of the rows. */
export function findWitnesses(rows: Witness[], readings: JudgedReading[]): WitnessMatch[] {
  return readings.flatMap((judged) => {
    for (const row of rows) {
      if (!isAbout(row, judged.facts.reading)) continue;
      const because = matchConditions(judged.facts, row);
      if (!because) continue;
      const says = fillBraces(row.says, (name) => judged.facts.text(name as ObservationName));
      return [
        {
          says: says ?? row.says,
          file: judged.file.name,
          proof: because.map((o) => observationProof(judged, o)),
          judged,
        },
      ];
    }
    return [];
  });
}

/** Returns the evidence of a file as proof. */
export function fileProof(judged: JudgedReading): Proof[] {
  return judged.file.evidence.map((e) => ({ file: judged.file.name, ...e }));
}

/** Returns an observation as proof. */
export function observationProof(judged: JudgedReading, o: Observation): Proof {
  return { file: judged.file.name, ...evidenceRow(o) };
}

/** Steps are chosen by these, whether or not a sentence shows them. */
const chooseSteps = [
  'application.failure',
  'handler.bad-module',
  'page.locked-section',
  'page.config-pointer',
  'config.added-section',
  'access.client',
  'application.platform',
  'right.short-list',
] as const;

/** Named `pool` and `server` in a finding. */
const ofEveryCard = ['request.app-pool', 'request.server'] as const;

/** Returns the values for the braces in the card's texts, each from the first claiming file that has it. In steps, see `diagnoseInSteps`. */
export function* cardFacts(cause: Cause, claimants: JudgedReading[]): Generator<void, Record<string, string>> {
  const texts = [cause.title, cause.explanation, ...cause.detail];
  for (const step of cause.check ? [...cause.fix, cause.check] : cause.fix) texts.push(...Object.values(step).flat());
  const names = new Set(texts.flatMap((t) => placeholders(t, () => true).flatMap((p) => p.names)));
  for (const name of chooseSteps) names.add(name);
  const values = yield* findFirstTexts(claimants, new Set([...names, ...ofEveryCard]));
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = values.get(name);
    if (value !== undefined) found[name] = value;
  }
  for (const name of ofEveryCard) {
    const value = values.get(name);
    if (value !== undefined) found[name === 'request.server' ? 'server' : 'pool'] = value;
  }
  return found;
}

/** Returns the first value of each name. */
function* findFirstTexts(
  judged: readonly { facts: ReadingFacts }[],
  missing: Set<string>,
): Generator<void, Map<string, string>> {
  const found = new Map<string, string>();
  for (const { facts } of judged) {
    if (missing.size === 0) break;
    for (const name of missing) {
      const text = facts.text(name as ObservationName);
      if (text === undefined) continue;
      found.set(name, text);
      missing.delete(name);
    }
    yield;
  }
  return found;
}
