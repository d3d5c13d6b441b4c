import type { Candidate } from './rank/candidate.js';
import { offTopic, ofThread } from './rank/model.js';
import type { Ranking } from './rank/rank.js';

/** What is said to a question. */
export type Decision =
  | { kind: 'answer'; candidate: Candidate; probability: number; sign?: 'yes' | 'no' | undefined }
  | { kind: 'choice'; candidates: Candidate[]; probability: number; elsewhere: number }
  | { kind: 'decline'; probability: number };

/** An entry with a smaller share of the votes is not a choice. */
const choiceFrom = 0.02;
/** From this share on the thread's own subject answers, rather than that three unlike entries are offered. */
const ownFrom = 0.2;
/** How many are offered. */
const choices = 3;
/** Least share of the votes that they have together, unless the question is plainly ours. */
const offerFrom = 0.25;
/** From this probability of another world on a question is not answered, unless it is plainly ours. */
const elsewhereFrom = 0.3;
/** Below this probability of another world a question is about ours, though no entry is likely. */
const oursBelow = 0.08;
/** From this probability on three are offered where the question names nothing of ours: below it few are right. */
const chooseFrom = 0.2;
/** How many times likelier than another world an offer must be, because a weak one is seldom right. */
const offerLead = 2;

/** Where a question is asked. */
export interface Place {
  /** From which probability on an entry answers there. */
  from(candidate: Candidate): number;
  /** The question names something of ours or is in a thread of ours: it is never sent away. */
  ours: boolean;
  /** The question is short enough to mean the thread's own subject. */
  leans: boolean;
  /** Whether an entry can be said at all: a number's card needs a number. */
  possible(entry: string): boolean;
}

/** Decides to answer, to offer three, or to decline. */
export function decide(
  { candidates, probability, elsewhere, sign }: Ranking,
  { from, ours, leans, possible }: Place,
): Decision {
  const [first] = candidates;
  if (first === undefined) return { kind: 'decline', probability: 0 };
  if (elsewhere >= elsewhereFrom && !ours) return { kind: 'decline', probability: elsewhere };
  const open = candidates.filter(({ entry }) => entry !== offTopic && possible(entry));
  if (open[0] === first && probability >= from(first)) return { kind: 'answer', candidate: first, probability, sign };
  const own = leans ? open.find(({ entry }) => entry === 'same') : undefined;
  if (own && own.share >= ownFrom) return { kind: 'answer', candidate: own, probability };
  const near = open.filter(({ share, entry }) => share >= choiceFrom && !special.has(entry)).slice(0, choices);
  if (leans && near.length === 1) return { kind: 'answer', candidate: near[0]!, probability };
  const sum = near.reduce((total, { share }) => total + share, 0);
  const isLikely = probability > Math.max(chooseFrom, offerLead * elsewhere);
  const isNear = sum >= offerFrom && first.entry !== offTopic && (isLikely || elsewhere < oursBelow);
  if (near.length > 0 && (ours || isNear)) {
    return { kind: 'choice', candidates: near, probability, elsewhere };
  }
  return own && ours ? { kind: 'answer', candidate: own, probability } : { kind: 'decline', probability };
}

/** Nothing to choose: they depend on what was said. */
const special: ReadonlySet<string> = new Set([...ofThread, 'hello', 'thanks']);
