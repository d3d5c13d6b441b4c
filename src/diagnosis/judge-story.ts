import type { Observation, Reading } from '../evidence/evidence.js';
import type { Cause } from '../knowledge/cause-schema.js';
import { plainTitle } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { JudgedStory } from './event-story.js';
import { causeOf, judgeByClaim } from './judge-by-rows.js';
import { type JudgedReading, ranks } from './judged-reading.js';
import { matchCauses } from './match.js';
import { ReadingFacts } from './reading-facts.js';

/** Different events; more are a log, and no selection that a person made. */
const wholeLog = 12;

/** Windows events, judged by their table. The row names what is needed next: no trace exists where no request was traced. */
export function judgeStory(
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
  const judged = judgeByClaim(reading, facts, {
    verdict: failed ? 'failure' : harmless ? 'no-fault' : 'inconclusive',
    cause,
    certainty: row?.certainty,
    says: cause && cause !== named ? describeReason(cause, because) : describeStory(story, because, aside),
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

/** What the exception of an event shows says more than that there was one. */
function describeReason(cause: Cause, because: readonly Observation[]): string {
  const message = because.find(({ name }) => name === 'exception.message')?.value;
  return message === undefined ? plainTitle(cause.title) : `${plainTitle(cause.title)} (${message})`;
}

function describeUnknownEvents(names: readonly string[], kinds: number): string {
  const shown = names.slice(0, 3).join(', ');
  if (kinds === 1) return `I don't know this event: ${shown}`;
  return `I don't know what these events mean: ${shown}${kinds > 3 ? ` and ${kinds - 3} more` : ''}.`;
}

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
