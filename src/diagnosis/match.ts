import type { Observation } from '../evidence/evidence.js';
import type { Cause, Signature } from '../knowledge/cause-schema.js';
import type { Condition } from '../knowledge/condition-schema.js';
import type { ReadingFacts } from './reading-facts.js';

/** A cause whose signature fits, with the observations that made it fit. */
export interface Match {
  cause: Cause;
  signature: Signature;
  because: Observation[];
}

/** Returns every cause one of whose signatures fits, best first. Of one card the signature of the highest priority counts. */
export function matchCauses(facts: ReadingFacts, causes: Iterable<Cause>): Match[] {
  const matches: Match[] = [];
  for (const cause of causes) {
    let best: Match | undefined;
    for (const signature of cause.signatures) {
      if (best && best.signature.priority >= signature.priority) continue;
      const because = matchConditions(facts, signature);
      if (because) best = { cause, signature, because };
    }
    if (best) matches.push(best);
  }
  // Of equal priorities, the signature with more conditions wins, then the id, so that the order does not depend on the files'.
  return matches.sort(
    (a, b) =>
      b.signature.priority - a.signature.priority ||
      b.signature.all.length - a.signature.all.length ||
      (a.cause.id < b.cause.id ? -1 : 1),
  );
}

/** Returns the observations that satisfy every condition of `all`; undefined when one is not met, or one of `none` is. */
export function matchConditions(
  facts: ReadingFacts,
  wanted: { all: Condition[]; none: Condition[] },
): Observation[] | undefined {
  const because: Observation[] = [];
  for (const condition of wanted.all) {
    const found = findMeeting(facts, condition);
    if (!found) return undefined;
    because.push(...found);
  }
  for (const condition of wanted.none) if (findMeeting(facts, condition)) return undefined;
  return because;
}

function findMeeting(facts: ReadingFacts, condition: Condition): Observation[] | undefined {
  const candidates = facts.all(condition.observation);
  if (condition.absent) return candidates.length === 0 ? [] : undefined;
  if (condition.lacks !== undefined) {
    const unwanted = condition.lacks;
    return candidates.length > 0 && !candidates.some((o) => contains(o.value, unwanted)) ? [candidates[0]!] : undefined;
  }
  const found = candidates.find((o) => passes(o.value, condition));
  return found && [found];
}

/** Returns every observation that passes a condition by itself: `absent` and `lacks` speak of all of them, and give none. */
export function findAllMeeting(facts: ReadingFacts, condition: Condition): Observation[] {
  if (condition.absent || condition.lacks !== undefined) return [];
  return facts.all(condition.observation).filter((o) => passes(o.value, condition));
}

function passes(value: Observation['value'], condition: Condition): boolean {
  if (condition.present) return true;
  if (condition.equals !== undefined) return same(value, condition.equals);
  if (condition.oneOf) return condition.oneOf.some((wanted) => same(value, wanted));
  if (condition.includes !== undefined) return contains(value, condition.includes);
  return typeof value === 'number' && value >= (condition.atLeast ?? Number.POSITIVE_INFINITY);
}

/** Module names, file names and codes are compared without regard to case, as Windows does. */
function same(value: Observation['value'], wanted: string | number | boolean): boolean {
  return typeof value === 'string' && typeof wanted === 'string'
    ? value.toLowerCase() === wanted.toLowerCase()
    : value === wanted;
}

/** True for a list with this member, or a string with this part. */
function contains(value: Observation['value'], wanted: string): boolean {
  const part = wanted.toLowerCase();
  if (Array.isArray(value)) return value.some((member) => member.toLowerCase() === part);
  return typeof value === 'string' && value.toLowerCase().includes(part);
}
