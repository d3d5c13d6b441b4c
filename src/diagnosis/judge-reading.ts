import type { Observation, Reading } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import type { BarePageRow } from '../knowledge/bare-page-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { OutputRow } from '../knowledge/output-schema.js';
import type { Cause } from '../knowledge/schema.js';
import { accessStatistics } from './access-statistics.js';
import { judgedByMessage } from './by-message.js';
import { judgeByRows, type RowVerdict } from './card-rows.js';
import { listPoolRows } from './configuration/pool-rows.js';
import { type JudgedConfiguration, judgeConfiguration } from './configuration/remarks.js';
import { boundNote, damageNote, eventLogNote } from './damage.js';
import { causeDetail, exceptionDetail, isFromHttpSys, isOnlyNoise, linesDetail, plainDetail } from './detail.js';
import { composeStory, type JudgedStory } from './event-story.js';
import { type Match, matchCauses } from './match.js';
import { judgeOtherRights } from './other-rights.js';
import { formatValue, ReadingFacts } from './reading-facts.js';
import type { DecisiveEvent, FileVerdict, RequestSummary, Verdict } from './report.js';
import { type FittingRow, findFittingRow } from './table-rows.js';

/** Requests from this many milliseconds on are slow unless the caller says otherwise. */
export const defaultSlowMs = 3000;

/** A judged reading, with what later reasoning needs of it. */
export interface JudgedReading {
  file: FileVerdict;
  facts: ReadingFacts;
  cause: Cause | undefined;
  because: Observation[];
  /** How much the judgement rests on, on the scale of the cards' priorities. */
  rank: number;
}

/** Judgements that rest on no signature: a file of configuration and the like speak for themselves. */
const ranks = { nothing: 0, bare: 50, event: 62, eventText: 78, row: 73, file: 100 } as const;

/** Judges one reading, independent of the other files. */
export function judgeReading(reading: Reading, knowledge: Knowledge, slowMs = defaultSlowMs): JudgedReading {
  const facts = new ReadingFacts(reading);
  const judged = judgedByMessage(judgeFacts(reading, facts, knowledge, slowMs), knowledge);
  const note = eventLogNote(facts);
  if (note) judged.file.damageNote = [note, judged.file.damageNote].filter(Boolean).join(' ');
  const pools = reading.kind === 'server-config' ? listPoolRows(facts) : [];
  if (pools.length > 0) judged.file.pools = pools;
  const lines = accessStatistics(facts);
  if (lines) judged.file.lines = lines;
  const otherRights = judgeOtherRights(facts, knowledge);
  if (otherRights) judged.file.otherRights = otherRights;
  facts.releaseIndex();
  return judged;
}

function judgeFacts(reading: Reading, facts: ReadingFacts, knowledge: Knowledge, slowMs: number): JudgedReading {
  if (reading.kind === 'unknown')
    return { file: createVerdict(reading, 'unreadable'), facts, cause: undefined, because: [], rank: ranks.nothing };
  const isTrace = reading.kind === 'freb-log' || describesRequest(facts);
  if (isTrace) return judgeTrace(reading, facts, knowledge, slowMs);
  const bare = reading.kind === 'error-page' ? findFittingRow(knowledge.barePages.values(), facts) : undefined;
  if (bare) return judgedByBarePage(reading, facts, bare, knowledge);
  const configuration = judgeConfiguration(facts, knowledge);
  if (configuration) return judgedByConfiguration(reading, facts, configuration, knowledge);
  const byRow = judgeByRows(facts, knowledge);
  const byStory = composeStory(reading, knowledge);
  if (byRow?.row.verdict === 'failure') {
    const judged = judgedByRow(reading, facts, byRow);
    if (byStory && byStory.story.events.length > 1) judged.file.story = { ...byStory.story, rule: null };
    return judged;
  }
  if (byStory && (byStory.row || !byRow)) return judgedByStory(reading, facts, byStory, knowledge);
  const outputs = [...knowledge.outputs.values()].filter(({ output }) =>
    output.some((command) => command === reading.form),
  );
  const byOutput = findFittingRow(outputs, facts);
  if (byOutput) return judgedByOutput(reading, facts, byOutput, knowledge);
  return (
    judgeBySignatures(reading, facts, knowledge) ??
    (byRow ? judgedByRow(reading, facts, byRow) : judgeWithoutCard(reading, facts, knowledge))
  );
}

