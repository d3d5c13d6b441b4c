import type { Answer } from '../answer/answer.js';
import type { Fleet } from '../diagnosis/fleet/forecast.js';
import type { Report } from '../diagnosis/report.js';
import type { AskReply } from './ask-reply.js';

/** The output of `frebot diagnose --json`: a contract for scripts and other tools. */
export interface DiagnosisJson extends Report {
  schema: 'frebot.diagnosis/1';
  answer: Answer;
}

/** The output of `frebot preflight --json`. */
export interface PreflightJson extends Fleet {
  schema: 'frebot.preflight/1';
  answer: Answer;
}

/** The output of `frebot ask --json`. */
export interface AnswerJson extends AskReply {
  schema: 'frebot.answer/1';
}

/** Field names are those of the report: they are the contract. Fields may be added, none renamed. */
export function diagnosisJson(report: Report, answer: Answer): DiagnosisJson {
  const { diagnosis, fleet } = report;
  // The chart repeats the timeline for renderers, the members the files, and the name of a further piece ends with its number; they are not part of the contract.
  const files = report.files.map(({ waterfall: _, continues: __, ...file }) => file);
  const groups = report.groups.map(({ members: _, ...group }) => group);
  return { schema: 'frebot.diagnosis/1', files, diagnosis, groups, ...(fleet && { fleet }), answer };
}

/** One object with the servers, their pools and what is foretold of each. */
export function preflightJson(fleet: Fleet, answer: Answer): PreflightJson {
  return { schema: 'frebot.preflight/1', ...fleet, answer };
}

/**
 * `score` is 0 to 1, `topic` null where the answer has none, `intent` `unknown` outside what Frebot knows and `choice` with the
 * `choices` that it offers.
 */
export function answerJson({ intent, topic, score, choices, answer }: AskReply): AnswerJson {
  const rounded = Math.round(score * 100) / 100;
  return { schema: 'frebot.answer/1', intent, topic, score: rounded, ...(choices && { choices }), answer };
}
