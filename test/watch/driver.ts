import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderText } from '../../src/answer/text.js';
import { createIntake } from '../../src/intake/intake.js';
import { createWatchFiles, type FileCalls } from '../../src/watch/files.js';
import { Journal } from '../../src/watch/journal.js';
import { type Mutes, PostError, type PostTarget, type WatchPost } from '../../src/watch/ports.js';
import { type WatchDeps, Watcher } from '../../src/watch/watcher.js';
import { builtKnowledge } from '../built-knowledge.js';
import { frebLog, type LogOptions } from '../scenarios/logs.js';

const knowledge = builtKnowledge();

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
}

/** Mutes these causes. */
export function mutesOf(...causes: string[]): Mutes {
  return { has: (cause) => causes.includes(cause), refresh: async () => undefined };
}

/** A target that remembers its posts, and can be away. */
class FakeTarget implements PostTarget {
  readonly name = 'fake';
  readonly posts: WatchPost[] = [];
  trouble: PostError | undefined;

  async send(post: WatchPost): Promise<undefined> {
    if (this.trouble) throw this.trouble;
    this.posts.push(post);
  }

  away(lasting = false): void {
    this.trouble = new PostError('fake is away.', lasting);
  }

  get kinds(): string[] {
    return this.posts.map(({ kind }) => kind);
  }

  /** The text of the newest post. */
  get text(): string {
    const post = this.posts.at(-1);
    return post ? renderText(post.answer, { columns: 200 }) : '';
  }
}

/** A watcher over its own folder, with a clock that only the test moves. */
export class WatchRun {
  readonly root = mkdtempSync(join(tmpdir(), 'frebot-watch-'));
  readonly folder = join(this.root, 'FailedReqLogFiles');
  readonly target = new FakeTarget();
  readonly notes: string[] = [];
  readonly intake = createIntake({ workers: 0 });
  time = Date.parse('2026-06-08T20:00:00Z');
  calls: FileCalls = { readdir, readFile, stat };
  /** Set by a call that hangs. */
  hangs = false;
  form: Partial<WatchDeps> = {};
  #journal: Journal | undefined;
  #watcher: Watcher | undefined;

  constructor() {
    mkdirSync(this.folder);
  }

  get statePath(): string {
    return join(this.root, 'state.jsonl');
  }

  get journal(): Journal {
    this.#journal ??= new Journal(this.statePath);
    return this.#journal;
  }

  set journal(journal: Journal) {
    this.#journal?.close();
    this.#journal = journal;
  }

  get watcher(): Watcher {
    // Only the limit of a call that a test lets hang ever passes.
    const limit = (_ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (this.hangs) resolve();
        else signal.addEventListener('abort', () => resolve());
        this.hangs = false;
      });
    this.#watcher ??= new Watcher({
      folders: [this.folder],
      files: createWatchFiles(20_000, limit, { ...this.calls } as FileCalls),
      intake: this.intake,
      largeIntake: this.intake,
      knowledge,
      clock: { now: () => new Date(this.time), sleep: (_ms, signal) => untilAborted(signal) },
      journal: this.journal,
      targets: [this.target],
      muted: mutesOf(),
      slowMs: 3000,
      note: (sentence) => this.notes.push(sentence),
      ...this.form,
    });
    return this.#watcher;
  }

  /** Writes a log of site 2 under its number. */
  log(number: number, options: LogOptions = {}): void {
    this.write(`W3SVC2/fr${String(number).padStart(6, '0')}.xml`, frebLog(options));
  }

  write(name: string, bytes: Uint8Array | string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    utimesSync(path, this.time / 1000, this.time / 1000);
  }

  async look(times = 1, stepMs = 5000): Promise<void> {
    for (let i = 0; i < times; i++) {
      this.time += stepMs;
      await this.watcher.look();
    }
  }

  /** Ends the watcher as a crash does, and begins another with the same state. */
  restart(): void {
    this.#journal?.close();
    this.#journal = undefined;
    this.#watcher = undefined;
  }

  async stop(): Promise<void> {
    this.#journal?.close();
    await this.intake.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}
