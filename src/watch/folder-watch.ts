import { join, sep } from 'node:path';
import { type CountedLog, countLog } from './count-log.js';
import type { Journal } from './journal.js';
import { mostOldLogs, UnreadLogs } from './old-logs.js';
import { findOverwritten } from './overwritten-logs.js';
import type { FolderList, JudgeLog, ListWishes, LogFile, WatchFiles } from './ports.js';
import type { WatchedFolder, WatchGroup, WatchRecord } from './records.js';
import { hasEnd, SettlingFiles } from './settling-files.js';

/** Logs that are stored together: one write for many logs, and few to read again after a crash. */
const batchSize = 50;
/** Logs that one look reads, so that a burst is posted while it lasts. */
const logsPerLook = 500;
/** Looks after which the size of each known log is looked up again. */
const looksPerCheck = 60;
/** A list of more logs leaves garbage that is freed at once. */
const longList = 2000;
/** A log of the same name and size whose time differs by more milliseconds is another one: the folder was emptied. */
const anotherLogMs = 10_000;

/** What a look at a folder needs. */
export interface FolderDeps {
  files: WatchFiles;
  judge: JudgeLog;
  journal: Journal;
  /** Our clock, in milliseconds. */
  now(): number;
  /** Called when the bytes of a batch are no longer used. */
  freeMemory?: (() => void) | undefined;
}

/** What a look found beside groups. */
export interface FolderLook {
  /** How many logs IIS removed before they were read, by the folder of their site. */
  lost: { folder: string; count: number }[];
  /** Set when the logs of before the first look are read: how many they were, and how many older ones are left unread. */
  old?: { read: number; left: number };
  /** More logs wait than one look reads. */
  hasMore: boolean;
  /** Names of logs that hold no trace. */
  unreadable: string[];
}

/** Reads the new logs of one folder into the journal. */
export class FolderWatch {
  readonly path: string;
  readonly #deps: FolderDeps;
  readonly #settling = new SettlingFiles();
  readonly #absent = new Set<string>();
  readonly #left = new UnreadLogs();
  #batch: CountedLog[] = [];
  #looks = 0;

  constructor(path: string, deps: FolderDeps) {
    this.path = path;
    this.#deps = deps;
  }

