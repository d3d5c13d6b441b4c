import type { Judge } from '../../diagnosis/diagnose.js';
import { readFailingWords } from '../../evidence/application/failing-words.js';
import { readEventNumbers } from '../../evidence/events/windows-events.js';
import type { Reading } from '../../evidence/evidence.js';
import { sizeLimits } from '../../intake/limits.js';

/**
 * Returns the readings of a text with one more, when none of them shows a failure whose reason is known and its words do: they
 * hold a message that the knowledge explains, or name an event by a number that it has. That is the reason, wherever it was
 * copied from.
 * @param judge remembers its results, so that the diagnosis does not judge these readings again
 */
export function withKnownWords(readings: readonly Reading[], text: string, judge: Judge): Reading[] {
  const read = readings.filter(({ kind }) => kind !== 'unknown');
  const isExplained = read.map(judge).some(({ file, cause }) => file.verdict === 'failure' && (cause || file.message));
  if (isExplained) return [...readings];
  const file = readings[0]?.file ?? 'pasted text';
  const known = readKnownWords(file, text, judge);
  if (!known) return [...readings];
  return [known, ...read.map((reading, i) => ({ ...reading, file: `${file} (${i + 2})`, continues: true as const }))];
}

function readKnownWords(file: string, text: string, judge: Judge): Reading | undefined {
  if (text.length > sizeLimits.postBytes) return undefined;
  const words = readFailingWords(file, text);
  if (words && judge(words).file.message) return words;
  const events = readEventNumbers(file, text);
  return events && judge(events).cause ? events : undefined;
}
