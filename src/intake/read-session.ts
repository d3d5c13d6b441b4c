import { readFile } from 'node:fs/promises';
import type { Reading } from '../evidence/evidence.js';
import { readEvidence, readPasted } from '../evidence/read.js';
import { openSource } from '../evidence/source.js';
import { belongsApart, looksZipped } from './bundle.js';
import type { Children, Readers } from './children.js';
import { type CollectedBytes, collectBytes, TooLargeError, takeChunks } from './collect-bytes.js';
import { listFolder, statPath } from './folder.js';
import { isInline, mayHoldWords } from './inline-reading.js';
import type { IntakeInput } from './input.js';
import { JobRunner } from './job-runner.js';
import { sizeLimits } from './limits.js';
import { runInTurn } from './pacing.js';
import { readInChild } from './read-in-child.js';
import type { ReadingTally } from './reading-tally.js';
import { refusalOf, refusedReading } from './refused.js';
import { flattenSlots, type ReadingSlot } from './slots.js';
import { timelinesUpTo } from './zip-share.js';

type PathInput = Extract<IntakeInput, { path: string }>;

const pathsPerJob = 64;

/** Reads the inputs of one call, each in the way that its kind and size ask for. */
export class ReadSession {
  text: string | undefined;
  #lookups: Promise<unknown> = Promise.resolve();
  readonly #children: Children | undefined;
  readonly #tally: ReadingTally;
  readonly #jobs: JobRunner;

  constructor(readers: Readers, tally: ReadingTally) {
    this.#children = readers.children;
    this.#tally = tally;
    this.#jobs = new JobRunner(readers, tally);
  }

  /** @param isOnly the call has no other input */
  async readInput(input: IntakeInput, slots: ReadingSlot[], isOnly: boolean): Promise<void> {
    if ('text' in input) {
      this.#tally.expect(1);
      await this.#readText(input.text, slots);
    } else if ('path' in input) {
      await this.#readPath(input, slots, isOnly);
    } else {
      this.#tally.expect(1);
      await this.#readBytes(input, slots);
    }
  }

  async #readText(text: string, slots: ReadingSlot[]): Promise<void> {
    if (text.length > (/[\0\ufffd]/.test(text) ? sizeLimits.inlineBinaryText : sizeLimits.inlineText)) {
      return this.#jobs.run({ kind: 'text', text }, 'pasted text', slots);
    }
    for (const [i, reading] of readPasted(text).entries()) this.#tally.set(slots, i, reading);
  }

  async #readBytes(
    { name, bytes }: { name: string; bytes: Uint8Array | AsyncIterable<Uint8Array> },
    slots: ReadingSlot[],
  ) {
    if (bytes instanceof Uint8Array && isInline(bytes.length, bytes)) {
      return this.#tally.set(slots, 0, await runInTurn(() => this.#readHere(name, bytes)));
    }
    let collected: CollectedBytes;
    try {
      collected = await collectBytes(bytes, sizeLimits.fileBytes);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      return this.#tally.set(slots, 0, refusedReading(name, 'too-large'));
    }
    const { chunks, length } = collected;
    if (isInline(length, chunks[0] ?? new Uint8Array())) {
      return this.#tally.set(slots, 0, await runInTurn(() => this.#readHere(name, Buffer.concat(chunks))));
    }
    if (looksZipped(chunks[0] as Uint8Array)) {
      await this.#jobs.run({ kind: 'bytes', name, chunks }, name, slots);
      if (flattenSlots(slots).length === 0) this.#tally.set(slots, 0, refusedReading(name, 'zip-empty'));
    } else if (this.#children && belongsApart(length, chunks[0] as Uint8Array)) {
      const file = { name, timeline: true, from: { sent: length } };
      this.#tally.set(slots, 0, await readInChild(this.#children, file, takeChunks(chunks)));
    } else {
      await this.#jobs.run({ kind: 'bytes', name, chunks }, name, slots);
    }
  }

  #readHere(name: string, bytes: Uint8Array): Reading {
    const reading = readEvidence(name, bytes, { timeline: true });
    const isText = bytes.length <= sizeLimits.postBytes && (reading.kind !== 'unknown' || mayHoldWords(reading));
    const text = isText ? openSource(bytes).text() : undefined;
    this.text = text?.includes('\0') ? undefined : text;
    return reading;
  }

  /** Awaits earlier lookups first, so files start in the order they were named. */
  async #inOrder<T>(lookup: Promise<T>): Promise<T> {
    const mine = Promise.all([lookup, this.#lookups]);
    this.#lookups = mine.catch(() => undefined);
    const [found] = await mine;
    return found;
  }

  async #readPath({ name, path, followLinks }: PathInput, slots: ReadingSlot[], isOnly: boolean): Promise<void> {
    try {
      const { folder, size } = await this.#inOrder(statPath(path));
      if (folder) return await this.#readFolder({ name, path, followLinks }, slots);
      this.#tally.expect(1);
      if (isOnly && size <= sizeLimits.inlinePathBytes) {
        const bytes = await readFile(path);
        const here = !looksZipped(bytes) && !(this.#children && belongsApart(size, bytes));
        if (here) return this.#tally.set(slots, 0, this.#readHere(name, bytes));
      }
    } catch (error) {
      return this.#tally.set(slots, 0, refusedReading(name, refusalOf(error)));
    }
    await this.#jobs.run({ kind: 'paths', files: [{ name, path }], bundle: false, timeline: true }, name, slots);
  }

  async #readFolder({ name, path, followLinks }: PathInput, slots: ReadingSlot[]): Promise<void> {
    const { files, junk, cut } = await listFolder(name, path, followLinks);
    this.#tally.skipUncounted(junk);
    this.#tally.expect(files.length);
    const timeline = files.length <= timelinesUpTo;
    const jobs: Promise<void>[] = [];
    for (let at = 0; at < files.length; at += pathsPerJob) {
      const own: ReadingSlot[] = [];
      slots.push(own);
      jobs.push(
        this.#jobs.run({ kind: 'paths', files: files.slice(at, at + pathsPerJob), bundle: true, timeline }, name, own),
      );
    }
    await Promise.all(jobs);
    if (cut) this.#tally.set(slots, slots.length, refusedReading(name, 'too-many-files'));
    if (flattenSlots(slots).length === 0) this.#tally.set(slots, slots.length, refusedReading(name, 'zip-empty'));
  }
}