/** True for pasted events and error pages with details: they hold what a trace holds, only less of it. */
function describesRequest(facts: ReadingFacts): boolean {
  const { kind } = facts.reading;
  return (
    (kind === 'fragment' || kind === 'error-page') &&
    (facts.has('decisive.event') || facts.has('code.seen') || facts.has('final-status') || facts.has('trace.events'))
  );
}

function judgeTrace(reading: Reading, facts: ReadingFacts, knowledge: Knowledge, slowMs: number): JudgedReading {
  const slow = isSlow(facts, slowMs);
  const match = matchCauses(facts, knowledge.causes.values()).find((m) => m.cause.verdict !== 'slow' || slow);
  const file = createVerdict(reading, match?.cause.verdict ?? verdictWithoutCause(facts, slow));
  file.request = requestOf(facts);
  file.decisive = decisiveOf(facts);
  if (reading.kind === 'error-page') file.code = facts.text('decisive.code');
  file.damageNote = damageNote(facts, file.verdict);
  if (reading.timeline) file.timeline = reading.timeline;
  if (reading.waterfall) file.waterfall = reading.waterfall;
  claimCause(file, facts, match);
  file.evidence = evidenceOf(facts, match?.because ?? []);
  if (!match) {
    file.detail = plainDetail(facts, file.verdict, knowledge);
    file.next = nextWithoutCause(facts, file);
  }
  const rank = match?.signature.priority ?? ranks.nothing;
  return { file, facts, cause: match?.cause, because: match?.because ?? [], rank };
}

function judgeBySignatures(reading: Reading, facts: ReadingFacts, knowledge: Knowledge): JudgedReading | undefined {
  const match = matchCauses(facts, knowledge.causes.values())[0];
  if (!match) return undefined;
  const file = createVerdict(reading, match.cause.verdict);
  claimCause(file, facts, match);
  file.evidence = evidenceOf(facts, match.because);
  return { file, facts, cause: match.cause, because: match.because, rank: match.signature.priority };
}

/** Judges evidence other than traces that no card is about: only failing requests are a fault without a card. */
function judgeWithoutCard(reading: Reading, facts: ReadingFacts, knowledge: Knowledge): JudgedReading {
  const failures = facts.number('access.failures') ?? 0;
  const thrown = reading.kind === 'application-log' && facts.has('exception.message');
  const file = createVerdict(
    reading,
    failures > 0 || thrown
      ? 'failure'
      : reading.kind === 'access-log' || isOnlyNoise(facts)
        ? 'no-fault'
        : 'inconclusive',
  );
  file.detail = (thrown ? exceptionDetail(facts, knowledge) : linesDetail(facts)) ?? describeEmptyLog(facts);
  if (reading.kind === 'event-export') file.next = ['event-log'];
  const because = thrown ? ['exception.type', 'exception.message', 'exception.file'] : ['access.status'];
  file.evidence = evidenceOf(
    facts,
    failures > 0 || thrown ? because.flatMap((name) => facts.all(name)).slice(0, 3) : [],
  );
  // What HTTP.sys logged never reached IIS, so no trace of it exists.
  if (failures > 0) file.next = [isFromHttpSys(facts) ? 'event-log' : 'freb-log'];
  return { file, facts, cause: undefined, because: [], rank: ranks.nothing };
}

/** What a row of the knowledge says about a file, whichever table the row is of. */
interface RowClaim {
  verdict: Verdict;
  cause: Cause | undefined;
  /** How sure the row makes us; counts only where it claims a cause. */
  certainty: Cause['certainty'] | undefined;
  says: string | undefined;
  because: Observation[];
  next: string[];
  rank: number;
}

function judgedByClaim(
  reading: Reading,
  facts: ReadingFacts,
  { verdict, cause, certainty, says, because, next, rank }: RowClaim,
): JudgedReading {
  const file = createVerdict(reading, verdict);
  file.cause = cause?.id ?? null;
  file.confidence = (cause && certainty) ?? null;
  file.detail = says ?? null;
  file.evidence = evidenceOf(facts, because);
  file.next = next;
  return { file, facts, cause, because, rank };
}

function causeOf({ cause }: { cause?: string | undefined }, knowledge: Knowledge): Cause | undefined {
  return cause === undefined ? undefined : knowledge.causes.get(cause);
}

function judgedByRow(reading: Reading, facts: ReadingFacts, { row, cause, because, says }: RowVerdict): JudgedReading {
  return judgedByClaim(reading, facts, {
    verdict: row.verdict,
    cause: row.verdict === 'failure' ? cause : undefined,
    certainty: limitCertainty(row.certainty ?? cause.certainty, reading),
    says,
    because,
    next: row.next,
    rank: row.verdict === 'failure' ? ranks.row : ranks.nothing,
  });
}

