import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Cause } from '../knowledge/schema.js';
import { judgeByRows } from './alone.js';
import { boundNote, damageNote } from './damage.js';
import { causeDetail, linesDetail, plainDetail } from './detail.js';
import { type JudgedStory, tellStory } from './event-story.js';
import { type Match, matchCauses } from './match.js';
import { formatValue, ReadingFacts } from './reading-facts.js';
import type { Decisive, FileVerdict, RequestSummary, Verdict } from './report.js';

/** Requests from this many milliseconds on are slow unless the caller says otherwise. */
export const defaultSlowMs = 3000;

/** One reading judged, with what later reasoning needs of it. */
export interface JudgedReading {
  file: FileVerdict;
  facts: ReadingFacts;
  cause: Cause | undefined;
  because: Observation[];
}

/** Judges one reading, independent of the other files. */
export function judgeReading(reading: Reading, knowledge: Knowledge, slowMs = defaultSlowMs): JudgedReading {
  const facts = new ReadingFacts(reading);
  const judged = judgeFacts(reading, facts, knowledge, slowMs);
  facts.releaseIndex();
  return judged;
}

function judgeFacts(reading: Reading, facts: ReadingFacts, knowledge: Knowledge, slowMs: number): JudgedReading {
  if (reading.kind === 'unknown') return { file: blank(reading, 'unreadable'), facts, cause: undefined, because: [] };
  const isTrace = reading.kind === 'freb-log' || describesRequest(facts);
  if (isTrace) return judgeTrace(reading, facts, knowledge, slowMs);
  const alone = judgeByRows(facts, knowledge);
  const told = tellStory(reading, knowledge);
  if (alone?.row.verdict === 'failure') {
    const judged = fromRow(reading, facts, alone);
    if (told && told.story.events.length > 1) judged.file.story = { ...told.story, rule: null };
    return judged;
  }
  if (told && (told.row || !alone)) return fromStory(reading, facts, told, knowledge);
  return fromSignatures(reading, facts, knowledge) ?? (alone ? fromRow(reading, facts, alone) : silent(reading, facts));
}

/** Pasted events or a pasted detailed error page carry what a trace carries, only less of it. */
function describesRequest(facts: ReadingFacts): boolean {
  return (
    facts.reading.kind === 'fragment' &&
    (facts.has('decisive.event') || facts.has('code.seen') || facts.has('final-status') || facts.has('trace.events'))
  );
}

function judgeTrace(reading: Reading, facts: ReadingFacts, knowledge: Knowledge, slowMs: number): JudgedReading {
  const slow = isSlow(facts, slowMs);
  const match = matchCauses(facts, knowledge.causes.values()).find((m) => m.cause.verdict !== 'slow' || slow);
  const file = blank(reading, match?.cause.verdict ?? verdictWithoutCause(facts, slow));
  file.request = requestOf(facts);
  file.decisive = decisiveOf(facts);
  file.damageNote = damageNote(facts, file.verdict);
  if (reading.timeline) file.timeline = reading.timeline;
  claim(file, facts, match);
  file.evidence = evidenceOf(facts, match?.because ?? []);
  if (!match) {
    file.detail = plainDetail(facts, file.verdict, knowledge);
    file.next = nextWithoutCause(facts, file);
  }
  return { file, facts, cause: match?.cause, because: match?.because ?? [] };
}

function fromSignatures(reading: Reading, facts: ReadingFacts, knowledge: Knowledge): JudgedReading | undefined {
  const match = matchCauses(facts, knowledge.causes.values())[0];
  if (!match) return undefined;
  const file = blank(reading, match.cause.verdict);
  claim(file, facts, match);
  file.evidence = evidenceOf(facts, match.because);
  return { file, facts, cause: match.cause, because: match.because };
}

/** Evidence other than traces about which no card has anything to say: only failing requests are a fault by themselves. */
function silent(reading: Reading, facts: ReadingFacts): JudgedReading {
  const failures = facts.number('access.failures') ?? 0;
  const file = blank(reading, failures > 0 ? 'failure' : reading.kind === 'access-log' ? 'no-fault' : 'inconclusive');
  file.detail = linesDetail(facts);
  file.evidence = evidenceOf(facts, failures > 0 ? facts.all('access.status').slice(0, 3) : []);
  if (failures > 0) file.next = ['freb-log'];
  return { file, facts, cause: undefined, because: [] };
}

function fromRow(
  reading: Reading,
  facts: ReadingFacts,
  alone: NonNullable<ReturnType<typeof judgeByRows>>,
): JudgedReading {
  const claimed = alone.row.verdict === 'failure';
  const file = blank(reading, alone.row.verdict);
  file.cause = claimed ? alone.cause.id : null;
  file.confidence = claimed ? weaker(alone.row.certainty ?? alone.cause.certainty, reading) : null;
  file.detail = alone.says ?? null;
  file.evidence = evidenceOf(facts, alone.because);
  file.next = alone.row.next;
  return { file, facts, cause: claimed ? alone.cause : undefined, because: alone.because };
}

/** Windows events by their table. What is asked for next is the row's: no trace exists where no request was traced. */
function fromStory(reading: Reading, facts: ReadingFacts, told: JudgedStory, knowledge: Knowledge): JudgedReading {
  const { row, story, because } = told;
  const cause = row?.cause === undefined ? undefined : knowledge.causes.get(row.cause);
  const harmless = row?.role === 'note' && story.unknown.length === 0;
  const file = blank(reading, row && row.role !== 'note' ? 'failure' : harmless ? 'no-fault' : 'inconclusive');
  file.story = story;
  file.cause = cause?.id ?? null;
  file.confidence = cause && row ? row.certainty : null;
  const decisive = story.events.find((e) => e.event === because[0]?.event);
  file.detail = decisive?.means ?? unknownEvents(story.unknown);
  file.evidence = evidenceOf(facts, because);
  file.next = row ? row.next : ['event-log'];
  return { file, facts, cause, because };
}

