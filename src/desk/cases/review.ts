import { distinctKinds } from '../distinct-kinds.js';
import type { CaseRecord } from '../ports/case-record.js';
import type { Store } from '../ports/store.js';

/** A diagnosis that a user marked "Not it", for the reviewers of the knowledge. Scrubbed when it was stored; has no person. */
export interface Doubt {
  /** When the case last changed; ISO 8601, UTC. */
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

const doubtsShown = 1_000;

/** Returns the newest doubts of all tenants. */
export async function listDoubts(store: Pick<Store, 'casesNotIt'>): Promise<Doubt[]> {
  const cases = await store.casesNotIt(doubtsShown);
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
