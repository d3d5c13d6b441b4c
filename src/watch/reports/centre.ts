import type { Answer } from '../../answer/answer.js';
import type { Announcer } from '../announce.js';
import type { Journal } from '../journal.js';
import { type Mutes, type PostTarget, type WatchPost, wantsPost } from '../ports.js';
import { addWatcher, watcherBackPost, watcherSilentPost } from './say-watcher.js';
import { reportSchema } from './schema.js';
import type { ScrubReport } from './scrub-report.js';

/** Ids of each watcher's reports that are remembered; a watcher sends them one after the other. */
const idsKept = 200;
/** Checks, one a minute, without a sign of life until a watcher counts as silent. Counts checks, because clocks jump. */
const checksUntilSilent = 15;

export interface CentreDeps {
  journal: Journal;
  announcer: Announcer;
  targets: readonly Pick<PostTarget, 'name' | 'counts'>[];
  /** Causes that are not posted. */
  muted: Pick<Mutes, 'has'>;
  /** Names of the tokens that are valid now; the watchers of others are forgotten. */
  watchers: readonly string[];
  scrub: ScrubReport;
}

/** Takes the reports of watchers: checks, scrubs, and passes each on once. */
export class ReportCentre {
  readonly #journal: Journal;
  readonly #announcer: Announcer;
  readonly #targets: CentreDeps['targets'];
  readonly #muted: CentreDeps['muted'];
  readonly #scrub: ScrubReport;
  readonly #checks = new Map<string, number>();

  constructor({ journal, announcer, targets, muted, watchers, scrub }: CentreDeps) {
    this.#journal = journal;
    this.#announcer = announcer;
    this.#targets = targets;
    this.#muted = muted;
    this.#scrub = scrub;
    for (const name of watchers) if (journal.state.memos.get(seenMemoName(name))) this.#checks.set(name, 0);
  }

  /** Takes one report of a watcher. Returns `wrong` for what no watcher sends. Throws when the disk refuses. */
  accept(watcher: string, body: unknown): 'taken' | 'wrong' {
    const parsed = reportSchema.safeParse(body);
    if (!parsed.success) return 'wrong';
    this.#signOfLife(watcher);
    const report = parsed.data;
    const ids = this.#idsOf(watcher);
    if (report.kind === 'heartbeat' || ids.includes(report.id)) return 'taken';
    const { schema: _, ...post } = this.#scrub(report);
    const named: WatchPost = { ...post, answer: addWatcher(post.answer, watcher), watcher };
    this.#journal.commit([
      { t: 'memo', name: seenMemoName(watcher), value: [...ids, report.id].slice(-idsKept) },
      { t: 'post', post: named, to: this.#targetsOf(named) },
    ]);
    this.#journal.sync();
    return 'taken';
  }

  /** Returns the names of the targets that want a post. A cause that is muted here is not posted; its posts of before are edited. */
  #targetsOf({ kind, group }: WatchPost): string[] {
    const isNews = kind === 'new' || kind === 'back';
    if (isNews && group?.cause && this.#muted.has(group.cause)) return [];
    return this.#targets.filter((target) => wantsPost(target, kind)).map(({ name }) => name);
  }

  /** Says of each watcher, once, that it is silent. Called once a minute. */
  check(): void {
    for (const [name, checks] of this.#checks) {
      this.#checks.set(name, checks + 1);
      if (checks + 1 < checksUntilSilent || this.#isSilent(name)) continue;
      this.#say(name, true, watcherSilentPost(name));
    }
  }

  #signOfLife(name: string): void {
    if (!this.#checks.has(name) && !this.#journal.state.memos.get(seenMemoName(name)))
      this.#journal.commit([{ t: 'memo', name: seenMemoName(name), value: [] }]);
    this.#checks.set(name, 0);
    if (this.#isSilent(name)) this.#say(name, false, watcherBackPost(name));
  }

  #say(name: string, isSilent: boolean, answer: Answer): void {
    this.#journal.commit([
      { t: 'memo', name: silentMemo(name), value: isSilent },
      this.#announcer.record('watcher', answer),
    ]);
  }

  #isSilent(name: string): boolean {
    return this.#journal.state.memos.get(silentMemo(name)) === true;
  }

  #idsOf(name: string): string[] {
    const ids = this.#journal.state.memos.get(seenMemoName(name));
    return Array.isArray(ids) ? ids.map(String) : [];
  }
}

function seenMemoName(watcher: string): string {
  return `reports of ${watcher}`;
}

function silentMemo(watcher: string): string {
  return `silent ${watcher}`;
}
