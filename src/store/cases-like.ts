import type { CaseRecord, SimilarCases } from '../desk/ports/case-record.js';

/**
 * @param first the oldest of them
 * @param marked the one that people last said something of
 */
export function findSimilarCases(count: number, first?: CaseRecord, marked?: CaseRecord): SimilarCases {
  const outcome = marked?.outcome;
  return {
    count,
    ...(first && { since: first.openedAt }),
    ...(outcome && outcome !== 'open' && { marked: outcome }),
  };
}
