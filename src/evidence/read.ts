import { isEventLog } from './events/evtx/event-log.js';
import { readEventLog } from './events/windows-events.js';
import type { Reading } from './evidence.js';
import { longestPieceBytes, readPieceFile, readTogether } from './fragment/pasted.js';
import { unwrapConsole } from './fragment/unwrap.js';
import { openTrace } from './freb/open-trace.js';
import { readTrace } from './freb/reader.js';
import { textReaders } from './readers.js';
import { Scrubber } from './scrub/scrubber.js';
import { type RefusedFile, refuseFile, rootElementName } from './sniff.js';
import { openSource, type TextSource } from './source.js';
import { refuseUnread } from './text-formats.js';

export { readPasted } from './fragment/pasted.js';

/** What the caller wants beyond the facts. */
export interface ReadOptions {
  /** FREB logs only: also build the timeline by module and stage. */
  timeline?: boolean;
}

/** One kind of evidence: how it is recognised by its first characters, and its reader. */
interface Recogniser {
  /** Judges the first characters (see `Source.head`); the file's name is never asked. */
  recognise(head: string): boolean;
  /** Reads the file; null when a closer look shows that it is something else, and the next recogniser is asked. */
  read(file: string, source: TextSource, options: ReadOptions): Reading | null;
}

/** A log copied out of a browser carries the browser's own sentence above it; a text that quotes one has no events. */
function isBrowserCopy(head: string): boolean {
  return /^[^<]{0,500}\n[\s-]*<failedRequest\s[^`]*?<Event[\s>]/.test(head);
}

/** Reads a FREB log. One that is not all of its file is read with what is beside it, as a text with several things in it. */
function readLogFile(file: string, source: TextSource, options: ReadOptions): Reading | null {
  const trace = openTrace(source);
  if (!trace) return null;
  const reading = readTrace(file, source, trace, options);
  const isAlone = rootElementName(source.head) === 'failedRequest' && trace.index.closed && !trace.index.followed;
  return isAlone || source.bytes.length > longestPieceBytes ? reading : readTogether(reading, source.text());
}

/** Reads a text by the first of the readers that knows it, else by the pieces in it. */
function readText(file: string, source: TextSource): Reading | null {
  const text = unwrapConsole(source.text());
  for (const read of textReaders) {
    const reading = read(file, text);
    if (reading) return readTogether(reading, text);
  }
  return readPieceFile(file, source.text());
}

/** Asked in order; the first that recognises and reads wins. */
const recognisers: readonly Recogniser[] = [
  {
    recognise: (head) => rootElementName(head) === 'failedRequest' || isBrowserCopy(head),
    read: readLogFile,
  },
  {
    recognise: (head) => !head.slice(0, 8192).includes('\0'),
    read: readText,
  },
];

/**
 * Reads one file, whatever it is. Pure, and never throws: what nothing can read comes back with kind `unknown` and
 * a refusal. The name of the file is scrubbed, too. Files are at most 100 MB; the caller checks that.
 */
export function readEvidence(name: string, bytes: Uint8Array, options: ReadOptions = {}): Reading {
  const file = new Scrubber().fileName(name);
  const log = isEventLog(bytes) ? readEventLog(file, bytes) : null;
  if (log) return log;
  const source = openSource(bytes);
  const unread = refuseUnread(source.head);
  if (unread) return toRefusedReading(file, unread);
  for (const recogniser of recognisers) {
    if (!recogniser.recognise(source.head)) continue;
    const reading = recogniser.read(file, source, options);
    if (reading) return reading;
  }
  return toRefusedReading(file, refuseFile(bytes, source));
}

function toRefusedReading(file: string, why: RefusedFile): Reading {
  return { file, kind: 'unknown', origin: null, damage: [], observations: [], withheld: 0, ...why };
}
