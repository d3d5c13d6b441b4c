import type { Reading } from '../evidence/evidence.js';

/** How much is held: in memory only, gone with the process, never stored. */
export interface MemoryLimits {
  threads: number;
  readingsPerThread: number;
  /** Observations of all threads together: what really takes the room. */
  observations: number;
}

const usual: MemoryLimits = { threads: 500, readingsPerThread: 200, observations: 400_000 };

/** What the threads have shown so far, so that a second file can confirm the first. The least recently used goes first. */
export class EvidenceMemory {
  readonly #limits: MemoryLimits;
  readonly #threads = new Map<string, Reading[]>();

  constructor(limits: Partial<MemoryLimits> = {}) {
    this.#limits = { ...usual, ...limits };
  }

  of(thread: string): readonly Reading[] {
    return this.#threads.get(thread) ?? [];
  }

  /** The thread's evidence with the new readings in it; a file dropped again replaces its earlier form. */
  join(thread: string, fresh: readonly Reading[]): Reading[] {
    const known = fresh.filter((reading) => reading.kind !== 'unknown');
    if (known.length === 0) return [...this.of(thread)];
    let all = [...this.of(thread)];
    for (const reading of known) {
      all = all.filter((old) => !replaces(reading, old));
      const taken = new Set(all.map((old) => old.file));
      all.push(taken.has(reading.file) ? { ...reading, file: freeName(reading.file, taken) } : reading);
    }
    all = all.slice(-this.#limits.readingsPerThread);
    this.#threads.delete(thread);
    this.#threads.set(thread, all.map(withoutTimeline));
    this.#shrink();
    return all;
  }

  forget(thread: string): number {
    const count = this.of(thread).length;
    this.#threads.delete(thread);
    return count;
  }

  #shrink(): void {
    let observations = 0;
    for (const readings of this.#threads.values()) observations += size(readings);
    for (const [thread, readings] of this.#threads) {
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

/** A later export, report or listing of the same name is the newer truth. Logs only when it is the very same log. */
function replaces(fresh: Reading, old: Reading): boolean {
  if (fresh.file !== old.file || fresh.kind !== old.kind) return false;
  if (fresh.kind !== 'freb-log') return true;
  return JSON.stringify(fresh.observations) === JSON.stringify(old.observations);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) {
    const candidate = `${name} (${n})`;
    if (!taken.has(candidate)) return candidate;
  }
}

function withoutTimeline({ timeline: _, ...reading }: Reading): Reading {
  return reading;
}
