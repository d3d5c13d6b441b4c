import { offTopic } from './rank/model.js';
import type { Candidate, Ranking } from './rank/rank.js';

/** What is said to a question. */
export type Decision =
  | { kind: 'answer'; candidate: Candidate; probability: number; sign?: 'yes' | 'no' | undefined }
  | { kind: 'choice'; candidates: Candidate[]; probability: number; elsewhere: number }
  | { kind: 'decline'; probability: number };

/** From this probability on one entry answers; a follow-up has its thread to lean on, and a wrong one is soon put right. */
const answerFrom = { alone: 0.5, leaning: 0.3 } as const;
/** An entry with a smaller share of the votes is no choice. */
const choiceFrom = 0.02;
/** How many are offered. */
const choices = 3;
/** Together they must have so much of the votes, unless the question is plainly ours. */
const offerFrom = 0.25;

/**
 * Decides to answer, to offer three, or to decline.
 * @param place whether the question leans on its thread; `ours` where it names something of ours or stands in a thread of ours:
 * then it is never sent away
 * @param possible whether an entry can be said at all: a number's card needs a number
 */
export function decide(
  { candidates, probability, sign }: Ranking,
  { leans, ours }: { leans: boolean; ours: boolean },
  possible: (entry: string) => boolean,
): Decision {
  const [first] = candidates;
  if (first === undefined) return { kind: 'decline', probability: 0 };
  const elsewhere = candidates.find(({ entry }) => entry === offTopic)?.share ?? 0;
  if (first.entry === offTopic && !ours) return { kind: 'decline', probability };
  const open = candidates.filter(({ entry }) => entry !== offTopic && possible(entry));
  // A fact is one plain sentence: a wrong one helps less than a choice.
  const from = leans && first.entry !== 'fact' ? answerFrom.leaning : answerFrom.alone;
  if (open[0] === first && probability >= from) return { kind: 'answer', candidate: first, probability, sign };
  const near = open.filter(({ share, entry }) => share >= choiceFrom && !special.has(entry)).slice(0, choices);
  const sum = near.reduce((total, { share }) => total + share, 0);
  if (near.length > 0 && (ours || (sum >= offerFrom && elsewhere < sum))) {
    return { kind: 'choice', candidates: near, probability, elsewhere };
  }
  return { kind: 'decline', probability };
}

/** Nothing to choose: they depend on what was said. */
const special: ReadonlySet<string> = new Set(['same', 'fact', 'hello', 'thanks']);