function unknownEvents(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `I don't know what these events mean: ${shown}${more}. I know the events of WAS, W3SVC, ASP.NET, the ASP.NET Core Module, .NET Runtime, Application Error, Schannel, user rights and logons; send those of the same minutes.`;
}

function claim(file: FileVerdict, facts: ReadingFacts, match: Match | undefined): void {
  if (!match) return;
  file.cause = match.cause.id;
  file.confidence = weaker(match.signature.certainty ?? match.cause.certainty, facts.reading);
  file.detail = causeDetail(match, facts);
  const piece = facts.reading.kind === 'fragment' && !match.cause.next.includes('freb-log');
  file.next = piece ? ['freb-log', ...match.cause.next] : match.cause.next;
}

/** Lowers `confirmed` to `likely` for a pasted piece, because what was left out is unknown. */
function weaker(certainty: Cause['certainty'], reading: Reading): Cause['certainty'] {
  return reading.kind === 'fragment' && certainty === 'confirmed' ? 'likely' : certainty;
}

/** Slow: from the threshold on, or because the trace rule fired on time. */
function isSlow(facts: ReadingFacts, slowMs: number): boolean {
  // An open WebSocket is one long request; its length says nothing about speed.
  if (facts.number('final-status') === 101) return false;
  return facts.text('failure-reason') === 'TIME_TAKEN' || (facts.number('request.time-taken') ?? 0) >= slowMs;
}

function verdictWithoutCause(facts: ReadingFacts, slow: boolean): Verdict {
  const status = facts.number('final-status');
  const cut =
    facts.reading.damage.some((d) => d === 'truncated' || d === 'cut-off') && facts.flag('trace.ends') !== true;
  // A rule that fired on time wrote the log while the request was running: its status is not final and means nothing.
  const running = facts.text('failure-reason') === 'TIME_TAKEN';
  if (!running && status !== undefined && status >= 400) {
    return cut && !facts.has('decisive.event') ? 'inconclusive' : 'failure';
  }
  if (facts.flag('trace.client-gone')) return 'aborted';
  if (slow) return 'slow';
  if (status === undefined) return facts.has('decisive.event') ? 'failure' : 'inconclusive';
  return cut || facts.reading.kind === 'fragment' ? 'inconclusive' : 'no-fault';
}

function nextWithoutCause(facts: ReadingFacts, file: FileVerdict): string[] {
  if (file.verdict === 'inconclusive') return [file.damage.length > 0 ? 'whole-log' : 'freb-log'];
  if (file.verdict !== 'failure') return [];
  return facts.has('decisive.event') ? ['successful-log'] : ['verbose-trace'];
}

function blank(reading: Reading, verdict: Verdict): FileVerdict {
  return {
    name: reading.file,
    kind: reading.kind,
    form: reading.form,
    origin: reading.origin,
    verdict,
    cause: null,
    confidence: null,
    damage: reading.damage,
    request: null,
    decisive: null,
    evidence: [],
    detail: null,
    withheld: reading.withheld,
    next: [],
    refusal: reading.refusal,
    looksLike: reading.looksLike,
    damageNote: boundNote(reading),
  };
}

function requestOf(facts: ReadingFacts): RequestSummary {
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
  };
}

function decisiveOf(facts: ReadingFacts): Decisive | null {
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

/** What the verdict rests on, the deciding event first; facts without an event are the file's own (its root, its lines). */
function evidenceOf(facts: ReadingFacts, because: Observation[]): FileVerdict['evidence'] {
  const decisive = [
    'decisive.status',
    'decisive.substatus',
    'decisive.module',
    'decisive.code',
    'decisive.notification',
  ]
    .flatMap((name) => facts.all(name))
    .filter((o) => !(o.name === 'decisive.substatus' && o.value === 0));
  // That there was a deciding event is told by what it set.
  const telling = because.filter((o) => o.name !== 'decisive.event').flatMap((o) => tellingOf(o, facts));
  const rows = new Map<string, FileVerdict['evidence'][number]>();
  for (const o of [...decisive, ...telling]) {
    const field = o.field ?? o.name;
    const value = o.raw ?? formatValue(o.value);
    rows.set(`${o.event ?? ''}|${field}|${value}`, { event: o.event ?? null, eventName: o.eventName, field, value });
  }
  return [...rows.values()];
}

/** Facts that only sort others are shown by what they sort: the list for "lacks IIS_IUSRS", the step for "slow in page code". */
const shownBy: Partial<Record<ObservationName, ObservationName[]>> = {
  'exception.origin': ['exception.type', 'exception.message'],
  'slow.kind': ['slow.ms'],
  'rewrite.action': ['rewrite.rule'],
  'right.defined': ['right.holders'],
  'right.holds-iis-iusrs': ['right.holders'],
  'right.holds-service': ['right.holders'],
};

function tellingOf(o: Observation, facts: ReadingFacts): Observation[] {
  const better = (shownBy[o.name] ?? []).flatMap((name) => facts.all(name).slice(0, 1));
  return better.length > 0 ? better : [o];
}
