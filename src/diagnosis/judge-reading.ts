import type { Reading } from '../evidence/evidence.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { accessStatistics } from './access-statistics.js';
import { judgeByRows } from './card-rows.js';
import { exceptionDetail, isFromHttpSys, isOnlyNoise, linesDetail } from './cause-detail.js';
import { claimCause } from './claim-cause.js';
import { listPoolRows } from './configuration/pool-rows.js';
import { judgeConfiguration } from './configuration/remarks.js';
import { eventLogNote } from './damage.js';
import { composeStory } from './event-story.js';
import { listEvidence } from './file-evidence.js';
import { judgeByMessage } from './judge-by-message.js';
import { judgeBarePage, judgeByRow, judgeConfigurationFile, judgeOutput } from './judge-by-rows.js';
import { judgeStory } from './judge-story.js';
import { describesRequest, judgeTrace } from './judge-trace.js';
import { createVerdict, type JudgedReading, ranks } from './judged-reading.js';
import { matchCauses } from './match.js';
import { judgeOtherRights } from './other-rights.js';
import { ReadingFacts } from './reading-facts.js';
import { findFittingRow } from './table-rows.js';

/** Requests from this many milliseconds on are slow unless the caller says otherwise. */
export const defaultSlowMs = 3000;

/** Judges one reading, independent of the other files. */
export function judgeReading(reading: Reading, knowledge: Knowledge, slowMs = defaultSlowMs): JudgedReading {
  const facts = new ReadingFacts(reading);
  const judged = judgeByMessage(judgeFacts(reading, facts, knowledge, slowMs), knowledge);
  const note = eventLogNote(facts);
  if (note) judged.file.damageNote = [note, judged.file.damageNote].filter(Boolean).join(' ');
  const told = facts.all('told.fact').map(({ value }) => String(value));
  if (told.length > 0) judged.file.told = told;
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
  if (bare) return judgeBarePage(reading, facts, bare, knowledge);
  const configuration = judgeConfiguration(facts, knowledge);
  if (configuration) return judgeConfigurationFile(reading, facts, configuration, knowledge);
  const byRow = judgeByRows(facts, knowledge);
  const byStory = composeStory(reading, knowledge);
  if (byRow?.row.verdict === 'failure') {
    const judged = judgeByRow(reading, facts, byRow);
    if (byStory && byStory.story.events.length > 1) judged.file.story = { ...byStory.story, rule: null };
    return judged;
  }
  if (byStory && (byStory.row || !byRow)) return judgeStory(reading, facts, byStory, knowledge);
  const outputs = [...knowledge.outputs.values()].filter(({ output }) =>
    output.some((command) => command === reading.form),
  );
  const byOutput = findFittingRow(outputs, facts);
  if (byOutput) return judgeOutput(reading, facts, byOutput, knowledge);
  return (
    judgeBySignatures(reading, facts, knowledge) ??
    (byRow ? judgeByRow(reading, facts, byRow) : judgeWithoutCard(reading, facts, knowledge))
  );
}

function judgeBySignatures(reading: Reading, facts: ReadingFacts, knowledge: Knowledge): JudgedReading | undefined {
  const match = matchCauses(facts, knowledge.causes.values())[0];
  if (!match) return undefined;
  const file = createVerdict(reading, match.cause.verdict);
  claimCause(file, facts, match);
  file.evidence = listEvidence(facts, match.because);
  return { file, facts, cause: match.cause, because: match.because, rank: match.signature.priority };
}

/** Judges evidence other than traces that no card is about: only failing requests and exceptions are a fault without a card. */
function judgeWithoutCard(reading: Reading, facts: ReadingFacts, knowledge: Knowledge): JudgedReading {
  if (reading.kind === 'application-log' && facts.has('exception.message'))
    return judgeThrown(reading, facts, knowledge);
  const failures = facts.number('access.failures') ?? 0;
  const file = createVerdict(
    reading,
    failures > 0 ? 'failure' : reading.kind === 'access-log' || isOnlyNoise(facts) ? 'no-fault' : 'inconclusive',
  );
  file.detail = linesDetail(facts) ?? describeEmptyLog(facts);
  if (reading.kind === 'event-export') file.next = ['event-log'];
  file.evidence = listEvidence(facts, failures > 0 ? facts.all('access.status').slice(0, 3) : []);
  // What HTTP.sys logged never reached IIS, so no trace of it exists.
  if (failures > 0) file.next = [isFromHttpSys(facts) ? 'event-log' : 'freb-log'];
  return { file, facts, cause: undefined, because: [], rank: ranks.nothing };
}

/** An exception of an application that no card is about. */
function judgeThrown(reading: Reading, facts: ReadingFacts, knowledge: Knowledge): JudgedReading {
  const file = createVerdict(reading, 'failure');
  file.detail = exceptionDetail(facts, knowledge);
  const because = ['exception.type', 'exception.message', 'exception.file'].flatMap((name) => facts.all(name));
  file.evidence = listEvidence(facts, because.slice(0, 3));
  return { file, facts, cause: undefined, because: [], rank: ranks.nothing };
}

/** An event log without an event that could concern IIS: empty, or of something else. */
function describeEmptyLog(facts: ReadingFacts): string | null {
  if (facts.number('events.count') !== 0) return null;
  const others = facts.list('events.other-logs') ?? [];
  if (others.length === 0)
    return 'There is no event in this log: it is new, was cleared, or was saved with a filter that nothing fits.';
  return `This log holds only events of ${others.join(', ')}, which say nothing about IIS. The logs System and Application do, and Security for rights and logons.`;
}
