import type { Part, Text } from '../answer/answer.js';
import type { Memo } from './memo.js';
import type { GroupFacts, PostKind, PostReference, WatchPost } from './ports.js';

/**
 * What is said of a group. `known`: nothing, it is only counted. `new`, `back`: it waits for its post, after the first log or
 * the first one after a quiet time. `told`: it was posted. `quiet`: "not seen since" was said.
 */
type GroupState = 'known' | 'new' | 'told' | 'quiet' | 'back';

/** Logs with the same cause, pool, site and page. */
export interface WatchGroup extends GroupFacts {
  key: string;
  count: number;
  /** How many of them the last post named. */
  toldCount: number;
  /** When the first and the last of the requests came, as their logs say; ISO 8601. */
  since: string;
  last: string;
  /** When a log was last found, by our clock, in milliseconds. */
  foundAt: number;
  state: GroupState;
  /** Id of the last post that told of it. */
  post?: string;
  /** Name of the first log, the title of its answer, and the parts that a post shows. */
  example: string;
  title: Text;
  parts: Part[];
}

/** A log that was read. */
export interface ReadLog {
  size: number;
  changedAt: number;
  /** Key of its group; none for a log that could not be read. */
  key?: string;
  /** It had no end yet when it was read. */
  open?: true;
}

/** What the watcher knows of a folder. */
export interface WatchedFolder {
  /** Logs that changed until here were there before the first look. */
  oldUntil: number;
  /** How many of those were read; absent when the first look is over. */
  oldRead?: number;
  /** How many older ones were left unread; absent when none was. */
  oldLeft?: number;
}

/** A post about groups that is kept up to date where it can be edited. */
export interface Telling {
  /** Id of the post. */
  id: string;
  kind: PostKind;
  /** Keys of the groups that it shows, and how many it tells of in all. */
  keys: string[];
  total: number;
  /** Of the post after the first look. */
  firstLook?: { folder: string; read: number; left: number };
  /** A mark of what it said last, and when, by our clock in milliseconds. */
  said: string;
  at: number;
}

/** Posts that can be edited are remembered up to this number, the newest. */
const mostReferences = 5000;

/** One change of what the watcher knows. */
export type WatchRecord =
  | { t: 'folder'; path: string; folder: WatchedFolder }
  | { t: 'log'; path: string; log: ReadLog }
  | { t: 'group'; group: WatchGroup }
  | { t: 'post'; post: WatchPost; to: string[] }
  | { t: 'sent'; id: string; to: string }
  /** A post is about to be sent; `isOver` when it certainly did not arrive. */
  | { t: 'sending'; id: string; to: string; isOver?: true }
  | { t: 'telling'; telling: Telling }
  /** `null`: the telling is over. */
  | { t: 'told'; id: string }
  /** What an edit needs; `null` for a post that is gone. */
  | { t: 'posted'; post: string; to: string; reference: PostReference | null }
  | { t: 'memo'; name: string; value: Memo };

/** What a watcher knows, as its records made it. */
export class WatchState {
  readonly folders = new Map<string, WatchedFolder>();
  readonly logs = new Map<string, ReadLog>();
  readonly groups = new Map<string, WatchGroup>();
  readonly memos = new Map<string, Memo>();
  /** Posts with the targets that they still have to reach, oldest first. */
  readonly waiting = new Map<string, { post: WatchPost; to: string[] }>();
  readonly tellings = new Map<string, Telling>();
  /** Posts, each with a target, that may have arrived although they still wait. */
  readonly #sending = new Map<string, { id: string; to: string }>();
  readonly #references = new Map<string, { post: string; to: string; reference: PostReference | null }>();

  /** Returns what an edit of a post needs; null when the post is gone, undefined when it never was there. */
  reference(post: string, target: string): PostReference | null | undefined {
    return this.#references.get(`${post} ${target}`)?.reference;
  }

  /** True for a post that may have arrived at a target, because sending it was begun. */
  mayBeThere(id: string, target: string): boolean {
    return this.#sending.has(`${id} ${target}`);
  }

  apply(record: WatchRecord): void {
    switch (record.t) {
      case 'folder':
        this.folders.set(record.path, record.folder);
        break;
      case 'log':
        this.logs.set(record.path, this.#shareKey(record.log));
        break;
      case 'group':
        this.groups.set(record.group.key, record.group);
        break;
      case 'post':
        this.#replaceUpdate(record.post);
        if (record.to.length > 0) this.waiting.set(record.post.id, { post: record.post, to: record.to });
        break;
      case 'telling':
        this.tellings.set(record.telling.id, record.telling);
        break;
      case 'told':
        this.tellings.delete(record.id);
        break;
      case 'posted':
        this.#keepReference(record);
        break;
      case 'sending':
        if (record.isOver) this.#sending.delete(`${record.id} ${record.to}`);
        else this.#sending.set(`${record.id} ${record.to}`, { id: record.id, to: record.to });
        break;
      case 'sent':
        this.#sending.delete(`${record.id} ${record.to}`);
        this.#removeTarget(record.id, record.to);
        break;
      case 'memo':
        this.memos.set(record.name, record.value);
    }
  }

  /** Returns the records that make this state again. */
  *records(): Generator<WatchRecord> {
    for (const [path, folder] of this.folders) yield { t: 'folder', path, folder };
    for (const group of this.groups.values()) yield { t: 'group', group };
    for (const [path, log] of this.logs) yield { t: 'log', path, log };
    for (const { post, to } of this.waiting.values()) yield { t: 'post', post, to };
    for (const begun of this.#sending.values()) yield { t: 'sending', ...begun };
    for (const telling of this.tellings.values()) yield { t: 'telling', telling };
    for (const posted of this.#references.values()) yield { t: 'posted', ...posted };
    for (const [name, value] of this.memos) yield { t: 'memo', name, value };
  }

  /** Ten thousand logs of a group share the text of its key. */
  #shareKey(log: ReadLog): ReadLog {
    const key = log.key && this.groups.get(log.key)?.key;
    return key === undefined ? log : { ...log, key };
  }

  /** An update says all that an earlier one of the same post says, which still waits. */
  #replaceUpdate({ of, watcher }: WatchPost): void {
    if (of === undefined) return;
    for (const [id, { post }] of this.waiting) if (post.of === of && post.watcher === watcher) this.waiting.delete(id);
  }

  #keepReference({ post, to, reference }: { post: string; to: string; reference: PostReference | null }): void {
    const key = `${post} ${to}`;
    this.#references.delete(key);
    this.#references.set(key, { post, to, reference });
    const [oldest] = this.#references.keys();
    if (this.#references.size > mostReferences && oldest !== undefined) this.#references.delete(oldest);
  }

  #removeTarget(id: string, target: string): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    const to = waiting.to.filter((name) => name !== target);
    if (to.length === 0) this.waiting.delete(id);
    else this.waiting.set(id, { post: waiting.post, to });
  }
}
