import type { Answer, Part } from '../../answer/answer.js';
import type { FileVerdict, Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { Scrubber } from '../../evidence/scrub/scrubber.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CaseEvidence, CaseRecord } from '../ports/case-record.js';
import type { Clock } from '../ports/environment.js';
import type { Store, ThreadState } from '../ports/store.js';
import type { CaseComparison, ComparisonResult, NewEvidence } from './case-comparison.js';
import { caseReply, foreignCaseReply, notedReply, similarCasesPart, unknownCaseReply } from './case-replies.js';
import { compareWithCase } from './compare-with-case.js';
import { comparisonAnswer } from './comparison-answer.js';
import { findPoolAccounts } from './pool-logons.js';
import { fingerprint } from './snapshot-hashes.js';
import { isFailing } from './snapshots.js';
import { failureHash, nameRequest, type SnapshotContext, summarizeFile } from './summarize-file.js';
import { TurnQueue } from './turn-queue.js';

/** The conversation of a case, and the message that changes it. */
export interface CasePlace {
  thread: string;
  tenant: string;
  /** Key of the message; a unique one for calls without a message. */
  message: string;
  who?: string;
}

/** New evidence, with its diagnosis. */
export interface CaseInput {
  fresh: readonly Reading[];
  /** All evidence of the thread, with the new. */
  together: readonly Reading[];
  /** The diagnosis of all evidence of the thread. */
  report: Report;
  answer: Answer;
  /** Diagnoses new evidence alone. Called only where it is compared with earlier evidence. */
  alone(readings: Reading[]): Promise<{ report: Report; answer: Answer }>;
}

export interface CaseOutcome {
  answer: Answer;
  comparison?: ComparisonResult;
  number?: number;
}

const limits = { evidence: 100, presses: 50, notes: 5, noteLength: 500 } as const;

/** Follows cases: each is numbered in its tenant and belongs to one conversation. */
export class Cases {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #knowledge: Knowledge;
  /** The case of a thread changes once at a time. */
  readonly #turns = new TurnQueue();

  constructor(deps: { store: Store; clock: Clock; knowledge: Knowledge }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#knowledge = deps.knowledge;
  }

  /** Adds new evidence to the case of its thread, opens a case for a new failure, and compares with earlier evidence. */
  follow(place: CasePlace, input: CaseInput): Promise<CaseOutcome> {
    return this.#turns.run(place.thread, () => this.#follow(place, input));
  }

  async #follow(place: CasePlace, input: CaseInput): Promise<CaseOutcome> {
    const { fresh, together, report, answer } = input;
    const readings = selectForCase(fresh);
    if (readings.length === 0) return { answer };
    const current = await this.#store.caseOf(place.thread);
    const earlier = current?.evidence.filter(({ message }) => message !== place.message) ?? [];
    const isFirst = earlier.length === 0;
    const diagnosis = isFirst ? { report, answer } : await input.alone(readings);
    const files = readings.map((reading, index) => fileOf(reading, isFirst ? undefined : index, diagnosis.report));
    const context = { salt: place.tenant, earlier, accounts: findPoolAccounts(together) };
    const evidence = readings.map((reading, index) => summarizeEvidence(files[index]!, reading, context));
    const comparison = compareWithCase(earlier, evidence, (cause) => this.#isAboutRight(cause));
    const failure = failureHash(comparison ? diagnosis.report : report, place.tenant);
    if (!current && failure === undefined) return { answer };
    const entries = evidence.map((one) => this.#entry(one, place));
    const isUnrelatedFailure = !isFirst && !comparison && evidence.some(showsFailedRequest);
    const record =
      !current || (isUnrelatedFailure && failure !== current.failure)
        ? await this.#open(place, failure ?? '', report, entries, current?.number ?? 0)
        : await this.#enter(current, entries, place, report, failure, comparison);
    // Another replica has opened the case at the same moment, so this evidence belongs to that case.
    if (!record) return this.#follow(place, input);
    if (!comparison) return { answer: await this.#withSimilarCases(answer, record), number: record.number };
    const diagnosed = comparison.result === 'changed' ? diagnosis.answer : answer;
    return {
      answer: comparisonAnswer(comparison, record, diagnosed, this.#knowledge),
      comparison: comparison.result,
      number: record.number,
    };
  }

  #isAboutRight(cause: string): boolean {
    return this.#knowledge.causes.get(cause)?.reasoning === 'user-right';
  }

  #entry({ file, print, shows }: NewEvidence, { message }: CasePlace): CaseEvidence {
    return { kind: file.kind, print, at: this.#now(), message, ...(shows && { shows }) };
  }

  async #open(
    place: CasePlace,
    failure: string,
    report: Report,
    evidence: CaseEvidence[],
    after: number,
  ): Promise<CaseRecord | undefined> {
    const now = this.#now();
    const finding = report.diagnosis.findings[0];
    const opened = {
      tenant: place.tenant,
      thread: place.thread,
      failure,
      openedAt: now,
      seenAt: now,
      cause: finding?.cause ?? null,
      confidence: finding?.confidence ?? null,
      evidence: evidence.slice(-limits.evidence),
      pressed: [],
      outcome: 'open' as const,
      notes: [],
    };
    return this.#store.openCase(opened, after);
  }

  async #enter(
    current: CaseRecord,
    entries: CaseEvidence[],
    place: CasePlace,
    report: Report,
    failure: string | undefined,
    comparison: CaseComparison | undefined,
  ): Promise<CaseRecord> {
    return this.#change(current, (record) => {
      const others = record.evidence.filter(({ message }) => message !== place.message);
      record.evidence = [...others, ...entries].slice(-limits.evidence);
      const finding = report.diagnosis.findings[0];
      const result = comparison?.result;
      if (result === 'fixed') {
        record.outcome = 'fixed';
        return;
      }
      if (result === 'same' || result === 'changed') record.outcome = 'open';
      if (failure === undefined || result === 'list-fixed' || result === 'seen') return;
      if (result === 'changed' || record.failure === '') record.failure = failure;
      const cause = result === 'changed' ? comparison!.after.cause : (finding?.cause ?? record.cause);
      record.cause = cause;
      record.confidence = finding?.cause === cause ? finding!.confidence : (comparison?.file.confidence ?? null);
    });
  }

  async #withSimilarCases(answer: Answer, record: CaseRecord): Promise<Answer> {
    if (record.failure === '') return answer;
    const similar = await this.#store.casesLike(record.tenant, record.failure, record);
    const part: Part | undefined = similarCasesPart(record, similar, this.#clock.now());
    return part ? { ...answer, parts: [...answer.parts, part] } : answer;
  }

  /** Enters "This fixed it" or "Not it" into the case. After "Not it", the presser's next message is the reason. */
  async recordPress(place: CasePlace, action: 'fixed' | 'not-it'): Promise<void> {
    await this.#turns.run(place.thread, async () => {
      const current = await this.#store.caseOf(place.thread);
      if (current) {
        await this.#change(current, (record) => {
          // A press that is repeated after a crash counts once.
          if (record.pressed.some(({ message }) => message === place.message)) return;
          const press = { action, at: this.#now(), message: place.message };
          record.pressed = [...record.pressed, press].slice(-limits.presses);
          record.outcome = action;
        });
      }
      const state = (await this.#store.thread(place.thread)) ?? { joined: true, muted: false };
      const { asked: _, ...rest } = state;
      await this.#store.saveThread(place.thread, {
        ...rest,
        ...(action === 'not-it' && current && place.who && { asked: place.who }),
      });
    });
  }

  /** Stores the reason after "Not it" and returns the reply; undefined when this user was not asked. */
  recordReason(place: CasePlace, text: string): Promise<Answer | undefined> {
    return this.#turns.run(place.thread, async () => {
      const state = await this.#store.thread(place.thread);
      if (!state?.asked || state.asked !== place.who) return undefined;
      const { asked: _, ...rest } = state satisfies ThreadState;
      await this.#store.saveThread(place.thread, rest);
      const current = await this.#store.caseOf(place.thread);
      if (!current) return undefined;
      const clean = new Scrubber().text(text).slice(0, limits.noteLength);
      await this.#change(current, (record) => {
        const note = { at: this.#now(), text: clean, message: place.message };
        record.notes = [...record.notes.filter(({ message }) => message !== place.message), note].slice(-limits.notes);
      });
      return notedReply();
    });
  }

  /** Answers the commands `case` and `case 12`. */
  async describe(
    place: CasePlace | undefined,
    number: number | undefined,
    readings: readonly Reading[],
  ): Promise<Answer> {
    if (!place) return caseReply(undefined, readings, this.#knowledge);
    if (number === undefined) return caseReply(await this.#store.caseOf(place.thread), readings, this.#knowledge);
    const record = await this.#store.caseNumbered(place.tenant, number);
    if (!record) return unknownCaseReply(number);
    if (record.thread !== place.thread) return foreignCaseReply(record, this.#clock.now());
    const isCurrent = (await this.#store.caseOf(place.thread))?.number === number;
    return caseReply(record, isCurrent ? readings : [], this.#knowledge);
  }

  /** Removes the evidence and notes of a deleted message, and the case when no evidence is left. */
  removeMessage(thread: string, message: string): Promise<void> {
    return this.#turns.run(thread, async () => {
      const current = await this.#store.caseOf(thread);
      if (!current) return;
      const ofOthers = <T extends { message?: string }>(all: T[]) => all.filter((one) => one.message !== message);
      const evidence = ofOthers(current.evidence);
      if (evidence.length === 0) return this.#store.removeCase(current.tenant, current.number);
      const isUntouched =
        evidence.length === current.evidence.length && ofOthers(current.notes).length === current.notes.length;
      if (isUntouched) return;
      await this.#change(current, (record) => {
        record.evidence = ofOthers(record.evidence);
        record.notes = ofOthers(record.notes);
      });
    });
  }

  /** Changes a case and saves it. Repeats the change on the newer record when another replica has saved one meanwhile. */
  async #change(current: CaseRecord, change: (record: CaseRecord) => void): Promise<CaseRecord> {
    let record = current;
    for (let tries = 0; tries < 10; tries++) {
      change(record);
      record.seenAt = this.#now();
      if (await this.#store.saveCase(record)) break;
      const newer = await this.#store.caseNumbered(record.tenant, record.number);
      if (!newer) break;
      record = newer;
    }
    return record;
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }
}

