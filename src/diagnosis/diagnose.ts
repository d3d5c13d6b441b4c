import type { Reading } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { combineFindings } from './findings.js';
import { surveyFleet } from './fleet/fleet.js';
import { groupTraces } from './groups.js';
import { defaultSlowMs, judgeReading } from './judge-reading.js';
import type { JudgedReading } from './judged-reading.js';
import type { Report } from './report.js';

export interface DiagnoseOptions {
  /** Requests from this many milliseconds on are slow; default 3000. */
  slowMs?: number;
  /** Judges single readings; {@link createJudge} returns one that remembers its results. */
  judge?: Judge | undefined;
}

/** Judges a single reading. */
export type Judge = (reading: Reading) => JudgedReading;

/** Judges each reading alone, then all of them together. */
export function diagnose(readings: Reading[], knowledge: Knowledge, options: DiagnoseOptions = {}): Report {
  const steps = diagnoseInSteps(readings, knowledge, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Diagnoses in steps of a fraction of a millisecond. Thousands of readings take a second, so a caller with other work
 * pauses between two steps.
 */
export function* diagnoseInSteps(
  readings: Reading[],
  knowledge: Knowledge,
  options: DiagnoseOptions = {},
): Generator<void, Report> {
  const judge =
    options.judge ?? ((reading: Reading) => judgeReading(reading, knowledge, options.slowMs ?? defaultSlowMs));
  const judged: JudgedReading[] = [];
  for (const reading of readings) {
    judged.push(judge(reading));
    yield;
  }
  const diagnosis = yield* combineFindings(judged, knowledge);
  const groups = yield* groupTraces(judged);
  const fleet = surveyFleet(judged, knowledge);
  return { files: judged.map((j) => j.file), diagnosis, groups, ...(fleet && { fleet }) };
}

/** Returns a judge of single readings that remembers each result as long as its reading is held. */
export function createJudge(knowledge: Knowledge, slowMs = defaultSlowMs): Judge {
  const results = new WeakMap<Reading, JudgedReading>();
  return (reading) => {
    let judged = results.get(reading);
    if (!judged) {
      judged = judgeReading(reading, knowledge, slowMs);
      results.set(reading, judged);
    }
    return judged;
  };
}
