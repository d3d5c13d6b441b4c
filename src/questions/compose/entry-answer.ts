import type { Answer, Step } from '../../answer/answer.js';
import { describeCase } from '../../answer/case-line.js';
import { defaultsAnswer } from '../../answer/defaults-answer.js';
import { captureAnswer, fixAnswer } from '../../answer/fix-answer.js';
import type { FixFacts } from '../../answer/fix-facts.js';
import { insertAfterAnswer } from '../../answer/parts.js';
import { stepOf, stepsPart } from '../../answer/steps.js';
import { causeAnswer, topicAnswer } from '../../answer/topic-answer.js';
import type { FactLookup } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Topic } from '../../knowledge/topic-schema.js';
import type { Question } from '../parse/question.js';
import { wordWeights } from '../rank/rank.js';
import { raiseAskedLine } from './asked-line.js';
import { namedRows, withNamedFacts } from './named-facts.js';
import { poolSidAnswer } from './pool-sid.js';
import { shorten } from './short.js';
import { statementAnswer, withStatements } from './statement-answer.js';

/** What was asked for of an entry. */
interface EntryRequest {
  /** Ids of statements; an unknown one is ignored. */
  statement?: string | undefined;
  /** What may be meant as well, and is said where there is room; '' for the entry as a whole. */
  beside?: readonly string[] | undefined;
  sign?: 'yes' | 'no' | undefined;
}

/**
 * Answers with an entry: the statement that was asked for first, or the entry as a whole.
 * @param facts what the thread knows, for texts to pass on
 */
export function entryAnswer(
  id: string,
  { statement: statementId, sign, beside: besideIds = [] }: EntryRequest,
  question: Question,
  knowledge: Knowledge,
  facts: FactLookup = () => undefined,
): Answer {
  const cause = knowledge.causes.get(id);
  const topic = knowledge.topics.get(id);
  const find = (wanted: string | undefined) => (topic ?? cause)?.statements.find((one) => one.id === wanted);
  const statement = find(statementId);
  if (topic && statement?.recipe !== undefined) return fixAnswer(knowledge, statement.recipe, fixFacts(facts));
  const rows = topic ? namedRows(topic, question.folded) : [];
  const pool = topic?.id === 'pool-sid' ? poolSidAnswer(topicAnswer(topic, knowledge), question.folded) : undefined;
  if (pool) return shorten(pool);
  const status = question.statuses.find(({ code }) => cause?.aliases.includes(code))?.code;
  const whole = cause ? causeAnswer(cause, knowledge, status) : wholeTopic(topic!, rows, question, knowledge);
  const isSaid =
    statement &&
    (sign !== undefined || rows.every(({ label }) => statement.says.toLowerCase().includes(label.toLowerCase())));
  const beside = besideIds.flatMap((one) => (one === '' ? ('whole' as const) : (find(one) ?? [])));
  const others = (topic ?? cause)!.statements.filter((one) => one !== statement && !beside.includes(one));
  const said = isSaid
    ? statementAnswer(statement, sign, whole, beside)
    : withStatements(whole, [...(statement ? [statement] : []), ...beside.filter((one) => one !== 'whole')]);
  const shown = shorten(said);
  const raised = raiseAskedLine(said, shown, others, question.named, wordWeights(knowledge));
  return raised === said ? shown : shorten(raised);
}

function fixFacts(facts: FactLookup): FixFacts {
  const seen = describeCase(facts) || undefined;
  return { pool: facts('pool'), server: facts('server'), gpo: facts('gpo'), line: facts('line'), seen };
}

/** Some topics have their own builder that knows the case better than a text. */
function wholeTopic(topic: Topic, rows: Topic['facts'], question: Question, knowledge: Knowledge): Answer {
  if (topic.intent === 'defaults')
    return defaultsAnswer(knowledge, question.servers.join(' ') || versionIn(question.folded));
  if (topic.id === 'freb-enable' && knowledge.recipes.has('capture')) return captureAnswer(knowledge);
  return withNamedFacts(withSteps(topic, knowledge), rows);
}

/** "server 2019": a version of Windows has its own row in the table of defaults. */
function versionIn(text: string): string {
  return /\b(?:server 20\d\d|default domain (?:controllers )?policy)\b/.exec(text)?.[0] ?? '';
}

/** A topic whose answer is a procedure: the steps stand right after the sentence that is the answer. */
function withSteps(topic: Topic, knowledge: Knowledge): Answer {
  const answer = topicAnswer(topic, knowledge);
  const steps = topic.steps.map((s) => stepOf(s, () => undefined)).filter((s): s is Step => s !== undefined);
  if (steps.length === 0) return answer;
  return insertAfterAnswer(answer, [stepsPart({ id: 'steps', heading: 'Steps', keep: 'always', steps })]);
}
