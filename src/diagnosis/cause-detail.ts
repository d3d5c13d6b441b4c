import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Match } from './match.js';
import type { ReadingFacts } from './reading-facts.js';
import type { Verdict } from './report.js';

/**
 * Returns the one fact an expert would add: the first sentence whose braces can all be filled. The signature's sentences come
 * before the card's.
 */
export function causeDetail({ cause, signature }: Match, facts: ReadingFacts): string | null {
  for (const template of [...signature.detail, ...cause.detail]) {
    const text = fillBraces(template, (name) => facts.text(name as ObservationName));
    if (text !== undefined) return text;
  }
  return null;
}

/** Returns the same where no card fits: what the deciding event says, decoded as far as the knowledge goes. */
export function plainDetail(facts: ReadingFacts, verdict: Verdict, knowledge: Knowledge): string | null {
  const heads = facts.list('trace.heads');
  if (heads && verdict === 'inconclusive') return describeHeads(heads);
  if (verdict === 'no-fault') return describeSuccess(facts);
  if (verdict === 'slow') return describeSlowStep(facts);
  const message = facts.text('exception.message');
  if (message) return [facts.text('exception.type'), message].filter(Boolean).join(': ');
  const reported =
    facts.text('decisive.config-message') ?? facts.text('decisive.description') ?? facts.text('module.warning');
  if (reported) return reported;
  const code = facts.text('decisive.code') ?? facts.text('code.seen');
  if (code === undefined) return describeStatus(facts, knowledge);
  const known = knowledge.codes.get(code);
  return known ? `${code} ${known.name}: ${known.message}` : code;
}

/** Returns how the requests ended whose start tags were copied without their events. */
function describeHeads(statuses: readonly string[]): string {
  const ended =
    statuses.length === 1
      ? `The request ended with ${statuses[0]}`
      : new Set(statuses).size === 1
        ? `${statuses.length === 2 ? 'Both' : `All ${statuses.length}`} requests ended with ${statuses[0]}`
        : `The ${statuses.length} requests ended with ${statuses.join(', ')}`;
  return `${ended}. The copy holds only the head of each log and no event, so there is nothing in it to judge.`;
}

/** Returns what the status itself means, with its substatus where that is known. */
function describeStatus(facts: ReadingFacts, knowledge: Knowledge): string | null {
  const status = facts.number('final-status');
  if (status === undefined) return null;
  const substatus = facts.number('final-substatus') ?? 0;
  // The list gives 500.0 one cause; a plain 500 has many.
  const exact = substatus === 0 ? undefined : knowledge.statuses.get(`${status}.${substatus}`);
  const known = exact ?? knowledge.statuses.get(String(status)) ?? knowledge.statuses.get(`${status}.0`);
  if (!known) {
    const module = facts.text('decisive.module');
    const full = substatus === 0 ? `${status}` : `${status}.${substatus}`;
    return module === undefined ? `HTTP ${full}` : `HTTP ${full} set by ${module}`;
  }
  return `${known.code.replace(/\.0$/, '')}: ${known.name}`;
}

function describeSuccess(facts: ReadingFacts): string {
  const trigger = facts.text('trigger-status');
  const status = facts.number('final-status');
  return trigger !== undefined && trigger !== String(status)
    ? `The trace rule fired on ${trigger} of an inner request; the answer was ${status}.`
    : `The trace rule recorded a successful answer${status === undefined ? '' : ` (${status})`}.`;
}

function describeSlowStep(facts: ReadingFacts): string | null {
  const step = facts.text('slow.step') ?? facts.text('open-step');
  const ms = facts.number('slow.ms');
  if (step === undefined) return null;
  return ms === undefined ? step : `${step}: ${ms} ms`;
}

/** Returns what an application threw, and where in its own files. */
export function exceptionDetail(facts: ReadingFacts, knowledge: Knowledge): string {
  const known = knowledge.codes.get(facts.text('exception.code') ?? '');
  if (known && !facts.has('exception.type')) return `${known.hresult} is ${known.name}: ${known.message}`;
  const said = [facts.text('exception.type'), facts.text('exception.message')].filter(Boolean).join(': ');
  const [file, line] = [facts.text('exception.file'), facts.text('exception.line')];
  return `The application failed with ${said}${file === undefined ? '' : ` (${file}${line === undefined ? '' : `, line ${line}`})`}`;
}

/** True for an httperr log and its lines: what HTTP.sys logged never reached IIS. */
export function isFromHttpSys({ reading }: ReadingFacts): boolean {
  return reading.form === 'httperr' || reading.form === 'httperr-line';
}

/** True for lines of which some are noise and none failed or was refused. */
export function isOnlyNoise(facts: ReadingFacts): boolean {
  return facts.has('access.noise') && !facts.has('access.status') && !facts.has('access.reason');
}

/** Returns what an access log shows when none of its lines has a known cause; null for other evidence. */
export function linesDetail(facts: ReadingFacts): string | null {
  const lines = facts.number('access.lines');
  if (lines === undefined) return null;
  const failures = facts.number('access.failures') ?? 0;
  if (isOnlyNoise(facts)) return 'These lines are network noise, and not a fault of a site.';
  if (failures === 0 && isFromHttpSys(facts)) return `None of ${lines} lines of HTTP.sys says that a site failed.`;
  if (failures === 0) return `None of ${lines} lines has a status of 500 or more.`;
  const commonest = facts.text('access.status') ?? facts.text('access.reason');
  return `${failures} of ${lines} lines failed${commonest ? `, most often with ${commonest}` : ''}.`;
}
