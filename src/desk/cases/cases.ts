import type { Answer, Part } from '../../answer/answer.js';
import type { Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { Scrubber } from '../../evidence/scrub/scrubber.js';
import { runInTurns } from '../../intake/pacing.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CaseRecord } from '../ports/case-record.js';
import type { Clock } from '../ports/environment.js';
import type { Store, ThreadState } from '../ports/store.js';
import type { ComparisonResult } from './case-comparison.js';
import { caseLimits, selectForCase, showsFailedRequest, summarizeEvidence, verdictOfReading } from './case-evidence.js';
import type { CasePlace } from './case-place.js';
import { CaseRecords, enterEvidence } from './case-records.js';
import { caseReply, foreignCaseReply, reasonReply, similarCasesPart, unknownCaseReply } from './case-replies.js';
import { compareWithCase } from './compare-with-case.js';
import { comparisonAnswer } from './comparison-answer.js';
import { findPoolAccounts } from './pool-logons.js';
import { failureHash } from './summarize-file.js';
import { TurnQueue } from './turn-queue.js';

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

/** Follows cases: each is numbered in its tenant and belongs to one conversation. */
export class Cases {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #knowledge: Knowledge;
  readonly #records: CaseRecords;
  /** The case of a thread changes once at a time. */
  readonly #turns = new TurnQueue();

  constructor(deps: { store: Store; clock: Clock; knowledge: Knowledge }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#knowledge = deps.knowledge;
    this.#records = new CaseRecords(deps.store, deps.clock);
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
    const files = readings.map((reading, index) =>
      verdictOfReading(reading, isFirst ? undefined : index, diagnosis.report),
    );
    const context = { salt: place.tenant, earlier, accounts: findPoolAccounts(together) };
    const evidence = await runInTurns(summarizeEvidence(readings, files, context));
    const comparison = compareWithCase(earlier, evidence, (cause) => this.#isAboutRight(cause));
    const failure = failureHash(comparison ? diagnosis.report : report, place.tenant);
    if (!current && failure === undefined) return { answer };
    const entries = this.#records.entriesOf(evidence, place);
    const isUnrelatedFailure = !isFirst && !comparison && evidence.some(showsFailedRequest);
    const record =
      !current || (isUnrelatedFailure && failure !== current.failure)
        ? await this.#records.open(place, failure ?? '', report, entries, current?.number ?? 0)
        : await this.#records.change(current, (record) =>
            enterEvidence(record, { entries, message: place.message, report, failure, comparison }),
          );
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
        await this.#records.change(current, (record) => {
          // A press that is repeated after a crash counts once.
          if (record.pressed.some(({ message }) => message === place.message)) return;
          const press = { action, at: this.#records.now(), message: place.message };
          record.pressed = [...record.pressed, press].slice(-caseLimits.presses);
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
      const clean = new Scrubber().text(text).slice(0, caseLimits.noteLength);
      await this.#records.change(current, (record) => {
        const note = { at: this.#records.now(), text: clean, message: place.message };
        record.notes = [...record.notes.filter(({ message }) => message !== place.message), note].slice(
          -caseLimits.notes,
        );
      });
      return reasonReply();
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
      await this.#records.change(current, (record) => {
        record.evidence = ofOthers(record.evidence);
        record.notes = ofOthers(record.notes);
      });
    });
  }
}
