import type { Judge } from '../../diagnosis/diagnose.js';
import { readFailingWords } from '../../evidence/application/failing-words.js';
import { readEventNumbers } from '../../evidence/events/windows-events.js';
import type { Reading } from '../../evidence/evidence.js';
import { readStatedFailure, readStatedStatus } from '../../evidence/fragment/stated-status.js';
import { sizeLimits } from '../../intake/limits.js';
import { spokenSentences } from '../../questions/sentences.js';

/**
 * Returns the readings of a text with one more, when none of them shows a failure whose reason is known and its words do: they
 * hold a message that the knowledge explains, or name an event by a number that it has. That is the reason, wherever it was
 * copied from.
 * @param judge remembers its results, so that the diagnosis does not judge these readings again
 */
export function withKnownWords(readings: readonly Reading[], text: string, judge: Judge): Reading[] {
  const read = readings.filter(({ kind }) => kind !== 'unknown');
  const isExplained = read
    .map(judge)
    .some(({ file, cause }) => file.verdict === 'failure' && file.confidence !== 'possible' && (cause || file.message));
  if (isExplained) return [...readings];
  const file = readings[0]?.file ?? 'pasted text';
  const known =
    readKnownWords(file, read, text, judge) ??
    readStatusBeside(file, read, text, judge) ??
    readToldFailure(file, read, text, judge);
  if (!known) return [...readings];
  return [known, ...read.map((reading, i) => ({ ...reading, file: `${file} (${i + 2})`, continues: true as const }))];
}

/** A status that the sender states beside a list or a configuration is what was asked about. */
function readStatusBeside(file: string, read: readonly Reading[], text: string, judge: Judge): Reading | undefined {
  if (read.length === 0 || text.length > sizeLimits.postBytes) return undefined;
  if (read.some((reading) => judge(reading).file.verdict === 'failure')) return undefined;
  const stated = readStatedStatus(file, spokenSentences(text));
  return stated && judge(stated).cause ? stated : undefined;
}

/** A failure that a story quotes, where what was read beside it says less: a page without details, or a code alone. */
function readToldFailure(file: string, read: readonly Reading[], text: string, judge: Judge): Reading | undefined {
  if (text.length > sizeLimits.questionBytes || read.some((reading) => judge(reading).cause)) return undefined;
  const told = readStatedFailure(file, text);
  return told && judge(told).cause ? told : undefined;
}

function readKnownWords(file: string, read: readonly Reading[], text: string, judge: Judge): Reading | undefined {
  if (text.length > sizeLimits.postBytes) return undefined;
  const words = readFailingWords(file, text);
  if (words && judge(words).file.message) return words;
  // An output says more than the bare number of an event beside it.
  const events = read.some(({ kind }) => kind === 'command-output') ? null : readEventNumbers(file, text);
  return events && judge(events).cause ? events : undefined;
}
