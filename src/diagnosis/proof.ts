import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fillBraces, placeholders } from '../knowledge/fill.js';
import type { Cause, Witness } from '../knowledge/schema.js';
import { isAbout } from './alone.js';
import type { JudgedReading } from './judge-reading.js';
import { matchConditions } from './match.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';
import type { Confidence, Proof } from './report.js';

/** Proof is shown from this many files of a finding; the others are named in `files`. */
export const provenFiles = 10;

const confidenceOrder: Confidence[] = ['possible', 'likely', 'confirmed'];

/** The surer of two. */
export function surestConfidence(confidences: (Confidence | null)[]): Confidence {
  return confidenceOrder.reduce((best, c) => (confidences.includes(c) ? c : best), 'possible' as Confidence);
}

/** Rows of a card that other readings satisfy, each with its sentence and what it rests on. */
export function findWitnesses(
  rows: Witness[],
  readings: JudgedReading[],
): { says: string; file: string; proof: Proof[]; judged: JudgedReading }[] {
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

export function fileProof(judged: JudgedReading): Proof[] {
  return judged.file.evidence.map((e) => ({ file: judged.file.name, ...e }));
}

export function observationProof(judged: JudgedReading, o: Observation): Proof {
  return {
    file: judged.file.name,
    event: o.event ?? null,
    eventName: o.eventName,
    field: o.field ?? o.name,
    value: o.raw ?? formatValue(o.value),
  };
}

/** The values that braces in the card's texts ask for, from the first claiming file that has them. */
export function cardFacts(cause: Cause, claimants: JudgedReading[]): Record<string, string> {
  const texts = [cause.title, cause.explanation, ...cause.detail];
  for (const step of cause.check ? [...cause.fix, cause.check] : cause.fix) texts.push(...Object.values(step).flat());
  const names = new Set(texts.flatMap((t) => placeholders(t, () => true).flatMap((p) => p.names)));
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = firstText(claimants, name as ObservationName);
    if (value !== undefined) found[name] = value;
  }
  const pool = firstText(claimants, 'request.app-pool');
  const server = firstText(claimants, 'request.server');
  if (pool !== undefined) found.pool = pool;
  if (server !== undefined) found.server = server;
  return found;
}

function firstText(judged: { facts: ReadingFacts }[], name: ObservationName): string | undefined {
  for (const { facts } of judged) {
    const text = facts.text(name);
    if (text !== undefined) return text;
  }
  return undefined;
}
