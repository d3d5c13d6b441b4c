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
  return `The file holds a great many ${joinWords(kinds.slice(0, 3))}: I read the first 5,000 of them.`;
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
