import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Assertion } from '../parse/assertion.js';
import { marksOf, parseQuestion } from '../parse/question.js';
import { contextMarks, mayLean } from '../rank/context.js';
import { featuresOf } from '../rank/features.js';

/** One example: features by place, and what answers it. */
export interface Example {
  features: Map<number, number>;
  entry: string;
  /** '' for the entry as a whole, `unsorted` where that is not known. */
  statement: string;
  /** Where the example is a question for yes or no: what it asserts, and the right sign. */
  signed?: { sign: 'yes' | 'no'; assertion: Assertion };
  /** Said in a thread, where people use the same few words. */
  inThread: boolean;
  /** How much it counts: less for sentences of the entry, which are not questions. */
  weight: number;
}

/** A text that is learned from, before it is turned into features. */
export interface LearnedText {
  text: string;
  entry: string;
  statement: string;
  weight?: number;
  /** The right answer, where it is a question for yes or no. */
  sign?: 'yes' | 'no';
  /** What the thread is about in which it is said. */
  topic?: string;
}

/** Returns the example that a text gives; undefined for one without words. */
export function exampleOf(
  { text, entry, statement, weight = 1, sign, topic }: LearnedText,
  knowledge: Knowledge,
): Example | undefined {
  const question = parseQuestion(text, knowledge);
  if (question.text === '') return undefined;
  const context = topic !== undefined && mayLean(question) ? contextMarks(topic, knowledge) : [];
  const features = featuresOf(question.text, [...marksOf(question, knowledge), ...context]);
  const { assertion } = question;
  return {
    features,
    entry,
    statement,
    inThread: topic !== undefined,
    weight,
    ...(sign && assertion && { signed: { sign, assertion } }),
  };
}
