import type { Answer, Part } from '../../answer/answer.js';
import type { Report } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import { Scrubber } from '../../evidence/scrub/scrubber.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CaseEvidence, CaseRecord, CaseSnapshot } from '../ports/case-record.js';
import type { Clock } from '../ports/environment.js';
import type { Store, ThreadState } from '../ports/store.js';
import {
  caseReply,
  foreignCaseReply,
  loopAnswer,
  notedReply,
  similarCasesPart,
  unknownCaseReply,
} from './case-replies.js';
import { compareWithCase, type Loop } from './closed-loop.js';
import { fingerprint, isFailing } from './comparing.js';
import { findPoolAccounts } from './pool-logons.js';
import { failureHash, nameRequest, summarizeFile } from './snapshots.js';

/** Where a case is followed, and by which message. */
export interface CasePlace {
  thread: string;
  tenant: string;
  /** Key of the message; a unique one for calls without a message. */
  message: string;
  who?: string;
}

/** New evidence and what was made of it. */
export interface CaseInput {
  fresh: readonly Reading[];
  /** All evidence of the thread, with the new. */
  together: readonly Reading[];
  /** All evidence of the thread together. */
  report: Report;
  answer: Answer;
  /** Some of the new evidence alone, asked for only where it is compared with earlier. */
  alone(readings: Reading[]): Promise<{ report: Report; answer: Answer }>;
}

export interface CaseOutcome {
  answer: Answer;
  loop?: Loop['result'];
  number?: number;
}

const most = { evidence: 100, pressed: 50, notes: 5, noteLength: 500 } as const;

/** Cases as the desk keeps them: numbered in each tenant, each belonging to one conversation. */
export class Cases {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #knowledge: Knowledge;
  /** One change of a thread's case after the other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(deps: { store: Store; clock: Clock; knowledge: Knowledge }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#knowledge = deps.knowledge;
  }

  /** Enters new evidence into the case of its thread, opens one for a new failure, and compares with what was there. */
  follow(place: CasePlace, followed: CaseInput): Promise<CaseOutcome> {
    return this.#inTurn(place.thread, () => this.#follow(place, followed));
  }

