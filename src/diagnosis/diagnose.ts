import type { Reading } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { diagnosisOf } from './findings.js';
import { groupsOf } from './groups.js';
import { defaultSlowMs, judge } from './judge.js';
import type { Report } from './report.js';

/**
 * Judges each reading alone, then all of them together.
 * @param options.slowMs requests from this many milliseconds on are slow; default 3000
 */
export function diagnose(readings: Reading[], knowledge: Knowledge, options: { slowMs?: number } = {}): Report {
  const judged = readings.map((reading) => judge(reading, knowledge, options.slowMs ?? defaultSlowMs));
  return { files: judged.map((j) => j.file), diagnosis: diagnosisOf(judged), groups: groupsOf(judged) };
}
