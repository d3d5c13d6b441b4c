import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { TraceComparison } from '../evidence/freb/compare.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer } from './answer.js';
import { codeAnswer } from './code-answer.js';
import { compareAnswer } from './compare-answer.js';
import { defaultsAnswer } from './defaults-answer.js';
import { answerReport } from './diagnosis-answer.js';
import { type ErrorCode, errorTexts } from './error-texts.js';
import { errorAnswer } from './errors.js';
import { captureAnswer, fixAnswer } from './fix-answer.js';
import { confirmedReports } from './gallery/confirmed-reports.js';
import { otherReports } from './gallery/other-reports.js';
import { log, page, rightReports } from './gallery/right-reports.js';
import { causeAnswer, statusAnswer, topicAnswer } from './topic-answer.js';

/** One answer as every door shows it. */
export interface GalleryEntry {
  /** Name of the golden, lower case words joined by hyphens. */
  name: string;
  answer: Answer;
}

/** The moment the gallery is taken at: twelve days after its traces. */
const now = new Date('2026-06-20T20:00:00Z');

/**
 * Reports as the diagnosis yields them, made up and fixed for good: one for every shape an answer can take, but for the
 * confirmed ones. An entry is left out where the knowledge at hand has no card for its cause.
 */
export const galleryReports: Readonly<Record<string, Report>> = { ...rightReports, ...otherReports };

/** An example of every answer that is built from a report or an entry. Deterministic for one knowledge. */
export function answerGallery(knowledge: Knowledge): GalleryEntry[] {
  return [
    ...reports(knowledge),
    ...comparisons(knowledge),
    ...questions(knowledge),
    ...rights(knowledge),
    ...troubles(),
  ];
}

function reports(knowledge: Knowledge): GalleryEntry[] {
  return Object.entries({ ...galleryReports, ...confirmedReports(knowledge) })
    .filter(([, report]) => report.diagnosis.findings.every((f) => knowledge.causes.has(f.cause)))
    .map(([name, report]) => ({ name, answer: answerReport(report, knowledge, { now }) }));
}

function comparisons(knowledge: Knowledge): GalleryEntry[] {
  const request = { ...log.request!, status: 200, time: '2026-06-09T06:10:02Z', processId: 9004 };
  const good = { ...page, name: 'fr000040.xml', request };
  const both = (bad: FileVerdict): Report => ({
    files: [bad, good],
    diagnosis: { verdict: bad.verdict, findings: [] },
    groups: [],
  });
  const at = (event: number, name: string, says: string | null) => ({
    event,
    name,
    module: null,
    notification: null,
    says,
  });
  const readable = { bad: true, good: true };
  const parted: TraceComparison = {
    readable,
    same: false,
    common: 41,
    before: { bad: at(70, 'FILE_CACHE_ACCESS_START', null), good: at(70, 'FILE_CACHE_ACCESS_START', null) },
    parting: {
      why: 'result',
      bad: at(71, 'FILE_CACHE_ACCESS_END', 'Successful=false 0x80070542'),
      good: at(71, 'FILE_CACHE_ACCESS_END', 'Successful=true'),
    },
    slower: [],
  };
  const slower = [{ step: 'AspNetPageLoad at EXECUTE_REQUEST_HANDLER', badMs: 5016, goodMs: 31 }];
  const late: FileVerdict = { ...page, verdict: 'slow', request: { ...request, timeTakenMs: 5032, processId: 7120 } };
  const alike: TraceComparison = { readable, same: true, common: 120, before: null, parting: null, slower };
  return [
    { name: 'compare', answer: compareAnswer(parted, both(log), knowledge, { now }) },
    { name: 'compare-alike', answer: compareAnswer(alike, both(late), knowledge, { now }) },
  ];
}

function questions(knowledge: Knowledge): GalleryEntry[] {
  const entries: GalleryEntry[] = [
    { name: 'code-known', answer: codeAnswer(0x80070542, knowledge) },
    { name: 'code-unknown', answer: codeAnswer(0x8bad1234, knowledge) },
    { name: 'code-unknown-win32', answer: codeAnswer(0x80071234, knowledge) },
  ];
  for (const code of ['500.19', '500.24', '404.99']) {
    const answer = statusAnswer(code, knowledge);
    if (answer) entries.push({ name: `status-${code.replace('.', '-')}`, answer });
  }
  const cause = knowledge.causes.get('config-section-locked');
  if (cause) entries.push({ name: 'cause', answer: causeAnswer(cause, knowledge) });
  const topic = knowledge.topics.get('impersonate-right');
  if (topic) entries.push({ name: 'topic', answer: topicAnswer(topic, knowledge) });
  return entries;
}

function rights(knowledge: Knowledge): GalleryEntry[] {
  if (knowledge.rights.size === 0) return [];
  const facts = {
    pool: 'Portal',
    server: 'WEB03',
    gpo: 'Server Hardening 2026',
    line: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6,*S-1-5-32-568',
    holders: ['*S-1-5-19', '*S-1-5-20', '*S-1-5-32-544', '*S-1-5-6'],
  };
  return [
    { name: 'defaults', answer: defaultsAnswer(knowledge) },
    { name: 'defaults-member-server', answer: defaultsAnswer(knowledge, 'member server') },
    {
      name: 'defaults-domain-controllers-policy',
      answer: defaultsAnswer(knowledge, 'default domain controllers policy'),
    },
    { name: 'defaults-server-2025', answer: defaultsAnswer(knowledge, 'server 2025') },
    { name: 'fix', answer: fixAnswer(knowledge) },
    ...[...knowledge.recipes.keys()]
      .filter((id) => id !== 'capture')
      .map((id) => ({ name: `fix-${id}`, answer: fixAnswer(knowledge, id) })),
    { name: 'fix-gpo-case', answer: fixAnswer(knowledge, 'gpo', facts) },
    { name: 'fix-powershell-case', answer: fixAnswer(knowledge, 'powershell', facts) },
    { name: 'capture', answer: captureAnswer(knowledge) },
  ];
}

function troubles(): GalleryEntry[] {
  return (Object.keys(errorTexts) as ErrorCode[]).map((code) => ({
    name: `error-${code}`,
    answer: errorAnswer(code, { name: 'fr000032.xml' }),
  }));
}
