import { compareAnswer } from '../../answer/compare-answer.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import type { IntakeInput } from '../../intake/intake.js';
import type { DeskParts } from '../desk-parts.js';
import type { Spender } from '../quotas.js';
import type { DiagnoseReply } from '../results.js';
import { compareTimed } from '../timed-reading.js';

/**
 * Compares a failing log with a working one: the answer names the first event that differs.
 * @param spender whose quotas pay for the time it takes; absent for calls on this machine
 * @throws CatalogueError when a log cannot be read
 */
export async function answerComparison(
  bad: IntakeInput,
  good: IntakeInput,
  parts: DeskParts,
  spender?: Spender,
): Promise<DiagnoseReply> {
  const { knowledge, clock, slowMs } = parts;
  const { readings, comparison } = await compareTimed(bad, good, spender, parts);
  const report = diagnose(readings, knowledge, { slowMs });
  return { report, answer: compareAnswer(comparison, report, knowledge, { now: clock.now() }), comparison };
}
