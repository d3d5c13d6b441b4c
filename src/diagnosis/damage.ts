import type { Reading } from '../evidence/evidence.js';
import type { ReadingFacts } from './reading-facts.js';
import type { Verdict } from './report.js';

/** Returns what is damaged or was not read, and what that means for the verdict; undefined when the file is whole. */
export function damageNote(facts: ReadingFacts, verdict: Verdict): string | undefined {
  const notes = [describeDamage(facts, verdict), boundNote(facts.reading)].filter((note) => note !== undefined);
  return notes.length > 0 ? notes.join(' ') : undefined;
}

/** Returns a sentence on what was read only in part; undefined when all of the file was read. */
export function boundNote({ observations }: Reading): string | undefined {
  const kinds = observations.filter(({ name }) => name === 'reading.first-of').map(({ value }) => String(value));
  if (kinds.length === 0) return undefined;
  const events = observations.find(({ name }) => name === 'trace.events')?.value;
  if (events !== undefined && kinds.includes('events'))
    return `I read the first ${events} events of this log; it has more.`;
  return `The file holds a great many ${joinWords(kinds.slice(0, 3))}: I read the first 5,000 of them.`;
}

/** Says what is missing in a binary event log, or was left out of it; undefined for other files and a whole log. */
export function eventLogNote(facts: ReadingFacts): string | undefined {
  if (facts.reading.kind !== 'event-export') return undefined;
  const damaged = facts.number('events.damaged') ?? 0;
  const notes: string[] = [];
  if (facts.reading.damage.includes('cut-off'))
    notes.push('This copy of the log is cut off: later events are missing.');
  else if (damaged > 0)
    notes.push('Parts of this log are damaged, and the events in them are missing; I read the rest.');
  const skippedEvents = facts.number('events.left-out') ?? 0;
  if (skippedEvents > 0 && (facts.number('events.count') ?? 0) > 0)
    notes.push(`I left out ${skippedEvents} events of ${joinWords([...(facts.list('events.other-logs') ?? [])])}.`);
  return notes.length > 0 ? notes.join(' ') : undefined;
}

function joinWords(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

function describeDamage(facts: ReadingFacts, verdict: Verdict): string | undefined {
  const damage = facts.reading.damage;
  const events = facts.number('trace.events');
  const place = events === undefined ? '' : events === 0 ? ' before its first event' : ` after event ${events}`;
  const meaning = consequence(verdict);
  if (damage.includes('truncated')) {
    return `IIS stopped writing this log${place} at its size limit (maxLogFileSizeKB); status and time of the request are still right, ${meaning}.`;
  }
  if (damage.includes('cut-off')) return `This copy ends${events === 0 ? '' : ' in the middle'}${place}; ${meaning}.`;
  if (damage.includes('malformed'))
    return 'The file is not well-formed XML, but I could read it, and no event is missing.';
  if (damage.includes('re-encoded')) return 'This log was saved again in another form; nothing is missing.';
  if (facts.flag('trace.starts-in-the-middle'))
    return 'The trace starts in the middle of the request; its beginning is missing.';
  return undefined;
}

function consequence(verdict: Verdict): string {
  if (verdict === 'inconclusive') return 'what decided the outcome is not in it';
  if (verdict === 'failure' || verdict === 'challenge') return 'and what decided the outcome is in it';
  return 'and what follows could still hold a fault';
}
