import type { CaseEvidence } from '../ports/case-record.js';
import { type CaseComparison, comparisonResults, type NewEvidence } from './case-comparison.js';
import { compareRequests } from './compare-requests.js';
import { compareLists, compareLogons, compareTokens } from './compare-rights.js';
import { newestOf } from './snapshots.js';

/**
 * Compares new files with what the case has kept of earlier ones, so that it works after a restart. Returns the comparison
 * that counts most; undefined when nothing can be compared.
 * @param earlier evidence of the case, without that of the message the new files came with
 * @param isMissingRight true for the causes that a right in a token refutes
 */
export function compareWithCase(
  earlier: readonly CaseEvidence[],
  fresh: readonly NewEvidence[],
  isMissingRight: (cause: string) => boolean,
): CaseComparison | undefined {
  const failedRequests = earlier.flatMap(({ shows }) =>
    shows?.cause && isMissingRight(shows.cause) && shows.status ? [shows] : [],
  );
  const failure = newestOf(failedRequests);
  const comparisons = [
    compareRequests(earlier, fresh),
    failure && compareTokens(failure, fresh),
    failure && compareLogons(failure, fresh),
    compareLists(earlier, fresh),
  ].filter((comparison) => comparison !== undefined);
  const rank = ({ result }: CaseComparison) => comparisonResults.indexOf(result);
  return comparisons.sort((a, b) => rank(a) - rank(b))[0];
}
