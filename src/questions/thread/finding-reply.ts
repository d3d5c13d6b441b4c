import type { FactLookup } from '../../answer/wording.js';
import type { FindingReplies, FindingReply } from '../../knowledge/finding-reply-schema.js';
import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { buildOnce } from '../../knowledge/per-knowledge.js';
import { nearAspect } from './near-aspect.js';

/** The name under which replies for every cause stand. */
const anyCause = 'cause';

/** The name under which replies to a failure stand whose cause is not known yet. */
export const openFailure = 'open';

/**
 * Returns what is said first about a finding when this aspect is asked: what the cause has for it or for the nearest aspect, else what is said of every
 * cause; undefined where the knowledge has nothing that fits what is known.
 * @param numbers what the line names
 */
export function chooseReply(
  aspect: Aspect,
  cause: string,
  facts: FactLookup,
  knowledge: Knowledge,
  numbers: readonly string[] = [],
): FindingReply | undefined {
  const choose = (id: string, wanted: Aspect | undefined) =>
    rowsByCause(knowledge)
      .get(id)
      ?.flatMap(({ replies }) => (wanted && replies[wanted]) ?? [])
      .find((reply) => fits(reply, facts, numbers));
  const own = choose(cause, aspect) ?? choose(cause, nearAspect(aspect));
  return own ?? (cause === openFailure ? undefined : choose(anyCause, aspect));
}

/** The rows of each cause: one for it alone says more than one that several share. */
const rowsByCause = buildOnce(({ findingReplies }) => {
  const byCause = new Map<string, FindingReplies[]>();
  for (const row of [...findingReplies.values()].sort((one, other) => one.of.length - other.of.length))
    for (const id of row.of) byCause.set(id, [...(byCause.get(id) ?? []), row]);
  return byCause;
});

function fits(
  { known, unknown, is, numbers: wanted }: FindingReply,
  facts: FactLookup,
  numbers: readonly string[],
): boolean {
  return (
    (wanted.length === 0 || wanted.some((one) => numbers.includes(one))) &&
    known.every((name) => facts(name) !== undefined) &&
    unknown.every((name) => facts(name) === undefined) &&
    Object.entries(is).every(([name, value]) => facts(name) === value)
  );
}
