import type { Answer } from '../../answer/answer.js';
import { answerReport } from '../../answer/diagnosis-answer.js';
import { errorAnswer } from '../../answer/errors.js';
import { type DiagnoseOptions, diagnoseInSteps } from '../../diagnosis/diagnose.js';
import type { Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { runInTurns } from '../../intake/pacing.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CasePlace, Cases } from '../cases/cases.js';
import { distinctKinds } from '../kinds.js';
import { describeFailedFile, type FailedFile } from '../messages/fetch-files.js';
import type { Recall } from '../messages/recall.js';
import type { Clock, Events } from '../ports/environment.js';
import { failedFilesPart } from '../replies.js';
import type { EvidenceMemory } from './evidence-memory.js';

export interface ThreadDiagnosis {
  report: Report;
  answer: Answer;
  /** What a follow-up question will be about: the cause. */
  topic?: string;
}

export interface DiagnoseDeps {
  knowledge: Knowledge;
  memory: EvidenceMemory;
  clock: Clock;
  slowMs?: number;
  events?: Events;
  cases?: Cases;
  /** Whose conversation this is; nothing is followed without. */
  place?: CasePlace;
  /** Where the thread's files can be had again. */
  recall?: Recall;
  /** Brings back what the thread has shown before this process was there. */
  remember?(): Promise<void>;
  /** Told what was diagnosed, for the audit trail. */
  noted?(diagnosed: DiagnosisSummary): void;
}

/** What was diagnosed, without any content. */
export interface DiagnosisSummary {
  kinds: string[];
  cause: string | undefined;
  verdict: string;
}

/** True when at least one file is evidence of some kind. */
export function hasEvidence(readings: readonly Reading[]): boolean {
  return readings.some((reading) => reading.kind !== 'unknown');
}

/**
 * Diagnoses new readings together with what their thread has shown before. When nothing new is evidence the earlier
 * files stay out of it: the answer is about what was just dropped. Files that could not be fetched follow as sentences.
 */
export async function diagnoseThread(
  fresh: Reading[],
  failed: readonly FailedFile[],
  thread: string | undefined,
  deps: DiagnoseDeps & Pick<DiagnoseOptions, 'judge'>,
): Promise<ThreadDiagnosis> {
  const joins = thread !== undefined && hasEvidence(fresh);
  if (joins) await deps.remember?.();
  const together = joins
    ? withRefused(related(deps.memory.join(thread, fresh, deps.place?.message), fresh), fresh)
    : fresh;
  const began = performance.now();
  const alone = async (readings: Reading[]) => {
    const report = await runInTurns(
      diagnoseInSteps(readings, deps.knowledge, { slowMs: deps.slowMs, judge: deps.judge }),
    );
    return { report, answer: answerReport(report, deps.knowledge, { now: deps.clock.now() }) };
  };
  const { report, answer: whole } = await alone(together);
  if (fresh.length === 0) return { report, answer: failedAnswer(failed) };
  const answer = await followed(whole, report, fresh, alone, deps);
  const cause = report.diagnosis.findings[0]?.cause;
  deps.events?.emit({
    name: 'diagnosed',
    verdict: report.diagnosis.verdict,
    files: fresh.length,
    ms: Math.round(performance.now() - began),
  });
  deps.noted?.({ kinds: distinctKinds(fresh), cause, verdict: report.diagnosis.verdict });
  return {
    report,
    answer:
      failed.length === 0
        ? answer
        : { ...answer, parts: [...answer.parts, failedFilesPart(failed.map(describeFailedFile))] },
    topic: cause,
  };
}

/** Enters the new evidence into its case. After "fixed" and "changed" what was before no longer speaks for the present. */
async function followed(
  answer: Answer,
  report: Report,
  fresh: readonly Reading[],
  alone: (readings: Reading[]) => Promise<{ report: Report; answer: Answer }>,
  deps: DiagnoseDeps,
): Promise<Answer> {
  const { cases, place, memory, recall } = deps;
  if (!cases || !place) return answer;
  const followup = await cases.follow(place, { fresh, report, answer, alone });
  const { loop } = followup;
  if (loop === 'fixed' || loop === 'changed') {
    memory.forget(place.thread);
    memory.join(place.thread, fresh, place.message);
    await recall?.outdate(place.thread, place.message);
  } else if (loop === 'list-fixed') {
    const outdated = (one: Reading) =>
      one.kind === 'rights-export' && !fresh.some(({ observations }) => observations === one.observations);
    memory.drop(place.thread, outdated);
    await recall?.outdate(place.thread, place.message, 'rights-export');
  }
  return followup.answer;
}

/**
 * What of a thread's evidence speaks about the new files. A 1:1 chat is one long thread: a log of another server or pool
 * that was dropped there last week has nothing to do with the one dropped now. What is no log always stays.
 */
function related(held: Reading[], fresh: readonly Reading[]): Reading[] {
  const traces = fresh.filter((reading) => reading.kind === 'freb-log');
  if (traces.length === 0) return held;
  const places = new Set(traces.map(place));
  return held.filter((reading) => reading.kind !== 'freb-log' || places.has(place(reading)));
}

function place(trace: Reading): string {
  const fact = (name: 'request.server' | 'request.app-pool') =>
    trace.observations.find((observation) => observation.name === name)?.value;
  return JSON.stringify([fact('request.server'), fact('request.app-pool')]);
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

function failedAnswer(failed: readonly FailedFile[]): Answer {
  const [first, ...others] = failed;
  if (!first) return errorAnswer('nothing-attached');
  const answer = errorAnswer(first.code, first.facts);
  if (others.length === 0) return answer;
  return { ...answer, parts: [...answer.parts, failedFilesPart(others.map(describeFailedFile))] };
}
