import type { Ranking } from '../rank/rank.js';

/** With such a share of the votes for the thread's own subject one of its statements may be meant instead. */
const shareFrom = 0.4;

/**
 * Returns a ranking in which a statement of the thread's own subject comes first, where the question is nearer to what is asked of that subject alone
 * than to what every thread may ask.
 * @param about the entries that the thread is about
 */
export function preferOwnStatement(ranking: Ranking, about: readonly string[] = []): Ranking {
  const { candidates, likeness, isWritten } = ranking;
  const [first] = candidates;
  if (first?.entry !== 'same' || isWritten) return ranking;
  const own = candidates.find(
    ({ entry, statement, share }) =>
      statement !== undefined &&
      about.includes(entry) &&
      share >= shareFrom * first.share &&
      likeness(entry) > likeness('same'),
  );
  return own ? { ...ranking, candidates: [own, ...candidates.filter((one) => one !== own)] } : ranking;
}
