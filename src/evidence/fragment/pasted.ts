import { readAccessLines } from '../access/access-log.js';
import type { Reading } from '../evidence.js';
import { readCommandOutput, readCommandOutputs } from '../outputs/command-output.js';
import { readGpresultRow } from '../policy/gpresult-row.js';
import { textReaders } from '../readers.js';
import { refuseUnread } from '../text-formats.js';
import { withTextLines } from '../text-lines.js';
import { besideDocument, declaresType, isConfigBelowWords, readDocument } from './document.js';
import { splitAtDocuments, type TextPart, withLinesOfText } from './documents.js';
import { dropDoubles } from './doubles.js';
import { readMonitorResult } from './monitor-result.js';
import { pastedName } from './pasted-name.js';
import { readPrivilegeRow } from './privilege-row.js';
import { readListTask, readRightLines } from './right-lines.js';
import { readTraceEvents } from './trace-events.js';
import { unmangle } from './unmangle.js';

/** As much as may be pasted, in characters. */
const longestPiece = 1024 * 1024;

/** Enough of a text to see what program wrote it, in characters. */
const headLength = 16 * 1024;

/** A longer file holds more than may be pasted, in bytes of UTF-8. */
export const longestPieceBytes = 3 * longestPiece;

/**
 * Reads pasted text: a whole document becomes its own kind, pieces become fragments that prove nothing by
 * themselves. One paste may hold several things. A chat sentence gives an empty list. Never throws.
 * @param text at most 1 MB; the caller checks that
 */
export function readPasted(text: string): Reading[] {
  const unread = refuseUnread(text.slice(0, headLength));
  if (unread)
    return [
      { file: 'The pasted text', kind: 'unknown', origin: null, damage: [], observations: [], withheld: 0, ...unread },
    ];
  return withNames(readPieces(text).map(withLines), pastedName);
}

/** A piece of a text, and the part of the text that it was found in. */
interface Piece {
  reading: Reading;
  part: TextPart;
}

function readPieces(text: string): Piece[] {
  return splitAtDocuments(unmangle(text)).flatMap((part) =>
    readPart(part.text)
      .flatMap(({ further = [], ...reading }): Reading[] => [reading, ...further])
      .map((reading) => ({ reading, part })),
  );
}

/** Returns the reading of a piece with the lines of its part that tell of a failure, numbered as in the whole text. */
function withLines({ reading, part }: Piece): Reading {
  return withLinesOfText(withTextLines(reading, part.text), part.linesAbove);
}

/** Names the pieces of one text: the first by its own name, the others with their numbers behind it. */
function withNames(readings: Reading[], name: string): Reading[] {
  return readings.map(({ continues: _, ...reading }, i) =>
    i === 0 ? { ...reading, file: name } : { ...reading, file: `${name} (${i + 1})`, continues: true },
  );
}

/** Reads a document, or words with pieces in them. */
function readPart(clean: string): Reading[] {
  const whole = readDocument(clean);
  if (whole?.kind === 'server-config') return [whole, ...readWords(besideDocument(clean))];
  return whole ? [whole] : readWords(clean);
}

/** Reads words with pieces of evidence in them. */
function readWords(clean: string): Reading[] {
  if (clean.trim() === '') return [];
  const outputs = readCommandOutputs(pastedName, clean);
  const found: Reading[] = [];
  for (const reader of [
    ...textReaders,
    readRightLines,
    readListTask,
    readGpresultRow,
    readPrivilegeRow,
    readMonitorResult,
    readTraceEvents,
  ]) {
    const reading = reader === readCommandOutput ? outputs[0] : reader(pastedName, clean);
    if (reading && !found.some((r) => r.form === reading.form)) found.push(reading);
  }
  for (const output of outputs) if (!found.some((r) => isTold(r, output))) found.push(output);
  if (!found.some((r) => r.kind === 'access-log')) {
    const lines = readAccessLines(pastedName, clean);
    if (lines) found.push(lines);
  }
  return dropDoubles(found);
}

/** Access lists are about one path each; of other commands the first output counts. */
function isTold(known: Reading, output: Reading): boolean {
  return known === output || (known.form === output.form && output.kind !== 'acl-listing');
}

/**
 * Reads a file that holds only pieces: one line of a log, some events without their root.
 * Long texts are not pieces; neither is a text about something else that happens to quote one.
 */
export function readPieceFile(file: string, text: string): Reading | null {
  if (text.length > longestPiece || declaresType(text)) return null;
  const readings = readPasted(text);
  const found =
    readings.find((r) => r.kind === 'fragment' || r.form === 'dsc-resource' || r.form === 'ansible-task') ??
    readings.find((r) => isConfigBelowWords(r, text)) ??
    // A log beside something else that is evidence was put there, and heads of logs were picked; else it is quoted.
    readings.find((r) => r.kind === 'freb-log' && (readings.length > 1 || holdsHeads(r)));
  if (!found) return null;
  return readings.length > 1 && !text.includes('\0') ? joinReadings(readings, file) : { ...found, file };
}

/**
 * Reads a file as what it is, and where people put several things into one text, all of them, as in a paste.
 * @param first what the file is as a whole
 */
export function readTogether(first: Reading, text: string): Reading {
  const pieces = text.length > longestPiece || text.includes('\0') || declaresType(text) ? [] : readPieces(text);
  // A sentence of an exception says less than anything else in its text.
  if (pieces.length === 1 && first.form === 'error-message') return { ...withLines(pieces[0]!), file: first.file };
  return pieces.length < 2 ? withTextLines(first, text) : joinReadings(pieces.map(withLines), first.file);
}

function joinReadings(all: Reading[], file: string): Reading {
  const [reading, ...further] = withNames(all, file);
  return { ...reading!, further };
}

function holdsHeads({ observations }: Reading): boolean {
  return observations.some(({ name }) => name === 'trace.heads');
}
