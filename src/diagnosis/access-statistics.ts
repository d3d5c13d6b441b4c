import type { Observation } from '../evidence/evidence.js';
import type { ReadingFacts } from './reading-facts.js';

/** How often one value is in the lines of a log. */
export interface LineCount {
  /** `500.19 33`, a path, an httperr reason, or a sort of noise. */
  value: string;
  /** What the requests for a path ended with; the queue's pool is not known here. */
  combination?: string;
  lines: number;
  /** 1-based number of the first such line. */
  first: number | null;
}

/** The counts of an access log or of pasted lines of one, each most frequent first. */
export interface AccessStatistics {
  lines: number;
  failures: number;
  refusals: number;
  combinations: LineCount[];
  urls: LineCount[];
  reasons: LineCount[];
  noise: LineCount[];
}

/** Undefined for evidence that has no lines of a log. */
export function accessStatistics(facts: ReadingFacts): AccessStatistics | undefined {
  const lines = facts.number('access.lines');
  if (lines === undefined) return undefined;
  return {
    lines,
    failures: facts.number('access.failures') ?? 0,
    refusals: facts.number('access.refusals') ?? 0,
    combinations: facts.all('access.status').map(lineCount),
    urls: facts.all('access.url').map(lineCount),
    reasons: facts.all('access.reason').map(lineCount),
    noise: facts.all('access.noise').map(lineCount),
  };
}

/** The reader writes the count behind the raw value, and what a path ended with behind its field. */
function lineCount(o: Observation): LineCount {
  const counted = / \((\d{1,15}) lines?\)$/.exec(o.raw ?? '');
  const combination = /, (\d{3}.*)$/.exec(o.field ?? '')?.[1];
  return {
    value: String(o.value),
    ...(combination !== undefined && { combination }),
    lines: counted ? Number(counted[1]) : 1,
    first: o.event ?? null,
  };
}