  /** Looks once. @throws FolderError when the folder cannot be read; what was read until then is stored */
  async look(): Promise<FolderLook> {
    const { files, journal, freeMemory } = this.#deps;
    const list = await files.list(this.path, this.#wishes());
    const isFirst = this.#looks++ === 0;
    const isLong = list.names.length > longList;
    if (isLong) freeMemory?.();
    this.#noteRemoved(list);
    const folder = journal.state.folders.get(this.path) ?? this.#begin(list.logs);
    const found: FolderLook = { lost: this.#findLost(list), unreadable: [], hasMore: false };
    const unread = list.logs.filter((log) => this.#isUnread(log));
    const isOld = ({ changedAt }: LogFile) => folder.oldRead !== undefined && changedAt <= folder.oldUntil;
    const old = this.#limitOld(unread.filter(isOld), isFirst ? mostOldLogs - (folder.oldRead ?? 0) : mostOldLogs);
    const fresh = unread.filter((log) => !isOld(log)).sort((a, b) => a.changedAt - b.changedAt);
    found.hasMore = fresh.length + old.length > logsPerLook;
    try {
      // New failures come first.
      for (const log of [...fresh, ...old].slice(0, logsPerLook)) await this.#read(log, isOld(log), found);
    } finally {
      this.#store();
      if (isLong) freeMemory?.();
    }
    if (folder.oldRead !== undefined && !old.some((log) => this.#isUnread(log)))
      found.old = {
        read: journal.state.folders.get(this.path)?.oldRead ?? 0,
        left: this.#left.count,
      };
    return found;
  }

  /** Returns what this look needs. */
  #wishes(): ListWishes {
    const folder = this.#deps.journal.state.folders.get(this.path);
    if (!folder) {
      // An attempt before this one may have failed half-way.
      this.#left.keepOnly(new Set());
      return { open: (names) => this.#left.choose(names, mostOldLogs), keep: () => true };
    }
    const checksAll = this.#looks % looksPerCheck === 0;
    return {
      open: (names) => names.filter((name) => !this.#left.has(name) && (checksAll || !this.#isSettled(name))),
      // After a restart their times tell which were left.
      keep: (log) => this.#looks > 0 || !this.#wasLeft(log, folder),
    };
  }

  /** Returns the old logs that are read. After a restart, some were read before. */
  #limitOld(logs: readonly LogFile[], most: number): LogFile[] {
    const names = logs.map(({ name }) => name);
    const chosen = new Set(this.#left.choose(names, most));
    return logs.filter(({ name }) => chosen.has(name));
  }

  #wasLeft({ name, path, changedAt }: LogFile, { oldLeft, oldUntil }: WatchedFolder): boolean {
    if (oldLeft === undefined || changedAt > oldUntil || this.#deps.journal.state.logs.has(path)) return false;
    this.#left.add(name);
    return true;
  }

  #begin(logs: readonly LogFile[]): WatchedFolder {
    const folder = { oldUntil: logs.reduce((latest, log) => Math.max(latest, log.changedAt), 0), oldRead: 0 };
    this.#deps.journal.commit([{ t: 'folder', path: this.path, folder }]);
    return folder;
  }

  async #read(log: LogFile, isOld: boolean, found: FolderLook): Promise<void> {
    const { files, judge } = this.#deps;
    if (!this.#settling.shouldRead(log)) return;
    const bytes = await files.read(this.path, log.path);
    if (bytes === undefined || !this.#settling.isReady(log, bytes)) return;
    const judged = await judge(log.name, bytes);
    if (judged.file.verdict === 'unreadable') found.unreadable.push(log.name);
    this.#batch.push({ log, judged, isOld, isOpen: !hasEnd(bytes) });
    if (this.#batch.length >= batchSize) this.#store();
  }

  /** Stores the logs of the batch with the groups they changed: all of them, or none. */
  #store(): void {
    if (this.#batch.length === 0) return;
    const { journal, now, freeMemory } = this.#deps;
    const { state } = journal;
    const changed = new Map<string, WatchGroup>();
    const groups = {
      find: (key: string) => changed.get(key) ?? state.groups.get(key),
      get size() {
        return state.groups.size + changed.size;
      },
    };
    const logs: WatchRecord[] = [];
    for (const counted of this.#batch) {
      const { log, isOpen } = counted;
      const before = state.logs.get(log.path);
      const group = countLog(counted, groups, now());
      // A log that was read before its end and has grown is still one log.
      if (group && !(before?.open && before.key === group.key)) changed.set(group.key, group);
      const { size, changedAt } = log;
      const kept = { size, changedAt, ...(group && { key: group.key }), ...(isOpen && { open: true as const }) };
      logs.push({ t: 'log', path: log.path, log: kept });
    }
    const old = this.#batch.filter(({ isOld }) => isOld).length;
    this.#batch = [];
    const folder = state.folders.get(this.path);
    const records: WatchRecord[] = [...changed.values()].map((group) => ({ t: 'group', group }));
    records.push(...logs);
    if (folder?.oldRead !== undefined && old > 0)
      records.push({ t: 'folder', path: this.path, folder: { ...folder, oldRead: folder.oldRead + old } });
    journal.commit(records);
    freeMemory?.();
  }

  #isSettled(name: string): boolean {
    const path = join(this.path, name);
    const log = this.#deps.journal.state.logs.get(path);
    return log !== undefined && !log.open && !this.#absent.has(path);
  }

  #isUnread({ path, size, changedAt }: LogFile): boolean {
    const log = this.#deps.journal.state.logs.get(path);
    return log === undefined || log.size !== size || Math.abs(log.changedAt - changedAt) > anotherLogMs;
  }

  /** Forgets logs that are gone, but not at once: a share may come back. */
  #noteRemoved({ names, logs }: FolderList): void {
    const forgets = this.#looks % looksPerCheck === 1;
    const here = new Set(names);
    this.#settling.keepOnly(new Set(logs.map(({ path }) => path)));
    this.#left.keepOnly(here);
    const start = `${this.path}${sep}`;
    for (const path of this.#deps.journal.state.logs.keys()) {
      if (!path.startsWith(start)) continue;
      if (here.has(path.slice(start.length).replaceAll(sep, '/'))) {
        this.#absent.delete(path);
      } else {
        if (forgets && this.#absent.has(path)) this.#deps.journal.state.logs.delete(path);
        this.#absent.add(path);
      }
    }
  }

  #findLost({ names }: FolderList): FolderLook['lost'] {
    const { journal } = this.#deps;
    const name = `numbers of ${this.path}`;
    const before = journal.state.memos.get(name);
    const { lost, highest } = findOverwritten(names, before);
    if (JSON.stringify(highest) !== JSON.stringify(before)) journal.commit([{ t: 'memo', name, value: highest }]);
    return lost;
  }
}
