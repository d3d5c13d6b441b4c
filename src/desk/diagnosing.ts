import type { Answer } from '../answer/answer.js';
import { answerReport } from '../answer/diagnosis-answer.js';
import { errorAnswer } from '../answer/errors.js';
import { type DiagnoseOptions, diagnosing } from '../diagnosis/diagnose.js';
import type { Report } from '../diagnosis/report.js';
import type { Reading } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { EvidenceMemory } from './evidence-memory.js';
import { type Failed, failedText } from './fetching.js';
import type { Clock } from './ports.js';
import { failedFilesPart } from './replies.js';
import { inTurns } from './turns.js';

export interface Judged {
  report: Report;
  answer: Answer;
  /** What a follow-up question will be about: the cause. */
  topic?: string;
}

export interface JudgeDeps {
  knowledge: Knowledge;
  memory: EvidenceMemory;
  clock: Clock;
  slowMs?: number;
}

/** True when at least one file is evidence of some kind. */
export function anyEvidence(readings: readonly Reading[]): boolean {
  return readings.some((reading) => reading.kind !== 'unknown');
}

/**
 * Diagnoses new readings together with what their thread has shown before. When nothing new is evidence the earlier
 * files stay out of it: the answer is about what was just dropped. Files that could not be fetched follow as sentences.
 */
export async function judge(
  fresh: Reading[],
  failed: readonly Failed[],
  thread: string | undefined,
  deps: JudgeDeps & Pick<DiagnoseOptions, 'judge'>,
): Promise<Judged> {
  const together =
    thread !== undefined && anyEvidence(fresh) ? withRefused(deps.memory.join(thread, fresh), fresh) : fresh;
  const report = await inTurns(diagnosing(together, deps.knowledge, { slowMs: deps.slowMs, judge: deps.judge }));
  if (fresh.length === 0) return { report, answer: failedAnswer(failed) };
  const answer = answerReport(report, deps.knowledge, { now: deps.clock.now() });
  return {
    report,
    answer:
      failed.length === 0 ? answer : { ...answer, parts: [...answer.parts, failedFilesPart(failed.map(failedText))] },
    topic: report.diagnosis.findings[0]?.cause,
  };
}

/** The memory holds evidence only; what was refused just now belongs into this answer all the same. */
function withRefused(held: Reading[], fresh: readonly Reading[]): Reading[] {
  const timelines = new Map(fresh.flatMap(({ file, timeline }) => (timeline ? [[file, timeline]] : [])));
  const evidence = held.map((reading) => {
    const timeline = reading.timeline ?? timelines.get(reading.file);
    return timeline ? { ...reading, timeline } : reading;
  });
  return [...evidence, ...fresh.filter((reading) => reading.kind === 'unknown')];
}

function failedAnswer(failed: readonly Failed[]): Answer {
  const [first, ...others] = failed;
  if (!first) return errorAnswer('nothing-attached');
  const answer = errorAnswer(first.code, first.facts);
  if (others.length === 0) return answer;
  return { ...answer, parts: [...answer.parts, failedFilesPart(others.map(failedText))] };
}
