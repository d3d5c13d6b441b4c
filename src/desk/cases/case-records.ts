import type { Report } from '../../diagnosis/report.js';
import type { CaseEvidence, CaseRecord } from '../ports/case-record.js';
import type { Clock } from '../ports/environment.js';
import type { Store } from '../ports/store.js';
import type { CaseComparison, NewEvidence } from './case-comparison.js';
import { caseLimits } from './case-evidence.js';
import type { CasePlace } from './case-place.js';

/** Opens and changes the rows of cases. */
export class CaseRecords {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Returns the entries of a message's evidence, as a case keeps them. */
  entriesOf(evidence: readonly NewEvidence[], { message }: CasePlace): CaseEvidence[] {
    const at = this.now();
    return evidence.map(({ file, print, shows }) => ({ kind: file.kind, print, at, message, ...(shows && { shows }) }));
  }

  /** Opens a case. Returns undefined when another replica has opened it meanwhile. @param after the number of the thread's last case */
  open(
    place: CasePlace,
    failure: string,
    report: Report,
    evidence: CaseEvidence[],
    after: number,
  ): Promise<CaseRecord | undefined> {
    const now = this.now();
    const finding = report.diagnosis.findings[0];
    const opened = {
      tenant: place.tenant,
      thread: place.thread,
      failure,
      openedAt: now,
      seenAt: now,
      cause: finding?.cause ?? null,
      confidence: finding?.confidence ?? null,
      evidence: evidence.slice(-caseLimits.evidence),
      pressed: [],
      outcome: 'open' as const,
      notes: [],
    };
    return this.#store.openCase(opened, after);
  }

  /** Changes a case and saves it. Repeats the change on the newer record when another replica has saved one meanwhile. */
  async change(current: CaseRecord, change: (record: CaseRecord) => void): Promise<CaseRecord> {
    let record = current;
    for (let tries = 0; tries < 10; tries++) {
      change(record);
      record.seenAt = this.now();
      if (await this.#store.saveCase(record)) break;
      const newer = await this.#store.caseNumbered(record.tenant, record.number);
      if (!newer) break;
      record = newer;
    }
    return record;
  }

  now(): string {
    return this.#clock.now().toISOString();
  }
}

interface EnteredEvidence {
  entries: readonly CaseEvidence[];
  /** The message that brings the evidence; what it brought before a crash is replaced. */
  message: string;
  report: Report;
  failure: string | undefined;
  comparison: CaseComparison | undefined;
}

/** Writes a message's evidence into the record, and what it changes about the failure. */
export function enterEvidence(record: CaseRecord, entered: EnteredEvidence): void {
  const { entries, message, report, failure, comparison } = entered;
  const others = record.evidence.filter((one) => one.message !== message);
  record.evidence = [...others, ...entries].slice(-caseLimits.evidence);
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
}
