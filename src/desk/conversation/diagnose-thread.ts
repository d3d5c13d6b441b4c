import type { Answer } from '../../answer/answer.js';
import { answerReport } from '../../answer/diagnosis-answer.js';
import { showNews } from '../../answer/news.js';
import { diagnoseInSteps, type Judge } from '../../diagnosis/diagnose.js';
import type { Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { runInTurns } from '../../intake/pacing.js';
import { rememberFailure, rememberSubject, type ThreadFacts } from '../../questions/thread/facts.js';
import type { CaseInput } from '../cases/cases.js';
import type { DeskParts } from '../desk-parts.js';
import { distinctKinds } from '../distinct-kinds.js';
import type { DiagnosisSummary } from '../results.js';
import { reportRefusals } from '../trouble.js';
import type { Conversation } from './conversation.js';
import { answerFailedFiles, type FailedFile, withFailedFiles } from './failed-files.js';
import { failureFacts, unexplainedSubject } from './failure-facts.js';

/** The files of one message or call: those that were read, and those that failed. */
export interface NewFiles {
  readings: Reading[];
  failed: readonly FailedFile[];
}

export interface ThreadDiagnosis {
  report: Report;
  answer: Answer;
  /** What the thread knows after it; undefined when no cause was found. */
  facts?: ThreadFacts | undefined;
  /** Absent when no file could be read. */
  summary?: DiagnosisSummary;
}

/** Returns the readings that are evidence of some kind. */
export function onlyEvidence(readings: readonly Reading[]): Reading[] {
  return readings.filter(({ kind }) => kind !== 'unknown');
}

/**
 * Diagnoses new files together with those their conversation has shown before. When none of the new ones is evidence, the
 * earlier files stay out: the answer is about what was just dropped. Files that failed follow as sentences.
 * @param judge judges a single file, where the caller has judged the files already
 */
export async function diagnoseThread(
  { readings, failed }: NewFiles,
  conversation: Conversation | undefined,
  parts: DeskParts,
  judge?: Judge,
): Promise<ThreadDiagnosis> {
  reportRefusals(readings, parts.events);
  const together = await joinEarlier(readings, conversation, parts);
  const startedAt = performance.now();
  const { report, answer } = await diagnoseReadings(together, parts, judge);
  if (readings.length === 0) return { report, answer: answerFailedFiles(failed) };
  const followed = await followCase({ report, answer }, { fresh: readings, together }, conversation, parts, judge);
  const { verdict, findings } = report.diagnosis;
  const ms = Math.round(performance.now() - startedAt);
  parts.events.emit({ name: 'diagnosed', verdict, files: readings.length, ms });
  const cause = findings[0]?.cause;
  const failure = failureFacts(report);
  const subject = unexplainedSubject(report, parts.knowledge);
  return {
    report,
    answer: withFailedFiles(followed, failed),
    facts: failure
      ? rememberFailure(failure, conversation?.state?.told)
      : subject === undefined
        ? undefined
        : rememberSubject(subject),
    summary: { kinds: distinctKinds(readings), cause, verdict },
  };
}

/** Adds the readings to the memory of their conversation, and returns them with what the conversation has shown before. */
async function joinEarlier(
  readings: Reading[],
  conversation: Conversation | undefined,
  { memory }: DeskParts,
): Promise<Reading[]> {
  if (!conversation || onlyEvidence(readings).length === 0) return readings;
  await conversation.recall?.();
  const all = memory.add(conversation.thread, readings, conversation.message);
  // The memory takes evidence only; the answer names the other new files, too.
  return [...selectRelated(all, readings), ...readings.filter(({ kind }) => kind === 'unknown')];
}

async function diagnoseReadings(
  readings: Reading[],
  { knowledge, clock, slowMs }: DeskParts,
  judge: Judge | undefined,
): Promise<{ report: Report; answer: Answer }> {
  const report = await runInTurns(diagnoseInSteps(readings, knowledge, { slowMs, judge }));
  return { report, answer: answerReport(report, knowledge, { now: clock.now() }) };
}

/**
 * Adds the new evidence to its case. After "fixed" and "changed" the earlier evidence is removed, because it no longer tells
 * the present state.
 */
async function followCase(
  { report, answer }: { report: Report; answer: Answer },
  { fresh, together }: Pick<CaseInput, 'fresh' | 'together'>,
  conversation: Conversation | undefined,
  parts: DeskParts,
  judge: Judge | undefined,
): Promise<Answer> {
  if (!conversation) return answer;
  const { thread, message } = conversation;
  const { cases, memory, recall } = parts;
  const alone = (readings: Reading[]) => diagnoseReadings(readings, parts, judge);
  const followup = await cases.follow(conversation, { fresh, together, report, answer, alone });
  if (followup.comparison === 'fixed' || followup.comparison === 'changed') {
    memory.forget(thread);
    memory.add(thread, fresh, message);
    await recall.removeOutdated(thread, message);
  } else if (followup.comparison === 'list-fixed') {
    memory.remove(thread, (earlier) => {
      const isFresh = fresh.some(({ observations }) => observations === earlier.observations);
      return earlier.kind === 'rights-export' && !isFresh;
    });
    await recall.removeOutdated(thread, message, 'rights-export');
  }
  // A person who shows the same log again asks for the whole answer again.
  const showsNews = conversation.chat && followup.comparison !== 'seen';
  const earlier = showsNews && (await parts.answers.lastDiagnosis(thread, message));
  return earlier ? showNews(followup.answer, earlier) : followup.answer;
}

/**
 * Selects the evidence of a thread that belongs to the new files. A 1:1 chat is one long thread: a log of another server or
 * pool that was dropped there last week does not belong to the one dropped now. Evidence other than logs always stays.
 */
function selectRelated(evidence: Reading[], fresh: readonly Reading[]): Reading[] {
  const traces = fresh.filter((reading) => reading.kind === 'freb-log');
  if (traces.length === 0) return evidence;
  const pools = new Set(traces.map(serverAndPool));
  return evidence.filter((reading) => reading.kind !== 'freb-log' || pools.has(serverAndPool(reading)));
}

function serverAndPool(trace: Reading): string {
  const factOf = (name: 'request.server' | 'request.app-pool') =>
    trace.observations.find((observation) => observation.name === name)?.value;
  return JSON.stringify([factOf('request.server'), factOf('request.app-pool')]);
}
