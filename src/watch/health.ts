import type { Announcer } from './announce.js';
import type { Journal } from './journal.js';
import type { Tracing } from './ports.js';
import type { WatchGroup } from './records.js';
import { folderBackPost, folderLostPost, overwrittenPost, tracingOffPost, tracingOnPost } from './say-health.js';
import type { TracingConfig } from './tracing.js';

/** Looks that must fail one after the other: a share may be away for seconds. */
const failuresUntilSaid = 2;
/** Milliseconds between two posts about overwritten logs. */
const overwrittenMs = 3_600_000;
const tracingMemo = 'tracing';
const overwrittenMemo = 'overwritten';

/** Says when silence does not mean health. What was said is in the journal, so that a restart does not repeat it. */
export class Health {
  readonly #journal: Journal;
  readonly #announcer: Announcer;
  readonly #now: () => number;
  readonly #failures = new Map<string, number>();
  #lost: { folder: string; count: number }[] = [];
  #config: TracingConfig | undefined;

  constructor(journal: Journal, announcer: Announcer, now: () => number) {
    this.#journal = journal;
    this.#announcer = announcer;
    this.#now = now;
  }

  folderFailed(folder: string, code: string): void {
    const failures = (this.#failures.get(folder) ?? 0) + 1;
    this.#failures.set(folder, failures);
    const name = folderMemo(folder);
    if (failures < failuresUntilSaid || this.#journal.state.memos.get(name)) return;
    this.#journal.commit([
      { t: 'memo', name, value: code },
      this.#announcer.record('folder', folderLostPost(folder, code)),
    ]);
  }

  folderAnswered(folder: string): void {
    this.#failures.delete(folder);
    const name = folderMemo(folder);
    if (!this.#journal.state.memos.get(name)) return;
    this.#journal.commit([{ t: 'memo', name, value: null }, this.#announcer.record('folder', folderBackPost(folder))]);
  }

  /** Adds logs that were lost, and posts their number, once in an hour. */
  noteOverwritten(lost: readonly { folder: string; count: number }[]): void {
    for (const { folder, count } of lost) {
      const known = this.#lost.find((one) => one.folder === folder);
      if (known) known.count += count;
      else this.#lost.push({ folder, count });
    }
    const last = Number(this.#journal.state.memos.get(overwrittenMemo) ?? 0);
    const now = this.#now();
    if (this.#lost.length === 0 || (now >= last && now - last < overwrittenMs)) return;
    const post = this.#announcer.record('overwritten', overwrittenPost(this.#lost));
    this.#journal.commit([{ t: 'memo', name: overwrittenMemo, value: now }, post]);
    this.#lost = [];
  }

  /**
   * Posts when tracing goes off, and when it is on again.
   * @param config undefined when no file says so
   * @param watched numbers of the sites whose folders are watched; empty when the folders do not say
   */
  noteTracing(config: TracingConfig | undefined, watched: ReadonlySet<string>): void {
    this.#config = config;
    if (!config) return;
    const off = [...config.sites]
      .filter(([id, on]) => !on && (watched.size === 0 || watched.has(id)))
      .map(([id]) => id);
    // A server may have sites that are never traced: without a watched folder to go by, one traced site is enough.
    const isOff = watched.size > 0 ? off.length > 0 : off.length === config.sites.size && off.length > 0;
    const value = isOff || !config.hasRules ? `${isOff ? off.join(' ') : ''}|${config.hasRules}` : null;
    const before = this.#journal.state.memos.get(tracingMemo) ?? null;
    if (value === before) return;
    const answer = value === null ? tracingOnPost() : tracingOffPost(isOff ? off : [], config.hasRules);
    this.#journal.commit([{ t: 'memo', name: tracingMemo, value }, this.#announcer.record('tracing', answer)]);
  }

  /** Returns whether tracing runs for the site of a group. */
  tracingOf({ site }: Pick<WatchGroup, 'site'>): Tracing {
    const on = this.#config?.sites.get(site ?? '');
    return on === undefined ? 'unknown' : on ? 'on' : 'off';
  }
}

function folderMemo(folder: string): string {
  return `folder ${folder}`;
}
