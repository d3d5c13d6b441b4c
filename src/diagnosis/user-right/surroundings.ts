import type { JudgedReading } from '../judged-reading.js';
import type { Remarks } from './remarks.js';
import type { Symptom } from './symptom.js';

/** Pools that IIS Express brings along: it runs as the developer, often with a filtered token. */
export const expressPool = /^(Clr[24](Integrated|Classic)AppPool|UnmanagedClassicAppPool|IISExpressAppPool)$/i;

/** Remarks what the failing requests themselves suggest: IIS Express, and pages that work while their style sheets fail. */
export function remarkSurroundings(
  files: readonly JudgedReading[],
  { pool, judged: [failing] }: Symptom,
  remarks: Remarks,
): void {
  if (pool && expressPool.test(pool)) remarks.add('iis-express', failing);
  // Managed pages need no file opened as the caller; files beside them do, and fail.
  const answered = files.find(
    ({ facts }) =>
      facts.reading.kind === 'freb-log' &&
      (facts.number('final-status') ?? 500) < 400 &&
      facts.text('request.app-pool') === pool,
  );
  if (answered && failing) remarks.add('page-and-parts', answered, { other: failing.file.name });
}
