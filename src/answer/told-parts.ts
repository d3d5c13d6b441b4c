import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { ToldRow } from '../knowledge/told-schema.js';
import type { Part, StepsPart } from './answer.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { type FactLookup, fillSentence, joinTexts } from './wording.js';

type Meaning = ToldRow['means'][number];

/** Sentences about what was told; more of them would bury the fix. */
const mostSentences = 3;

/** Returns what the sender told means for a cause: of each fact the first meaning that fits, those about this cause first. */
function meaningsOf(told: readonly string[], cause: Cause, knowledge: Knowledge): Meaning[] {
  return told
    .flatMap((fact) => knowledge.told.get(fact)?.means.find(({ of }) => !of || of.includes(cause.id)) ?? [])
    .toSorted((a, b) => Number(a.of === undefined) - Number(b.of === undefined))
    .slice(0, mostSentences);
}

/** Says what the sender's own words rule out or point to. */
export function statementsPart(
  told: readonly string[],
  cause: Cause,
  knowledge: Knowledge,
  facts?: FactLookup,
): Part | undefined {
  const texts = meaningsOf(told, cause, knowledge)
    .map(({ says }) => fillSentence(says, facts))
    .filter((text) => text !== undefined);
  if (texts.length === 0) return undefined;
  return { kind: 'text', id: 'told', heading: 'What you wrote', keep: 'always', text: joinTexts(texts) };
}

/** Puts the steps for what the sender told before those of the card or message. */
export function withToldSteps(
  fix: readonly Part[],
  told: readonly string[],
  cause: Cause,
  knowledge: Knowledge,
  facts: FactLookup,
): Part[] {
  const first = meaningsOf(told, cause, knowledge).find((meaning) => meaning.do.length > 0);
  const steps = stepsWithUndo(first?.do ?? [], facts);
  const at = fix.findIndex((part) => part.kind === 'steps' && part.keep !== 'fold');
  if (steps.length === 0) return [...fix];
  if (at < 0) return [stepsPart({ id: 'fix', heading: 'Fix', keep: 'normal', steps }), ...fix];
  const { heading, ...own } = fix[at] as StepsPart;
  const joined = stepsPart({
    ...own,
    heading: heading?.replace(/ \([^()]*\)$/, '') ?? 'Fix',
    steps: [...steps, ...own.steps],
  });
  return fix.with(at, joined);
}
