import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { fixParts } from '../../answer/fix.js';
import { howPart, requestStep, requestsOf } from '../../answer/requests.js';
import { headingWithPrompt } from '../../answer/steps.js';
import { causeAnswer } from '../../answer/topic-answer.js';
import { capitalize, type FactLookup, joinTexts } from '../../answer/wording.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import type { EvidenceRequest } from '../../knowledge/evidence-request-schema.js';
import type { FindingReply } from '../../knowledge/finding-reply-schema.js';
import { resolveAnswer } from '../../knowledge/follow-up-schema.js';
import { findEntry, type Knowledge } from '../../knowledge/knowledge.js';
import { parseQuestion, type Question } from '../parse/question.js';
import { reasonAspects } from './aspects/reasons.js';
import { entryAnswer } from './entry-answer.js';
import { fillReply } from './fill-reply.js';
import { shorten } from './short.js';

/** Answers a follow-up about a finding: what is known of it first, then one thing that follows. The card folds. */
export function knownFindingAnswer(
  { says, sign, next }: FindingReply,
  cause: Cause,
  question: Pick<Question, 'assertion'>,
  facts: FactLookup,
  knowledge: Knowledge,
): Answer | undefined {
  const reply = fillReply(says, facts);
  if (!reply) return undefined;
  // Turned by a negation ("it isn't the GPO?") a sign would say the opposite.
  const isPlain = question.assertion !== undefined && question.assertion.turns.length === 0;
  const opening = sign !== undefined && isPlain ? `${capitalize(sign)}. ` : '';
  const follows = next === undefined ? [] : followingParts(next, cause, facts, knowledge);
  const shown = new Set(['answer', ...follows.map(({ id }) => id)]);
  const whole = causeAnswer(cause, knowledge);
  const parts: Part[] = [
    ...reply.parts,
    ...follows,
    ...whole.parts.filter(({ id }) => !shown.has(id)).map((part): Part => ({ ...part, keep: 'fold' })),
  ];
  const said = joinTexts([opening, reply.title], '');
  return shorten({ ...whole, title: said, summary: plainText(said), parts });
}

/** Shows how one piece of evidence is captured, in its commands; a way without a command is told. */
function commandOf(request: EvidenceRequest, facts: FactLookup): Part[] {
  const step = requestStep(request, facts, 2);
  if (step.command === undefined) return howPart([request], facts).map((part): Part => ({ ...part, keep: 'normal' }));
  const heading = headingWithPrompt(capitalize(request.title), [step]);
  const language = step.shell === 'powershell' ? 'powershell' : 'cmd';
  return [{ kind: 'command', id: 'command', heading, keep: 'always', command: step.command, language }];
}

function followingParts(next: string, cause: Cause, facts: FactLookup, knowledge: Knowledge): Part[] {
  if (next === 'fix') return fixParts(cause, false, facts);
  if (next === 'check') return reasonAspects.check?.({ cause, facts, failure: undefined, knowledge })?.parts ?? [];
  const requests = requestsOf([next], knowledge);
  if (requests.length > 0) return requests.flatMap((one) => commandOf(one, facts));
  const reference = resolveAnswer(next, '', (id) => findEntry(id, knowledge));
  if (!reference) return [];
  const { title, parts } = entryAnswer(reference.entry, reference, parseQuestion('', knowledge), knowledge, facts);
  const [first, ...others] = parts.filter(({ keep }) => keep !== 'fold');
  if (!first) return [];
  const commands = others.filter(({ kind }) => kind === 'command');
  const rest = others.filter(({ kind }) => kind !== 'command').map((part): Part => ({ ...part, keep: 'fold' }));
  return [{ heading: plainText(title), ...first, id: 'follows' }, ...commands, ...rest];
}
