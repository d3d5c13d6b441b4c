import type { Answer } from '../../answer/answer.js';
import { answerReport } from '../../answer/diagnosis-answer.js';
import { joinedAnswer } from '../../answer/joined-answer.js';
import { showNews } from '../../answer/show-news.js';
import { createJudge, diagnoseInSteps, type Judge } from '../../diagnosis/diagnose.js';
import type { Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { runInTurn, runInTurns } from '../../intake/pacing.js';
import { rememberFailure, rememberSubject, type ThreadFacts } from '../../questions/thread/facts.js';
import type { CaseInput, CaseOutcome } from '../cases/cases.js';
import type { DeskParts } from '../desk-parts.js';
import { distinctKinds } from '../distinct-kinds.js';
import type { DiagnosisSummary } from '../results.js';
import { reportRefusals } from '../trouble.js';
import { readAsAsked } from './asked-evidence.js';
import type { Conversation } from './conversation.js';
import { answerFailedFiles, type FailedFile, withFailedFiles } from './failed-files.js';
import { failureFacts, unexplainedSubject } from './failure-facts.js';
import { selectSameSubject } from './same-subject.js';
import { shownFacts } from './shown-facts.js';
import { readTold } from './told-evidence.js';

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
  { readings: read, failed }: NewFiles,
  conversation: Conversation | undefined,
  parts: DeskParts,
  judge?: Judge,
): Promise<ThreadDiagnosis> {
  reportRefusals(read, parts.events);
  const thread: ThreadFacts = conversation?.state ?? {};
  const readings = readAsAsked(read, thread, parts.knowledge);
  const judgeOne = judge ?? createJudge(parts.knowledge, parts.slowMs);
  const together = await joinEarlier(readings, conversation, parts, judgeOne);
  const startedAt = performance.now();
  const { report, answer } = await diagnoseReadings(together, parts, judgeOne);
  if (readings.length === 0) return { report, answer: answerFailedFiles(failed) };
  const { answer: followed, comparison } = await followCase(
    { report, answer },
    { fresh: readings, together },
    conversation,
    parts,
    judgeOne,
  );
  const { verdict, findings } = report.diagnosis;
  const ms = Math.round(performance.now() - startedAt);
  parts.events.emit({ name: 'diagnosed', verdict, files: readings.length, ms });
  const cause = findings[0]?.cause;
  const failure = failureFacts(report);
  const subject = unexplainedSubject(report, parts.knowledge);
  const { outcome: _, ...open } = { ...thread.told, ...shownFacts(together) };
  const wanted = evidenceToAskFor(report);
  const told = comparison === 'fixed' ? { ...open, outcome: 'fixed' } : open;
  const facts = failure
    ? rememberFailure(failure, told, wanted)
    : comparison === 'fixed' && thread.failure
      ? rememberFailure(thread.failure, told)
      : subject === undefined
        ? undefined
        : rememberSubject(subject, told, wanted);
  const seen = [...new Set([...(thread.seen ?? []), ...distinctKinds(readings)])];
  return {
    report,
    answer: withFailedFiles(followed, failed),
    facts: facts && { ...facts, seen },
    summary: { kinds: distinctKinds(readings), cause, verdict },
  };
}

/** The evidence that the answer asks for. */
function evidenceToAskFor({ diagnosis, files }: Report): string[] {
  const [finding] = diagnosis.findings;
  return finding && finding.missing.length > 0 ? finding.missing : [...new Set(files.flatMap(({ next }) => next))];
}

/** Adds the readings to the memory of their conversation, and returns them with what the conversation has shown before. */
async function joinEarlier(
  readings: Reading[],
  conversation: Conversation | undefined,
  parts: DeskParts,
  judge: Judge,
): Promise<Reading[]> {
  if (!conversation || onlyEvidence(readings).length === 0) return readings;
  await conversation.recall?.();
  const all = parts.memory.add(conversation.thread, readings, conversation.message);
  const related = selectRelated(all, readings);
  const found = conversation.state?.failure?.cause;
  const kept = await runInTurns(selectSameSubject(related, isOneOf(readings), found, judge));
  const told = await readTold(conversation.state ?? {}, kept, parts);
  // The memory takes evidence only; the answer names the other new files, too.
  return [...kept, ...told, ...readings.filter(({ kind }) => kind === 'unknown')];
}

/** Diagnoses readings, and answers about them alone. */
export async function diagnoseReadings(
  readings: Reading[],
  { knowledge, clock, slowMs }: DeskParts,
  judge: Judge,
): Promise<{ report: Report; answer: Answer }> {
  const report = await runInTurns(diagnoseInSteps(readings, knowledge, { slowMs, judge }));
  return { report, answer: await runInTurn(() => answerReport(report, knowledge, { now: clock.now() })) };
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
  judge: Judge,
): Promise<Pick<CaseOutcome, 'answer' | 'comparison'>> {
  if (!conversation) return { answer };
  const { thread, message } = conversation;
  const { cases, memory, recall } = parts;
  const isFresh = isOneOf(fresh);
  const alone = (readings: Reading[]) => diagnoseReadings(readings, parts, judge);
  const followup = await cases.follow(conversation, { fresh, together, report, answer, alone });
  if (followup.comparison === 'fixed' || followup.comparison === 'changed') {
    memory.forget(thread);
    memory.add(thread, fresh, message);
    await recall.removeOutdated(thread, message);
  } else if (followup.comparison === 'list-fixed') {
    memory.remove(thread, (earlier) => earlier.kind === 'rights-export' && !isFresh(earlier));
    await recall.removeOutdated(thread, message, 'rights-export');
  }
  // A person who shows the same log again asks for the whole answer again.
  const showsNews = conversation.chat && followup.comparison !== 'seen';
  const earlier = showsNews && (await parts.answers.lastDiagnosis(thread, message));
  const before = conversation.state?.failure;
  const names = together.filter(isFresh).map(({ file }) => file);
  const joined =
    before && !followup.comparison
      ? joinedAnswer(followup.answer, before, report, names, parts.knowledge)
      : followup.answer;
  const { comparison } = followup;
  return { answer: earlier ? showNews(joined, earlier) : joined, ...(comparison && { comparison }) };
}

/** Returns what tells these readings from others, whatever names they got beside others. */
function isOneOf(readings: readonly Reading[]): (reading: Reading) => boolean {
  const own = new Set(readings.map(({ observations }) => observations));
  return ({ observations }) => own.has(observations);
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