  async #follow(place: CasePlace, followed: CaseInput): Promise<CaseOutcome> {
    const { fresh, together, report, answer, alone } = followed;
    const known = telling(fresh);
    if (known.length === 0) return { answer };
    const current = await this.#store.caseOf(place.thread);
    const earlier = current?.evidence.filter(({ message }) => message !== place.message) ?? [];
    const single = earlier.length > 0 ? await alone(known) : { report, answer };
    const context = { salt: place.tenant, earlier, accounts: findPoolAccounts(together) };
    const judged = known.map((reading, i) => {
      const named = single.report.files.find(({ name }) => name === reading.file);
      const file = (earlier.length > 0 ? single.report.files[i] : named) ?? single.report.files[0]!;
      const shows = summarizeFile(file, reading, context);
      return { file, print: fingerprint(reading), shows, what: nameRequest(file, reading, shows, place.tenant) };
    });
    const loop = compareWithCase(
      earlier,
      judged,
      (cause) => this.#knowledge.causes.get(cause)?.reasoning === 'user-right',
    );
    const failure = failureHash(loop ? single.report : report, place.tenant);
    const entries = judged.map(({ file, print, shows }) => this.#entry(file.kind, print, shows, place));
    if (!current && failure === undefined) return { answer };
    const another =
      current !== undefined &&
      earlier.length > 0 &&
      !loop &&
      judged.some(({ shows }) => isRequest(shows) && isFailing(shows!.verdict));
    const record =
      !current || (another && failure !== current.failure)
        ? await this.#open(place, failure ?? '', report, entries, current?.number ?? 0)
        : await this.#enter(current, entries, place, report, failure, loop);
    // Another replica has opened the case in the same moment: then this evidence belongs to that one.
    if (!record) return this.#follow(place, followed);
    if (loop) {
      const told = loop.result === 'changed' ? single.answer : answer;
      return {
        answer: loopAnswer(loop, record, told, this.#knowledge),
        loop: loop.result,
        number: record.number,
      };
    }
    const seen = record.failure === '' ? undefined : await this.#seen(record);
    return { answer: seen ? { ...answer, parts: [...answer.parts, seen] } : answer, number: record.number };
  }

  #entry(kind: string, print: string, shows: CaseSnapshot | undefined, { message }: CasePlace): CaseEvidence {
    return { kind, print, at: this.#now(), message, ...(shows && { shows }) };
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
      evidence: evidence.slice(-most.evidence),
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
    loop: Loop | undefined,
  ): Promise<CaseRecord> {
    return this.#change(current, (record) => {
      const kept = record.evidence.filter(({ message }) => message !== place.message);
      record.evidence = [...kept, ...entries].slice(-most.evidence);
      const finding = report.diagnosis.findings[0];
      if (loop?.result === 'fixed') {
        record.outcome = 'fixed';
        return;
      }
      if (loop?.result === 'same' || loop?.result === 'changed') record.outcome = 'open';
      if (failure === undefined || loop?.result === 'list-fixed' || loop?.result === 'seen') return;
      if (loop?.result === 'changed' || record.failure === '') record.failure = failure;
      const cause = loop?.result === 'changed' ? loop.after.cause : (finding?.cause ?? record.cause);
      record.cause = cause;
      record.confidence = finding?.cause === cause ? finding!.confidence : (loop?.file.confidence ?? null);
    });
  }

  async #seen(record: CaseRecord): Promise<Part | undefined> {
    const elsewhere = await this.#store.casesLike(record.tenant, record.failure, record);
    return similarCasesPart(record, elsewhere, this.#clock.now());
  }

  /** "This fixed it" or "Not it". After "Not it" the presser is asked what it was. */
  async pressed(place: CasePlace, action: 'fixed' | 'not-it'): Promise<void> {
    await this.#inTurn(place.thread, async () => {
      const current = await this.#store.caseOf(place.thread);
      if (current) {
        await this.#change(current, (record) => {
          // A press that is worked on again after a crash counts once.
          if (record.pressed.some(({ message }) => message === place.message)) return;
          const press = { action, at: this.#now(), message: place.message };
          record.pressed = [...record.pressed, press].slice(-most.pressed);
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

  /** Returns the reply to "what was it?"; undefined when this user was not asked. */
  reason(place: CasePlace, text: string): Promise<Answer | undefined> {
    return this.#inTurn(place.thread, async () => {
      const state = await this.#store.thread(place.thread);
      if (!state?.asked || state.asked !== place.who) return undefined;
      const { asked: _, ...rest } = state satisfies ThreadState;
      await this.#store.saveThread(place.thread, rest);
      const current = await this.#store.caseOf(place.thread);
      if (!current) return undefined;
      const clean = new Scrubber().text(text).slice(0, most.noteLength);
      await this.#change(current, (record) => {
        const note = { at: this.#now(), text: clean, message: place.message };
        record.notes = [...record.notes.filter(({ message }) => message !== place.message), note].slice(-most.notes);
      });
      return notedReply();
    });
  }

  /** `case` and `case 12`. */
  async tell(place: CasePlace | undefined, number: number | undefined, readings: readonly Reading[]): Promise<Answer> {
    if (!place) return caseReply(undefined, readings, this.#knowledge);
    if (number === undefined) return caseReply(await this.#store.caseOf(place.thread), readings, this.#knowledge);
    const record = await this.#store.caseNumbered(place.tenant, number);
    if (!record) return unknownCaseReply(number);
    if (record.thread !== place.thread) return foreignCaseReply(record, this.#clock.now());
    const own = (await this.#store.caseOf(place.thread))?.number === number;
    return caseReply(record, own ? readings : [], this.#knowledge);
  }

  /** A message was deleted: what came with it leaves the case; a case that nothing is left of goes. */
  withoutMessage(thread: string, message: string): Promise<void> {
    return this.#inTurn(thread, async () => {
      const current = await this.#store.caseOf(thread);
      if (!current) return;
      const others = <T extends { message?: string }>(all: T[]) => all.filter((one) => one.message !== message);
      const evidence = others(current.evidence);
      if (evidence.length === 0) return this.#store.removeCase(current.tenant, current.number);
      const untouched = evidence.length === current.evidence.length;
      if (untouched && others(current.notes).length === current.notes.length) return;
      await this.#change(current, (record) => {
        record.evidence = others(record.evidence);
        record.notes = others(record.notes);
      });
    });
  }

  /** Another replica may have changed it meanwhile: then the change is made again, on what it is now. */
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

  async #inTurn<T>(thread: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(thread) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    this.#turns.set(thread, settled);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(thread) === settled) this.#turns.delete(thread);
    }
  }
}

/** The evidence a case enters: of thousands of logs some, of what speaks about the server all. */
function telling(fresh: readonly Reading[]): Reading[] {
  const known = fresh.filter(({ kind }) => kind !== 'unknown');
  if (known.length <= most.evidence) return known;
  const rest = known.filter(({ kind }) => kind !== 'freb-log').slice(0, most.evidence / 2);
  return [...known.filter(({ kind }) => kind === 'freb-log').slice(0, most.evidence - rest.length), ...rest];
}

function isRequest(shows: CaseSnapshot | undefined): boolean {
  return shows?.status !== undefined;
}
