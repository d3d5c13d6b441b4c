import { basename } from 'node:path';
import type { Clock } from '../desk/ports/environment.js';
import type { Intake } from '../intake/intake.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type AnnounceDeps, Announcer } from './announce.js';
import { type FolderDeps, FolderWatch } from './folder-watch.js';
import { Health } from './health.js';
import type { Journal } from './journal.js';
import { createJudgeLog } from './judge-log.js';
import { Outbox } from './outbox.js';
import { FolderError, type Mutes, type Note, type PostTarget, type WatchFiles } from './ports.js';
import { type RightsSource, RightsWatch } from './rights-watch.js';
import { readTracing } from './tracing.js';
import { updatePosts } from './update-posts.js';

/** Milliseconds between two looks. */
const lookMs = 5000;
/** The same while logs wait to be read. */
const busyLookMs = 500;
/** Looks after which the configuration and the list of rights are read again. */
const looksPerReview = 60;
/** Milliseconds that a look waits for its posts. */
const sendWaitMs = 10_000;
/** Milliseconds between two signs of life. */
const beatMs = 300_000;

export interface WatchDeps extends Pick<FolderDeps, 'freeMemory'> {
  folders: readonly string[];
  files: WatchFiles;
  intake: Intake;
  /** Reads logs of megabytes, in its own process. */
  largeIntake: Intake;
  knowledge: Knowledge;
  clock: Clock;
  journal: Journal;
  targets: readonly PostTarget[];
  muted: Mutes;
  /** From how many milliseconds a request is called slow. */
  slowMs: number;
  note: Note;
  /** applicationHost.config, where there is one to read. */
  config?: string | undefined;
  rights?: RightsSource | undefined;
}

/** Looks at folders and says what is new in them. */
export class Watcher {
  readonly #deps: WatchDeps;
  readonly #folders: readonly FolderWatch[];
  readonly #announceDeps: AnnounceDeps;
  readonly #announcer: Announcer;
  readonly #health: Health;
  readonly #outbox: Outbox;
  readonly #rights: RightsWatch | undefined;
  #looks = 0;
  #beatAt = Number.NEGATIVE_INFINITY;
  #hasMore = false;
  #sending: Promise<void> | undefined;
  #trouble = '';
  #configNoted = false;

  constructor(deps: WatchDeps) {
    const {
      folders,
      intake,
      largeIntake,
      knowledge,
      slowMs,
      files,
      journal,
      clock,
      targets,
      note,
      rights,
      muted,
      freeMemory,
    } = deps;
    const now = () => clock.now().getTime();
    const judge = createJudgeLog({ intake, large: largeIntake }, knowledge, slowMs);
    this.#deps = deps;
    this.#folders = folders.map((path) => new FolderWatch(path, { files, judge, journal, now, freeMemory }));
    this.#announceDeps = { journal, now, targets, muted, tracing: (group) => this.#health.tracingOf(group) };
    this.#announcer = new Announcer(this.#announceDeps);
    const announcer = this.#announcer;
    this.#health = new Health(journal, announcer, now);
    this.#outbox = new Outbox(journal, targets, note);
    this.#rights = rights && new RightsWatch({ source: rights, intake, knowledge, journal, announcer, note });
    if (journal.damagedLines > 0) note(`${journal.damagedLines} lines of the state were damaged and left out.`);
  }

  /** Looks until the signal aborts. A look that fails is noted once and made again. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.look();
        this.#trouble = '';
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
        if (this.#trouble !== code) this.#deps.note(`A look failed (${code}); I look again.`);
        this.#trouble = code;
      }
      await this.#deps.clock.sleep(this.#hasMore ? busyLookMs : lookMs, signal);
    }
    if (this.#sending) await Promise.race([this.#sending.catch(() => undefined), this.#deps.clock.sleep(lookMs)]);
  }

  /** Looks once at every folder, posts what is new, and sends what waits. */
  async look(): Promise<void> {
    this.#hasMore = false;
    await Promise.all(this.#folders.map((folder) => this.#lookAt(folder)));
    if (this.#looks++ % looksPerReview === 0) await this.#review();
    await this.#deps.muted.refresh();
    this.#announcer.news();
    this.#announcer.again();
    updatePosts(this.#announcer, this.#announceDeps);
    this.#deps.journal.sync();
    await this.#send();
  }

  /** Sends what waits. A target that keeps us waiting delays no look: what it gets is sent meanwhile. */
  async #send(): Promise<void> {
    this.#sending ??= this.#outbox
      .flush()
      .then(() => this.#beat())
      .finally(() => {
        this.#sending = undefined;
      });
    // What fails after that fails again in the next look, which says so.
    this.#sending.catch(() => undefined);
    const isLate = new AbortController();
    const waited = this.#deps.clock.sleep(sendWaitMs, isLate.signal);
    await Promise.race([this.#sending, waited]).finally(() => isLate.abort());
  }

  /** A clock that jumps back sends one sign of life too many. */
  async #beat(): Promise<void> {
    const now = this.#deps.clock.now().getTime();
    if (now >= this.#beatAt && now - this.#beatAt < beatMs) return;
    this.#beatAt = now;
    await this.#outbox.beat();
  }

  async #lookAt(folder: FolderWatch): Promise<void> {
    try {
      const { lost, old, unreadable, hasMore } = await folder.look();
      if (hasMore) this.#hasMore = true;
      this.#health.folderAnswered(folder.path);
      this.#health.noteOverwritten(lost);
      if (old) this.#announcer.firstLook(folder.path, old);
      if (unreadable.length > 0)
        this.#deps.note(`${unreadable.length} logs could not be read as logs, the first is ${unreadable[0]}.`);
    } catch (error) {
      if (!(error instanceof FolderError)) throw error;
      this.#health.folderFailed(folder.path, error.code);
    }
  }

  /** Reads what changes seldom: whether tracing runs, and who holds the right. */
  async #review(): Promise<void> {
    const { config, files } = this.#deps;
    if (config !== undefined) {
      const bytes = await files.read(config, config).catch(() => undefined);
      const tracing = bytes && readTracing(Buffer.from(bytes).toString('utf8'));
      if (!tracing && !this.#configNoted)
        this.#deps.note(`I can't read ${config}, so I can't see whether tracing is on.`);
      this.#configNoted = !tracing;
      this.#health.noteTracing(tracing, this.#watchedSites());
    }
    await this.#rights?.check();
  }

  /** IIS names the folder of a site by its number: W3SVC2. */
  #watchedSites(): Set<string> {
    const sites = new Set<string>();
    for (const { path } of this.#folders) {
      const numbers = this.#deps.journal.state.memos.get(`numbers of ${path}`) ?? {};
      for (const name of [basename(path), ...Object.keys(numbers)]) {
        const site = /W3SVC(\d{1,10})$/i.exec(name)?.[1];
        if (site !== undefined) sites.add(site);
      }
    }
    return sites;
  }
}
