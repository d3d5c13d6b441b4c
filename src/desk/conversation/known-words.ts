import { judgeReading } from '../../diagnosis/judge-reading.js';
import { readFailingWords } from '../../evidence/application/failing-words.js';
import { readEventNumbers } from '../../evidence/events/windows-events.js';
import type { Reading } from '../../evidence/evidence.js';
import { sizeLimits } from '../../intake/limits.js';
import type { Knowledge } from '../../knowledge/knowledge.js';

/**
 * Returns a text that is no evidence of a known form as evidence, when it holds a message that the knowledge explains, or names
 * an event by a number that the knowledge has: that is the reason, wherever it was copied from.
 */
export function readKnownWords(file: string, text: string, knowledge: Knowledge): Reading | undefined {
  if (text.length > sizeLimits.postBytes) return undefined;
  const words = readFailingWords(file, text);
  if (words && judgeReading(words, knowledge).file.message) return words;
  const events = readEventNumbers(file, text);
  return events && judgeReading(events, knowledge).cause ? events : undefined;
}
