import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';

/** How Process Monitor writes STATUS_BAD_IMPERSONATION_LEVEL in its column Result. */
const result = /(?<![\w-])BAD IMPERSONATION(?: LEVEL)?(?![\w-])/;

/** The tool, an operation of its rows, or the process that is watched: capitals alone are not a row. */
const monitor = /\b(?:process monitor|procmon|CreateFile|w3wp\.exe)\b/i;

/** Reads the result of a row of Process Monitor that tells of a token of too low a level; null where there is none. */
export function readMonitorResult(file: string, text: string): Reading | null {
  if (!monitor.test(text)) return null;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => result.test(line));
  if (at < 0) return null;
  const gather = new ObservationCollector();
  gather.add('code.seen', '0xc00000a5', { event: at + 1, field: 'Result', raw: result.exec(lines[at]!)![0] });
  return gather.toReading(file, 'fragment', 'monitor-row');
}
