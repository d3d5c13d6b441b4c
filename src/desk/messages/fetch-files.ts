import type { Reading } from '../../evidence/evidence.js';
import { sizeLimits } from '../../intake/limits.js';
import type { FailedFile } from '../conversation/failed-files.js';
import type { DeskParts } from '../desk-parts.js';
import { distinctKinds } from '../distinct-kinds.js';
import type { FetchedFile, FileAdmission } from '../ports/door.js';
import { CatalogueError } from '../ports/errors.js';
import type { FileRef, Message } from '../ports/message.js';
import type { ThreadFiles } from '../ports/store.js';
import { countBytes, readTimed } from '../timed-reading.js';
import { describeTrouble, troubleEvent } from '../trouble.js';
import { ClosedFileError, describeClosed, reasonToStayClosed } from './may-open.js';
import { OpenFiles } from './open-files.js';
import type { Work } from './work.js';

export interface FetchedFiles {
  readings: Reading[];
  /** The files that were read, each with the kinds of evidence in it: a zip may hold several. */
  read: ThreadFiles['files'];
  failed: FailedFile[];
}

/** Files fetched at a time: each may take 100 MB of memory until it is read. */
const filesAtOnce = 3;

/**
 * Fetches and reads the files of a message. A file that fails becomes a sentence of the catalogue; the others are still read.
 * A file that ended an earlier attempt is left out; files that may have ended it are read last, one at a time.
 * Bytes are released as soon as they are read.
 */
export async function fetchFiles(work: Work, parts: DeskParts): Promise<FetchedFiles> {
  const { attempt, message, progress } = work;
  const files = message.files.slice(0, sizeLimits.messageFiles);
  const open = new OpenFiles(attempt.openFiles, (marks) => attempt.markFiles(marks));
  if (progress) progress.total = files.length;

  const results = new Array<FetchedFiles>(files.length);
  const waiting = [...files.entries()].filter(([index]) => !open.isSuspect(index));
  const readNext = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next[0]] = await readFile(next[1], next[0], open, work, parts);
    }
  };
  await Promise.all(Array.from({ length: Math.min(filesAtOnce, files.length) }, readNext));
  for (const [index, file] of files.entries()) {
    if (open.isSuspect(index)) results[index] = await readFile(file, index, open, work, parts);
  }
  return {
    readings: results.flatMap(({ readings }) => readings),
    read: results.flatMap(({ read }) => read),
    failed: results.flatMap(({ failed }) => failed),
  };
}

/** Fetches and reads one file. Does not reject: a failure of the file is part of the result. */
async function readFile(
  file: FileRef,
  index: number,
  open: OpenFiles,
  work: Work,
  parts: DeskParts,
): Promise<FetchedFiles> {
  const { door, request, spender } = work;
  const { events } = parts;
  try {
    const admit = admitFor(work, parts);
    if (!file.unnamed) admit(file);
    if (open.isDead(index)) throw new CatalogueError('read-interrupted', { name: file.name });
    if (file.size !== undefined && file.size > sizeLimits.fileBytes) {
      throw new CatalogueError('too-large', { name: file.name, limit: '100 MB' });
    }
    const { name, bytes } = await fetchFile(file, work, parts, file.unnamed && admit);
    const input = { name, bytes: open.watch(index, bytes) };
    const { readings } = await readTimed([input], spender, parts, work.progress?.countFile());
    return { readings, read: [{ ref: file, kinds: distinctKinds(readings) }], failed: [] };
  } catch (error) {
    if (error instanceof ClosedFileError) return leaveAlone(error, work, parts);
    const trouble = describeTrouble(error, events, request);
    const { code, facts } = trouble;
    events.emit({ name: 'file-failed', door: door.name, ...troubleEvent(trouble), request });
    return { readings: [], read: [], failed: [{ name: file.name, code, facts: { name: file.name, ...facts } }] };
  } finally {
    await open.close(index);
  }
}

/** Returns the decision about the files of a message, which counts what is opened and what stays closed. */
function admitFor({ message, door, request }: Work, { events }: DeskParts): FileAdmission {
  return (label) => {
    const why = reasonToStayClosed(label, message.addressed);
    if (why) throw new ClosedFileError(label, why);
    events.emit({ name: 'file-opened', door: door.name, request });
  };
}

/** Returns the result of a file that stays closed. Its sender hears of it only when the message is addressed to Frebot. */
function leaveAlone(
  { label, why }: ClosedFileError,
  { message, door, request }: Work,
  { events }: DeskParts,
): FetchedFiles {
  events.emit({ name: 'file-left-alone', door: door.name, why, request });
  const { name } = label;
  const failed: FailedFile[] = message.addressed
    ? [{ name, code: 'picture', facts: { name, looksLike: describeClosed(label) } }]
    : [];
  return { readings: [], read: [], failed };
}

/** Fetches a file through the work's door. Bytes of a file whose size was unknown are counted against the quotas as they come. */
export async function fetchFile(
  file: FileRef,
  { door, spender }: Work,
  { quotas }: DeskParts,
  admit?: FileAdmission,
): Promise<FetchedFile> {
  const { name, bytes } = await door.fetch(file, admit);
  if (file.size !== undefined) return { name, bytes };
  return { name, bytes: countBytes(bytes, (count) => void quotas.addBytes(spender, count)) };
}

/** Lists the files of a message that are not fetched, with the reason: the platform keeps them, or there are too many. */
export function listUnfetchedFiles({ files, unreachable = [] }: Message): FailedFile[] {
  const listed = unreachable.map(({ name, reason }): FailedFile => {
    return { name: name ?? '', code: reason, facts: name ? { name } : {} };
  });
  if (files.length > sizeLimits.messageFiles) {
    const facts = { count: String(files.length), limit: String(sizeLimits.messageFiles) };
    listed.push({ name: '', code: 'too-many-files', facts });
  }
  return listed;
}
