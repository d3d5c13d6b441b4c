import type { CaseRecord, SimilarCases } from '../desk/ports/case-record.js';

/**
 * Describes the cases of the same failure.
 * @param first the oldest of them
 * @param marked the one that a user marked last
 */
export function findSimilarCases(count: number, first?: CaseRecord, marked?: CaseRecord): SimilarCases {
  const outcome = marked?.outcome;
  return {
    count,
    ...(first && { since: first.openedAt }),
    ...(outcome && outcome !== 'open' && { marked: outcome }),
  };
}
