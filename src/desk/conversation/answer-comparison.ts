import { compareAnswer } from '../../answer/compare-answer.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import type { IntakeInput } from '../../intake/intake.js';
import type { DeskParts } from '../parts.js';
import type { DiagnoseReply } from '../results.js';

/**
 * Compares a failing log with a working one: the answer names the first event that differs.
 * @throws CatalogueError when a log cannot be read
 */
export async function answerComparison(bad: IntakeInput, good: IntakeInput, parts: DeskParts): Promise<DiagnoseReply> {
  const { knowledge, intake, clock, slowMs } = parts;
  const { readings, comparison } = await intake.compare(bad, good);
  const report = diagnose(readings, knowledge, { slowMs });
  return { report, answer: compareAnswer(comparison, report, knowledge, { now: clock.now() }) };
}
