import type { Reading } from '../../evidence/evidence.js';

/** Limits of the memory. */
export interface MemoryLimits {
  threads: number;
  readingsPerThread: number;
  /** Observations of all threads together; they take most of the memory. */
  observations: number;
}

const defaultLimits: MemoryLimits = { threads: 500, readingsPerThread: 200, observations: 400_000 };

interface ThreadEvidence {
  readings: Reading[];
  /** Keys of the messages whose files were read, also of those without evidence. */
  messages: Set<string>;
  /** Those of them whose files the store can list. */
  stored: Set<string>;
  /** What came last: names of its readings, and the key of its message. */
  latest: { files: readonly string[]; message: string | undefined };
}

/**
 * The evidence of each thread, so that a second file can confirm the first. Held in memory only: it is never stored, and ends
 * with the process. The least recently used thread is dropped first.
 */
export class EvidenceMemory {
  readonly #limits: MemoryLimits;
  readonly #threads = new Map<string, ThreadEvidence>();

  constructor(limits: Partial<MemoryLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** Returns the evidence of a thread. */
  of(thread: string): readonly Reading[] {
    return this.#threads.get(thread)?.readings ?? [];
  }

  /** True when the files of this message are in memory, or could not be read. */
  hasMessage(thread: string, message: string): boolean {
    return this.#threads.get(thread)?.messages.has(message) ?? false;
  }

  /** Marks that the store can list the files of this message. */
  markFilesStored(thread: string, message: string): void {
    this.#threads.get(thread)?.stored.add(message);
  }

  /** Returns the keys of the thread's messages whose files the store can list. */
  messagesWithStoredFiles(thread: string): readonly string[] {
    return [...(this.#threads.get(thread)?.stored ?? [])];
  }

  /**
   * Adds readings and returns all of the thread's evidence with them. A file dropped again replaces its earlier form. Of very
   * many readings only some are remembered for the next call.
   * @param message key of the message they came with
   */
  add(thread: string, fresh: readonly Reading[], message?: string): Reading[] {
    const known = fresh.filter((reading) => reading.kind !== 'unknown');
    if (known.length === 0 && message === undefined) return [...this.of(thread)];
    const evidence = this.#threads.get(thread);
    const messages = evidence?.messages ?? new Set<string>();
    if (message !== undefined) messages.add(message);
    const all = new Map(this.of(thread).map((reading) => [reading.file, reading]));
    const numbers = new Map<string, number>();
    const before = new Set(all.keys());
    for (const reading of known) addReading(reading, all, numbers);
    const added = known.length > 0 ? [...all.keys()].filter((name) => !before.has(name)) : undefined;
    const latest = added ? { files: added, message } : (evidence?.latest ?? { files: [], message: undefined });
    this.#threads.delete(thread);
    const readings = this.selectReadings([...all.values()]).map(withoutTimeline);
    this.#threads.set(thread, { readings, messages, stored: evidence?.stored ?? new Set(), latest });
    this.#shrink();
    return [...all.values()];
  }

  /** Selects the readings to remember. Logs are left out first: there may be thousands alike, but one export of a server. */
  selectReadings(all: readonly Reading[]): Reading[] {
    let leave = all.length - this.#limits.readingsPerThread;
    if (leave <= 0) return [...all];
    const rest = all.filter((reading) => reading.kind !== 'freb-log' || leave-- <= 0);
    return rest.slice(-this.#limits.readingsPerThread);
  }

  /** Removes some of a thread's readings. */
  remove(thread: string, isRemoved: (reading: Reading) => boolean): void {
    const evidence = this.#threads.get(thread);
    if (evidence) evidence.readings = evidence.readings.filter((reading) => !isRemoved(reading));
  }

  /** Removes what came last to a thread. Returns how many readings that were, and the key of their message. */
  withdrawLatest(thread: string): { count: number; message: string | undefined } {
    const { files = [], message } = this.#threads.get(thread)?.latest ?? {};
    const before = this.of(thread).length;
    this.remove(thread, ({ file }) => files.includes(file));
    return { count: before - this.of(thread).length, message };
  }

  /** Forgets a thread; returns the number of its readings. */
  forget(thread: string): number {
    const count = this.of(thread).length;
    this.#threads.delete(thread);
    return count;
  }

  #shrink(): void {
    let observations = 0;
    for (const { readings } of this.#threads.values()) observations += size(readings);
    for (const [thread, { readings }] of this.#threads) {
      const tooMany = this.#threads.size > this.#limits.threads || observations > this.#limits.observations;
      if (!tooMany || this.#threads.size === 1) return;
      observations -= size(readings);
      this.#threads.delete(thread);
    }
  }
}

function size(readings: readonly Reading[]): number {
  return readings.reduce((sum, reading) => sum + reading.observations.length, 0);
}

/** True when a file replaces an earlier one of its name. A log does so only when it is the same log, and a piece only one of its form. */
function replaces(fresh: Reading, old: Reading): boolean {
  if (fresh.file !== old.file || fresh.kind !== old.kind) return false;
  if (fresh.kind === 'fragment' && fresh.form !== old.form) return false;
  if (fresh.kind !== 'freb-log') return true;
  return JSON.stringify(fresh.observations) === JSON.stringify(old.observations);
}

/**
 * Adds a reading under its file's name, or under a free name where another file has that name.
 * @param numbers the next number to try for a name: a hostile archive may hold thousands of files of one name
 */
function addReading(reading: Reading, all: Map<string, Reading>, numbers: Map<string, number>): void {
  const { file } = reading;
  const free = (name: string): boolean => {
    const evidence = all.get(name);
    return !evidence || replaces(reading, { ...evidence, file });
  };
  let name = file;
  if (!free(file)) {
    let n = numbers.get(file) ?? 2;
    while (!free(`${file} (${n})`)) n++;
    numbers.set(file, n + 1);
    name = `${file} (${n})`;
  }
  // Deleted first, so that the newest reading is last.
  all.delete(name);
  all.set(name, name === file ? reading : { ...reading, file: name });
}

function withoutTimeline({ timeline: _, waterfall: __, ...reading }: Reading): Reading {
  return reading;
}