/** A page without details claims a cause only where its row does; what it means is said in either case. */
function judgedByBarePage(
  reading: Reading,
  facts: ReadingFacts,
  { row, because, says }: FittingRow<BarePageRow>,
  knowledge: Knowledge,
): JudgedReading {
  const cause = causeOf(row, knowledge);
  const verdict = cause ? 'failure' : 'inconclusive';
  const { certainty, next } = row;
  return judgedByClaim(reading, facts, { verdict, cause, certainty, says, because, next, rank: ranks.bare });
}

/** A configuration file: what breaks is its cause; else whom its pools run as, and what it needs of the server. */
function judgedByConfiguration(
  reading: Reading,
  facts: ReadingFacts,
  { broken, remarks, next }: JudgedConfiguration,
  knowledge: Knowledge,
): JudgedReading {
  const cause = broken && causeOf(broken.row, knowledge);
  const byRow = facts.has('pool.name') && !broken ? judgeByRows(facts, knowledge) : undefined;
  const needs = remarks.some(({ weight }) => weight === 'needs');
  const says =
    (broken || needs ? remarks[0]?.says : undefined) ??
    byRow?.says ??
    remarks[0]?.says ??
    'Nothing in this file breaks by itself.';
  const judged = judgedByClaim(reading, facts, {
    verdict: broken ? 'failure' : needs ? 'inconclusive' : (byRow?.row.verdict ?? 'no-fault'),
    cause,
    certainty: broken && limitCertainty(broken.row.certainty, reading),
    says,
    because: broken?.found.slice(0, 4) ?? byRow?.because ?? [],
    next: [...new Set([...next, ...(byRow?.row.next ?? [])])],
    rank: ranks.file,
  });
  judged.file.configuration = remarks;
  return judged;
}

/** The output of a command, judged by the table of outputs. */
function judgedByOutput(
  reading: Reading,
  facts: ReadingFacts,
  { row, because, says }: FittingRow<OutputRow>,
  knowledge: Knowledge,
): JudgedReading {
  const { verdict, certainty, next } = row;
  return judgedByClaim(reading, facts, {
    verdict,
    cause: causeOf(row, knowledge),
    certainty,
    says,
    because,
    next,
    rank: ranks.file,
  });
}

/** Windows events, judged by their table. The row names what is needed next: no trace exists where no request was traced. */
function judgedByStory(
  reading: Reading,
  facts: ReadingFacts,
  { row, story, because }: JudgedStory,
  knowledge: Knowledge,
): JudgedReading {
  const named = row && causeOf(row, knowledge);
  const cause = named && (exceptionCause(reading, because, knowledge) ?? named);
  const harmless = row?.role === 'note' && story.unknown.length === 0;
  // A whole log always holds failures of something: only those that concern IIS are its verdict.
  const aside = row?.common === true && story.events.length + story.more + story.unknownKinds > wholeLog;
  const failed = row !== undefined && row.role !== 'note' && !aside;
  const judged = judgedByClaim(reading, facts, {
    verdict: failed ? 'failure' : harmless ? 'no-fault' : 'inconclusive',
    cause,
    certainty: row?.certainty,
    says: describeStory(story, because, aside),
    because,
    // Where these events do not decide, those of the same minutes may.
    next: row && row.role !== 'note' ? row.next : harmless ? [] : ['event-log'],
    rank: row?.when.some(({ includes }) => includes !== undefined) ? ranks.eventText : ranks.event,
  });
  judged.file.story = aside ? { ...story, rule: null } : story;
  return judged;
}

function describeStory(story: JudgedStory['story'], because: readonly Observation[], aside: boolean): string {
  const decisive = story.events.find((e) => e.event === because[0]?.event);
  if (!decisive) return describeUnknownEvents(story.unknown, story.unknownKinds);
  return aside ? `The last failure on this server is another one: ${decisive.means}.` : decisive.means;
}

/** Different events; more are a log, and no selection that a person made. */
const wholeLog = 12;

/** Priority of a card for an exception of any type; what is above knows the type or the message. */
const anyException = 60;

/** The card that the exception of the decisive event names more exactly than the number of the event. */
function exceptionCause(reading: Reading, because: Observation[], knowledge: Knowledge): Cause | undefined {
  const event = because[0]?.event;
  if (event === undefined) return undefined;
  const facts = new ReadingFacts({ ...reading, observations: reading.observations.filter((o) => o.event === event) });
  if (!facts.has('exception.message')) return undefined;
  const match = matchCauses(facts, knowledge.causes.values())[0];
  return match && match.signature.priority > anyException ? match.cause : undefined;
}

