import type { Answer, Step } from '../../answer/answer.js';
import { captureAnswer, defaultsAnswer, fixAnswer } from '../../answer/right-answer.js';
import { stepOf, stepsPart } from '../../answer/steps.js';
import { causeAnswer, topicAnswer } from '../../answer/topic-answer.js';
import { capitalize } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Topic } from '../../knowledge/schema.js';
import type { Question } from '../parse/question.js';
import { namedRows, withNamedFacts } from './named-facts.js';
import { polarAnswer } from './polar.js';
import { poolSidAnswer } from './pool-sid.js';
import { shorten } from './short.js';
import { statementAnswer } from './statement-answer.js';

/**
 * Answers with an entry: the statement that was asked for first, or the entry as a whole.
 * @param statement id of a statement of the entry; an unknown one is ignored
 */
export function entryAnswer(
  id: string,
  { statement: statementId, sign }: { statement?: string | undefined; sign?: 'yes' | 'no' | undefined },
  question: Question,
  knowledge: Knowledge,
): Answer {
  const cause = knowledge.causes.get(id);
  const topic = knowledge.topics.get(id);
  const statement = (topic ?? cause)?.statements.find((one) => one.id === statementId);
  if (topic && statement?.recipe !== undefined) return fixAnswer(knowledge, statement.recipe);
  const rows = topic ? namedRows(topic, question.folded) : [];
  const polar = topic && polarAnswer(topic, question.named);
  if (topic && polar !== undefined) {
    const [, sign, says] = /^(Yes|No|It depends)[:,] (.+)$/s.exec(polar)!;
    const said = { id: 'polar', says: sign === 'It depends' ? polar : capitalize(says!) };
    return shorten(statementAnswer(said, signs[sign!], wholeTopic(topic, rows, question, knowledge)));
  }
  const pool = topic?.id === 'pool-sid' ? poolSidAnswer(topicAnswer(topic, knowledge), question.folded) : undefined;
  if (pool) return shorten(pool);
  const whole = cause ? causeAnswer(cause, knowledge) : wholeTopic(topic!, rows, question, knowledge);
  const isSaid = statement && rows.every(({ label }) => statement.says.toLowerCase().includes(label.toLowerCase()));
  return shorten(isSaid ? statementAnswer(statement, sign, whole) : whole);
}

const signs: Readonly<Record<string, 'yes' | 'no'>> = { Yes: 'yes', No: 'no' };

/** Some topics have a builder of their own that knows the case better than a text. */
function wholeTopic(topic: Topic, rows: Topic['facts'], question: Question, knowledge: Knowledge): Answer {
  if (topic.intent === 'defaults')
    return defaultsAnswer(knowledge, question.servers.join(' ') || versionIn(question.folded));
  if (topic.id === 'freb-enable' && knowledge.recipes.has('capture')) return captureAnswer(knowledge);
  return withNamedFacts(withSteps(topic, knowledge), rows);
}

/** "server 2019": a version of Windows has a row of its own in the table of defaults. */
function versionIn(text: string): string {
  return /\b(?:server 20\d\d|default domain (?:controllers )?policy)\b/.exec(text)?.[0] ?? '';
}

/** A topic whose answer is a procedure: the steps stand right after the sentence that is the answer. */
function withSteps(topic: Topic, knowledge: Knowledge): Answer {
  const answer = topicAnswer(topic, knowledge);
  const steps = topic.steps.map((s) => stepOf(s, () => undefined)).filter((s): s is Step => s !== undefined);
  if (steps.length === 0) return answer;
  const at = answer.parts.findIndex((part) => part.id === 'answer') + 1;
  const part = stepsPart({ id: 'steps', heading: 'Steps', keep: 'always', steps });
  return { ...answer, parts: [...answer.parts.slice(0, at), part, ...answer.parts.slice(at)] };
}
