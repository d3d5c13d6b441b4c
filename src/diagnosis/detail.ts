import type { ObservationName } from '../evidence/vocabulary/index.js';
import { fillBraces } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Match } from './match.js';
import type { ReadingFacts } from './reading-facts.js';
import type { Verdict } from './report.js';

/** The one fact an expert would add: the first of the sentences, the signature's before the card's, whose braces are all known. */
export function causeDetail({ cause, signature }: Match, facts: ReadingFacts): string | null {
  for (const template of [...signature.detail, ...cause.detail]) {
    const text = fillBraces(template, (name) => facts.text(name as ObservationName));
    if (text !== undefined) return text;
  }
  return null;
}

/** The same where no card fits: what the deciding event says, decoded as far as the knowledge goes. */
export function plainDetail(facts: ReadingFacts, verdict: Verdict, knowledge: Knowledge): string | null {
  if (verdict === 'no-fault') return noFault(facts);
  if (verdict === 'slow') return slowest(facts);
  const message = facts.text('exception.message');
  if (message) return [facts.text('exception.type'), message].filter(Boolean).join(': ');
  const spoken =
    facts.text('decisive.config-message') ?? facts.text('decisive.description') ?? facts.text('module.warning');
  if (spoken) return spoken;
  const code = facts.text('decisive.code') ?? facts.text('code.seen');
  if (code === undefined) return statusDetail(facts, knowledge);
  const known = knowledge.codes.get(code);
  return known ? `${code} ${known.name}: ${known.message}` : code;
}

/** What the status itself means, with its substatus where that is known. */
function statusDetail(facts: ReadingFacts, knowledge: Knowledge): string | null {
  const status = facts.number('final-status');
  if (status === undefined) return null;
  const substatus = facts.number('final-substatus') ?? 0;
  // What the list says of 500.0 is one cause among many of a plain 500.
  const whole = substatus === 0 ? undefined : knowledge.statuses.get(`${status}.${substatus}`);
  const known = whole ?? knowledge.statuses.get(String(status)) ?? knowledge.statuses.get(`${status}.0`);
  if (!known) {
    const module = facts.text('decisive.module');
    const full = substatus === 0 ? `${status}` : `${status}.${substatus}`;
    return module === undefined ? `HTTP ${full}` : `HTTP ${full} set by ${module}`;
  }
  return `${known.code.replace(/\.0$/, '')}: ${known.name}`;
}

function noFault(facts: ReadingFacts): string {
  const trigger = facts.text('trigger-status');
  const status = facts.number('final-status');
  return trigger !== undefined && trigger !== String(status)
    ? `The trace rule fired on ${trigger} of an inner request; the answer was ${status}.`
    : `The trace rule recorded a successful answer${status === undefined ? '' : ` (${status})`}.`;
}

function slowest(facts: ReadingFacts): string | null {
  const step = facts.text('slow.step') ?? facts.text('open-step');
  const ms = facts.number('slow.ms');
  if (step === undefined) return null;
  return ms === undefined ? step : `${step}: ${ms} ms`;
}

/** What an access log shows when none of its lines speaks of a known cause; null for other evidence. */
export function linesDetail(facts: ReadingFacts): string | null {
  const lines = facts.number('access.lines');
  if (lines === undefined) return null;
  const failures = facts.number('access.failures') ?? 0;
  if (failures === 0) return `None of ${lines} lines has a status of 500 or more.`;
  const most = facts.text('access.status') ?? facts.text('access.reason');
  return `${failures} of ${lines} lines failed${most ? `, most often with ${most}` : ''}.`;
}
