import type { Damage } from '../evidence.js';
import type { TextSource } from '../source.js';
import type { Trace } from './trace.js';

const truncationEvent = 'LOG_FILE_MAX_SIZE_TRUNCATE';

/** Returns what is wrong with the bytes of a log, in the order of `Damage`. */
export function damageOf(source: TextSource, trace: Trace): Damage[] {
  const { root, index } = trace;
  const damage: Damage[] = [];
  if (trace.count(truncationEvent) > 0) damage.push('truncated');
  if (!index.closed) damage.push('cut-off');
  if (root.malformed || index.malformed || source.encoding === 'windows-1252' || hasControlCharacters(trace)) {
    damage.push('malformed');
  }
  if (isReencoded(source)) damage.push('re-encoded');
  return damage;
}

/** IIS writes UTF-8 without a mark and ends its lines with CRLF. */
function isReencoded(source: TextSource): boolean {
  if (source.encoding !== 'utf-8' && source.encoding !== 'windows-1252') return true;
  const prologue = source.bytes.subarray(0, 400);
  const line = prologue.indexOf(0x0a);
  return line < 0 ? prologue.includes(0x0d) : prologue[line - 1] !== 0x0d;
}

/** Events that copy bytes of clients and applications; raw control characters in them are not XML. */
const copyingEvents = new Set([
  'GENERAL_RESPONSE_ENTITY_BUFFER',
  'GENERAL_REQUEST_ENTITY',
  'GENERAL_REQUEST_HEADERS',
  'GENERAL_RESPONSE_HEADERS',
]);

function hasControlCharacters(trace: Trace): boolean {
  const { bytes, index } = trace;
  for (const { event } of trace.events) {
    if (!copyingEvents.has(event.name)) continue;
    const end = index.ends[event.number - 1]!;
    for (let i = index.starts[event.number - 1]!; i < end; i++) {
      const b = bytes[i]!;
      if (b < 32 && b !== 10 && b !== 13 && b !== 9) return true;
    }
  }
  return false;
}
