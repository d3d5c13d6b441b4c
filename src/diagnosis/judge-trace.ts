import type { Reading } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { isFromHttpSys, plainDetail } from './cause-detail.js';
import { claimCause } from './claim-cause.js';
import { damageNote } from './damage.js';
import { listEvidence } from './file-evidence.js';
import { createVerdict, type JudgedReading, ranks } from './judged-reading.js';
import { matchCauses } from './match.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';
import type { DecisiveEvent, FileVerdict, RequestSummary, Verdict } from './report.js';

/** True for pasted events and error pages with details: they hold what a trace holds, only less of it. */
export function describesRequest(facts: ReadingFacts): boolean {
  const { kind } = facts.reading;
  return (
    (kind === 'fragment' || kind === 'error-page') &&
    (facts.has('decisive.event') || facts.has('code.seen') || facts.has('final-status') || facts.has('trace.events'))
  );
}

/** Judges a trace, and what holds the same as one. */
export function judgeTrace(reading: Reading, facts: ReadingFacts, knowledge: Knowledge, slowMs: number): JudgedReading {
  const slow = isSlow(facts, slowMs);
  const match = matchCauses(facts, knowledge.causes.values()).find((m) => m.cause.verdict !== 'slow' || slow);
  const file = createVerdict(reading, match?.cause.verdict ?? verdictWithoutCause(facts, slow));
  file.request = requestOf(facts);
  file.decisive = decisiveOf(facts);
  if (!file.decisive) file.code = facts.text('decisive.code');
  file.damageNote = damageNote(facts, file.verdict);
  if (reading.timeline) file.timeline = reading.timeline;
  if (reading.waterfall) file.waterfall = reading.waterfall;
  claimCause(file, facts, match);
  file.evidence = listEvidence(facts, match?.because ?? []);
  if (!match) {
    file.detail = plainDetail(facts, file.verdict, knowledge);
    file.next = nextWithoutCause(facts, file);
  }
  const rank = match?.signature.priority ?? ranks.nothing;
  return { file, facts, cause: match?.cause, because: match?.because ?? [], rank };
}

/** True for a request from the threshold on, or when the trace rule fired on time. */
function isSlow(facts: ReadingFacts, slowMs: number): boolean {
  // An open WebSocket is one long request; its length says nothing about speed.
  if (facts.number('final-status') === 101) return false;
  return facts.text('failure-reason') === 'TIME_TAKEN' || (facts.number('request.time-taken') ?? 0) >= slowMs;
}

function verdictWithoutCause(facts: ReadingFacts, slow: boolean): Verdict {
  const status = facts.number('final-status');
  const cut =
    facts.reading.damage.some((d) => d === 'truncated' || d === 'cut-off') && facts.flag('trace.ends') !== true;
  // A rule that fired on time wrote the log while the request was running, so its status is not final.
  const running = facts.text('failure-reason') === 'TIME_TAKEN';
  if (!running && status !== undefined && status >= 400) {
    return cut && !facts.has('decisive.event') ? 'inconclusive' : 'failure';
  }
  if (facts.flag('trace.client-gone')) return 'aborted';
  if (slow) return 'slow';
  // A page of an error without its heading is still the page of an error.
  if (facts.reading.kind === 'error-page') return 'failure';
  if (status === undefined) return facts.has('decisive.event') ? 'failure' : 'inconclusive';
  return cut || facts.reading.kind === 'fragment' ? 'inconclusive' : 'no-fault';
}

function nextWithoutCause(facts: ReadingFacts, file: FileVerdict): string[] {
  if (isFromHttpSys(facts)) return ['event-log'];
  // A line shows no exception; the event of the application has it.
  if (facts.has('access.lines')) return file.verdict === 'failure' ? ['freb-log', 'event-log'] : [];
  if (file.verdict === 'inconclusive') return [file.damage.length > 0 ? 'whole-log' : 'freb-log'];
  if (file.verdict !== 'failure') return [];
  // What a trace rule left out is known only of a trace.
  if (facts.reading.kind !== 'freb-log') return ['freb-log'];
  return facts.has('decisive.event') ? ['successful-log'] : ['verbose-trace'];
}

function requestOf(facts: ReadingFacts): RequestSummary {
  const site = facts.text('request.site-id');
  return {
    verb: facts.text('request.verb') ?? null,
    url: facts.text('request.url') ?? null,
    status: facts.number('final-status') ?? null,
    substatus: facts.number('final-substatus') ?? null,
    timeTakenMs: facts.number('request.time-taken') ?? null,
    appPool: facts.text('request.app-pool') ?? null,
    server: facts.text('request.server') ?? null,
    time: facts.text('request.time') ?? null,
    processId: facts.number('request.process-id') ?? null,
    ...(site !== undefined && { site }),
  };
}

function decisiveOf(facts: ReadingFacts): DecisiveEvent | null {
  const event = facts.first('decisive.event');
  if (event?.event === undefined) return null;
  return {
    event: event.event,
    name: formatValue(event.value),
    module: facts.text('decisive.module') ?? null,
    notification: facts.text('decisive.notification') ?? null,
    errorCode: facts.text('decisive.code') ?? null,
  };
}
