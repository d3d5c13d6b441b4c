import type { Reading } from '../evidence.js';
import { unmangle } from '../fragment/unmangle.js';
import { ObservationCollector } from '../gather.js';
import { failingLines, withTextLines } from '../text-lines.js';

/**
 * Reads a text that no reader knows as the words of software that failed: null where no line of it tells of a failure. Whether
 * these words say anything is decided by the messages of the knowledge, so such a reading alone is not evidence.
 */
export function readFailingWords(file: string, text: string): Reading | null {
  const clean = unmangle(text);
  if (failingLines(clean).length === 0) return null;
  return withTextLines(new ObservationCollector().toReading(file, 'application-log', 'failing-words'), clean);
}