function describeUnknownEvents(names: readonly string[], kinds: number): string {
  const shown = names.slice(0, 3).join(', ');
  if (kinds === 1) return `I don't know this event: ${shown}`;
  return `I don't know what these events mean: ${shown}${kinds > 3 ? ` and ${kinds - 3} more` : ''}.`;
}

/** An event log without an event that could concern IIS: empty, or of something else. */
function describeEmptyLog(facts: ReadingFacts): string | null {
  if (facts.number('events.count') !== 0) return null;
  const others = facts.list('events.other-logs') ?? [];
  if (others.length === 0)
    return 'There is no event in this log: it is new, was cleared, or was saved with a filter that nothing fits.';
  return `This log holds only events of ${others.join(', ')}, which say nothing about IIS. The logs System and Application do, and Security for rights and logons.`;
}

function claimCause(file: FileVerdict, facts: ReadingFacts, match: Match | undefined): void {
  if (!match) return;
  file.cause = match.cause.id;
  file.confidence = limitCertainty(match.signature.certainty ?? match.cause.certainty, facts.reading);
  file.detail = causeDetail(match, facts);
  // A piece that decides needs no log; no log exists of what HTTP.sys answered.
  const undecided = facts.reading.kind === 'fragment' && file.confidence === 'possible';
  const next = isFromHttpSys(facts) ? match.cause.next.filter((id) => id !== 'freb-log') : match.cause.next;
  file.next = undecided && !isFromHttpSys(facts) ? [...new Set(['freb-log', ...next])] : next;
}

/** Lowers `confirmed` to `likely` for a pasted piece, because what was left out is unknown. */
function limitCertainty(certainty: Cause['certainty'], reading: Reading): Cause['certainty'] {
  return reading.kind === 'fragment' && certainty === 'confirmed' ? 'likely' : certainty;
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
  if (facts.has('access.lines')) return file.verdict === 'failure' ? ['freb-log'] : [];
  if (file.verdict === 'inconclusive') return [file.damage.length > 0 ? 'whole-log' : 'freb-log'];
  if (file.verdict !== 'failure') return [];
  // What a trace rule left out is known only of a trace.
  if (facts.reading.kind !== 'freb-log') return ['freb-log'];
  return facts.has('decisive.event') ? ['successful-log'] : ['verbose-trace'];
}

function createVerdict(reading: Reading, verdict: Verdict): FileVerdict {
  return {
    name: reading.file,
    kind: reading.kind,
    form: reading.form,
    command: reading.kind === 'command-output' ? reading.form : undefined,
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
    ...(reading.continues && { continues: true as const }),
    next: [],
    refusal: reading.refusal,
    looksLike: reading.looksLike,
    damageNote: boundNote(reading),
  };
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

/** Returns what the verdict rests on, the deciding event first. Values without an event belong to the file itself. */
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
  // What the deciding event set shows that there was one.
  const others = because.filter((o) => o.name !== 'decisive.event').flatMap((o) => shownFor(o, facts));
  const rows = new Map<string, FileVerdict['evidence'][number]>();
  for (const o of [...decisive, ...others]) {
    const field = o.field ?? o.name;
    const value = o.raw ?? formatValue(o.value);
    rows.set(`${o.event ?? ''}|${field}|${value}`, { event: o.event ?? null, eventName: o.eventName, field, value });
  }
  return [...rows.values()];
}

/** Observations that only classify others are shown as those: "lacks IIS_IUSRS" as the list of holders. */
const shownAs: Partial<Record<ObservationName, ObservationName[]>> = {
  'exception.origin': ['exception.type', 'exception.message'],
  'slow.kind': ['slow.ms'],
  'rewrite.action': ['rewrite.rule'],
  'right.defined': ['right.holders'],
  'right.holds-iis-iusrs': ['right.holders'],
  'right.holds-service': ['right.holders'],
};

/** A conclusion from several lines has no value in the file, and is no proof by itself. */
function shownFor(o: Observation, facts: ReadingFacts): Observation[] {
  const shown = (shownAs[o.name] ?? []).flatMap((name) => facts.all(name).slice(0, 1));
  if (shown.length > 0) return shown;
  return typeof o.value === 'boolean' && o.raw === undefined ? [] : [o];
}
