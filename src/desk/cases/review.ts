import { distinctKinds } from '../kinds.js';
import type { CaseRecord } from '../ports/case-record.js';
import type { Store } from '../ports/store.js';

/** A diagnosis that a user marked "Not it", for those who review the knowledge. Scrubbed when it was stored; names no person. */
export interface Doubt {
  /** ISO 8601, UTC: when something last happened to the case. */
  at: string;
  case: number;
  cause: string | null;
  confidence: string | null;
  /** Kinds of the evidence received. */
  evidence: string[];
  outcome: CaseRecord['outcome'];
  /** The real cause in users' words, oldest first. */
  said: string[];
}

const most = 1_000;

/** The newest doubts of all tenants. */
export async function listDoubts(store: Pick<Store, 'casesNotIt'>): Promise<Doubt[]> {
  const cases = await store.casesNotIt(most);
  return cases.map(({ seenAt, number, cause, confidence, evidence, outcome, notes }) => ({
    at: seenAt,
    case: number,
    cause,
    confidence,
    evidence: distinctKinds(evidence),
    outcome,
    said: notes.map(({ text }) => text),
  }));
}
