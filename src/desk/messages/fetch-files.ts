import type { Text } from '../../answer/answer.js';
import { errorEntry } from '../../answer/errors.js';
import type { Reading } from '../../evidence/evidence.js';
import type { Intake } from '../../intake/intake.js';
import { sizeLimits } from '../../intake/limits.js';
import { distinctKinds } from '../kinds.js';
import type { Door } from '../ports/door.js';
import type { Clock, Events } from '../ports/environment.js';
import { CatalogueError } from '../ports/errors.js';
import type { FileRef, Message } from '../ports/message.js';
import { describeTrouble, type Trouble, troubleEvent } from '../trouble.js';
import { OpenFiles } from './open-files.js';
import type { Progress } from './progress.js';

/** A file that did not get as far as being read. */
export interface FailedFile extends Trouble {
  name: string;
}

/** A file that was read, and what it proved to be; a zip may be several kinds. */
export interface ReadFile {
  ref: FileRef;
  kinds: string[];
}

export interface FetchedFiles {
  readings: Reading[];
  read: ReadFile[];
  failed: FailedFile[];
}

/** Files fetched at a time: each may take 100 MB of memory until it is read. */
const atOnce = 3;

/**
 * Fetches and reads the files of a message. A file that cannot be had becomes a sentence of the catalogue; the others
 * are read all the same, one that an attempt before has died of is left out, and those that may be it come last. Bytes are let go as soon as they are read.
 */
export async function fetchFiles(
  message: Message,
  door: Door,
  deps: {
    intake: Intake;
    events: Events;
    clock: Pick<Clock, 'now'>;
    progress?: Progress;
    request?: string;
    /** Told how long the reading of a file took, milliseconds; not how long it took to fetch it. */
    reading?(ms: number): void;
  },
  open = new OpenFiles(undefined, async () => undefined),
): Promise<FetchedFiles> {
  const files = message.files.slice(0, sizeLimits.messageFiles);
  const results = new Array<FetchedFiles>(files.length);
  const { progress } = deps;
  if (progress) progress.total = files.length;

  const one = async (file: FileRef, i: number): Promise<FetchedFiles> => {
    try {
      if (open.isDead(i)) throw new CatalogueError('read-interrupted', { name: file.name });
      if (file.size !== undefined && file.size > sizeLimits.fileBytes) {
        throw new CatalogueError('too-large', { name: file.name, limit: '100 MB' });
      }
      const { name, bytes } = await door.fetch(file);
      let arrived = deps.clock.now().getTime();
      const whole = atEnd(open.watched(i, bytes), () => {
        arrived = deps.clock.now().getTime();
      });
      let seen = 0;
      const readings = await deps.intake.read([{ name, bytes: whole }], (_reading, done, total) => {
        if (!progress) return;
        if (seen === 0) progress.total += total - 1;
        progress.done += done - seen;
        seen = done;
      });
      deps.reading?.(deps.clock.now().getTime() - arrived);
      return { readings, read: [{ ref: file, kinds: distinctKinds(readings) }], failed: [] };
    } catch (error) {
      const trouble = describeTrouble(error, deps.events, deps.request);
      deps.events.emit({ name: 'file-failed', door: door.name, ...troubleEvent(trouble), request: deps.request });
      const failed = { name: file.name, ...trouble, facts: { name: file.name, ...trouble.facts } };
      return { readings: [], read: [], failed: [failed] };
    } finally {
      await open.close(i);
    }
  };

  let next = 0;
  const lane = async () => {
    for (let i = next++; i < files.length; i = next++) {
      if (!open.isSuspect(i)) results[i] = await one(files[i] as FileRef, i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, lane));
  for (const [i, file] of files.entries()) if (open.isSuspect(i)) results[i] = await one(file, i);

  const failed = results.flatMap((result) => result.failed);
  for (const { name, reason } of message.unreachable ?? []) {
    failed.push({ name: name ?? '', code: reason, facts: name ? { name } : {} });
  }
  if (message.files.length > files.length) {
    const facts = { count: String(message.files.length), limit: String(sizeLimits.messageFiles) };
    failed.push({ name: '', code: 'too-many-files', facts });
  }
  return {
    readings: results.flatMap((result) => result.readings),
    read: results.flatMap((result) => result.read),
    failed,
  };
}

/** The same bytes; tells when the last of them has come. */
async function* atEnd(bytes: AsyncIterable<Uint8Array>, ended: () => void): AsyncGenerator<Uint8Array> {
  yield* bytes;
  ended();
}

/** The catalogue's words for a failed file. */
export function describeFailedFile({ code, facts }: FailedFile): { sentence: Text; next: Text } {
  const entry = errorEntry(code);
  return { sentence: entry.user(facts), next: entry.next(facts) };
}
