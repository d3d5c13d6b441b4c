import type { FileVerdict, Finding, Report } from '../diagnosis/report.js';
import { nameOfSid } from '../evidence/sids.js';
import type { Cause } from '../knowledge/cause-schema.js';
import { plainTitle } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { differInNumbers, type FailureNumbers, failureNumbersOf } from './failure-numbers.js';
import { lowerFirst } from './finding-title.js';
import { orderParts } from './screen.js';
import { generalize, listWords } from './wording.js';

/** What new evidence does to the finding of a conversation. */
type Effect = 'confirms' | 'contradicts' | 'fits' | 'leaves-open';

/** Parts of the whole answer that stay on the screen: what to do, and what is still wanted. */
const shown: ReadonlySet<string> = new Set(['fix', 'check', 'next', 'withheld', 'seen']);

/**
 * Answers evidence that joins an earlier finding: what it shows and what that changes comes first, then what to do. The rest of the whole answer
 * folds. Where the evidence shows another cause, one sentence says what that has to do with the finding.
 * @param before the finding of the conversation before
 * @param fresh names of the new files in the report
 */
export function joinedAnswer(
  whole: Answer,
  before: Pick<Finding, 'cause' | 'confidence'> & FailureNumbers,
  report: Report,
  fresh: readonly string[],
  { causes }: Pick<Knowledge, 'causes'>,
): Answer {
  const [finding] = report.diagnosis.findings;
  const cause = causes.get(before.cause);
  const files = report.files.filter(({ name }) => fresh.includes(name));
  const showsOther = files.some((file) => file.cause !== null && file.cause !== before.cause);
  const other = finding && finding.cause !== before.cause ? causes.get(finding.cause) : undefined;
  if (cause && other) return { ...whole, parts: [beforePart(cause, other), ...whole.parts] };
  if (!cause || finding?.cause !== before.cause || showsOther || files.length === 0) return whole;
  const isOther = files.some((file) => file.cause === before.cause && differInNumbers(failureNumbersOf(file), before));
  if (isOther && cause.reasoning !== 'user-right') return { ...whole, parts: [otherNumberPart, ...whole.parts] };
  const effect = effectOf(finding, before, fresh);
  const says = sentencesOfNews(finding, effect, files);
  if (says === undefined) return whole;
  const title = titleFor(effect, finding, whole, lowerFirst(plainTitle(cause.title)));
  const lead: Part = { kind: 'text', id: 'joined', keep: 'always', text: says };
  const parts = withCommands(whole.parts)
    .filter(({ id }) => id !== 'against')
    .map((part): Part => (shown.has(part.id) ? part : { heading: headings[part.id], ...part, keep: 'fold' }));
  return { ...whole, title, summary: `${plainText(title)}. ${says}`, parts: [lead, ...orderParts(parts)] };
}

/** Says what another cause has to do with the one that was found before: it may be the reason of a symptom. */
function beforePart(before: Cause, found: Cause): Part {
  const name = plainText(lowerFirst(generalize(plainTitle(before.title))));
  const text = before.reasons.includes(found.id)
    ? `That is the likely reason for what I saw before: ${name}.`
    : `This is another fault than before (${name}).`;
  return { kind: 'text', id: 'before', keep: 'always', text };
}

/** Above an answer about the cause of before with another code or status. */
const otherNumberPart: Part = {
  kind: 'text',
  id: 'before',
  keep: 'always',
  text: 'This is the same kind of fault as before with another number, so the reason can be another one.',
};

/** Names of parts that have no heading where they lead an answer. */
const headings: Readonly<Record<string, string>> = { request: 'The request', detail: 'In detail', damage: 'Damage' };

/** With the rest folded there is room for the commands of the fix, where only its sentences were shown. */
function withCommands(parts: readonly Part[]): Part[] {
  const brief = parts.find(({ id }) => id === 'fix');
  const full = parts.find(({ id }) => id === 'fix-steps');
  const isBrief = brief?.kind === 'steps' && full?.kind === 'steps' && brief.steps.length === full.steps.length;
  if (!isBrief) return [...parts];
  return parts.flatMap((part): Part[] =>
    part === brief ? [{ ...full, id: 'fix', heading: 'Fix', keep: 'normal' }] : part === full ? [] : [part],
  );
}

function effectOf(finding: Finding, before: Pick<Finding, 'confidence'>, fresh: readonly string[]): Effect {
  if (finding.contradictedBy.some(({ file }) => fresh.includes(file))) return 'contradicts';
  if (finding.confidence === 'confirmed') return before.confidence === 'confirmed' ? 'fits' : 'confirms';
  const agreeing = [...finding.files, ...(finding.facts.fits?.split('\n') ?? [])];
  return agreeing.some((name) => fresh.includes(name)) ? 'fits' : 'leaves-open';
}

/** Returns what the new files say: the sentence of a contradiction, what a list lacks, the remarks about them, else their own. */
function sentencesOfNews(
  { contradictedBy, remarks, facts, files }: Finding,
  effect: Effect,
  fresh: readonly FileVerdict[],
): string | undefined {
  const isFresh = (name: string) => fresh.some((file) => file.name === name);
  const against = contradictedBy.find(({ file }) => isFresh(file))?.says;
  if (effect === 'contradicts' && against) return against;
  const own = remarks.filter((one) => fresh.some(({ name }) => one.includes(name)));
  const isList = fresh.some(({ kind, name }) => kind === 'rights-export' && files.includes(name));
  const lacks =
    isList && facts.missing && facts.open === undefined ? [`The list lacks ${nameAll(facts.missing)}.`] : [];
  const said = [...lacks, ...own].join(' ');
  return said || (fresh.map(({ detail }) => detail).find((one) => one !== null) ?? undefined);
}

const nameAll = (list: string) => listWords(list.split(', ').map((id) => nameOfSid(id.replace(/^\*/, '')) ?? id));

function titleFor(effect: Effect, finding: Finding, whole: Answer, cause: Text): Text {
  const name = plainText(cause);
  switch (effect) {
    case 'confirms':
      return whole.title;
    case 'contradicts':
      return `That speaks against it. Only possible now: ${name}`;
    case 'fits':
      // A title of its own says more than that the cause fits.
      return finding.facts.open === undefined && plainText(whole.title).endsWith(name)
        ? `That fits: ${name}`
        : whole.title;
    default:
      return `That alone decides nothing. Still ${finding.confidence}: ${name}`;
  }
}
