import { plainText } from '../../answer/answer.js';
import { describeCase } from '../../answer/case-line.js';
import { lowerFirst } from '../../answer/finding-title.js';
import type { FactLookup } from '../../answer/wording.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import { plainTitle } from '../../knowledge/fill.js';
import { type Aspect, findingAspects } from '../../knowledge/follow-up-schema.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { ToldValues } from '../parse/told-values.js';
import { kindOfThread } from '../rank/context.js';
import { lookUpFact, type ThreadFacts } from './facts.js';

/** What is asked of a finding even where none was shown: in a thread about a right its loss is meant. */
const ofUsual: ReadonlySet<string> = new Set<Aspect>([...findingAspects, 'still', 'prevent', 'until', 'tell']);

/**
 * Returns the fault that a follow-up means: the entry itself where it is one, else the one that was found or spoken of before it, for a
 * tool and a topic were looked up for that; else the one that the knowledge names for the entry or its kind.
 */
export function faultOf(
  entry: string | undefined,
  aspect: Aspect,
  { said = [], failure }: ThreadFacts,
  knowledge: Knowledge,
): Cause | undefined {
  const { causes, followUps } = knowledge;
  const own = entry === undefined ? undefined : causes.get(entry);
  if (own || entry === undefined) return own ?? causes.get(failure?.cause ?? '');
  const spoken = said.map((one) => one.split('/')[0]!).findLast((id) => causes.has(id));
  // "Ours run as ApplicationPoolIdentity" tells of a plan as often as of a failure.
  const ofKind = aspect === 'told-default' ? undefined : followUps.get(kindOfThread(entry, knowledge))?.fault;
  const usual = ofUsual.has(aspect) ? (followUps.get(entry)?.fault ?? ofKind) : undefined;
  return causes.get(failure?.cause ?? spoken ?? usual ?? '');
}

/** Returns what the thread and the line know of a fault, and its name and verdict. */
export function factsOfFault(cause: Cause, { failure, told }: ThreadFacts, line: Partial<ToldValues> = {}): FactLookup {
  const known = lookUpFact(failure?.cause === cause.id ? failure : {}, told);
  const own: Readonly<Record<string, string | undefined>> = {
    'told.account': line.account,
    'told.gpo': line.gpo,
    'told.number': line.numbers?.[0],
    case: describeCase(known) || undefined,
    ...(told?.list === 'back' && { missing: undefined }),
    title: plainText(lowerFirst(plainTitle(cause.title))),
    verdict: cause.verdict,
  };
  return (name) => (Object.hasOwn(own, name) ? own[name] : known(name));
}