/**
 * Selects the evidence that a case records. Of thousands of logs it takes some, because they are alike; of an export of the
 * server there is one.
 */
function selectForCase(fresh: readonly Reading[]): Reading[] {
  const known = fresh.filter(({ kind }) => kind !== 'unknown');
  if (known.length <= limits.evidence) return known;
  const others = known.filter(({ kind }) => kind !== 'freb-log').slice(0, limits.evidence / 2);
  const traces = known.filter(({ kind }) => kind === 'freb-log').slice(0, limits.evidence - others.length);
  return [...traces, ...others];
}

/**
 * Finds the verdict of a reading in a report.
 * @param index the position of the reading, where the report is about just these readings
 */
function fileOf(reading: Reading, index: number | undefined, { files }: Report): FileVerdict {
  const file = index === undefined ? files.find(({ name }) => name === reading.file) : files[index];
  return file ?? files[0]!;
}

function summarizeEvidence(file: FileVerdict, reading: Reading, context: SnapshotContext): NewEvidence {
  const shows = summarizeFile(file, reading, context);
  const requestName = nameRequest(file, reading, shows, context.salt);
  return { file, print: fingerprint(reading), shows, requestName };
}

function showsFailedRequest({ shows }: NewEvidence): boolean {
  return shows?.status !== undefined && isFailing(shows.verdict);
}
