import type { Answer } from '../answer/answer.js';
import type { FileVerdict } from '../diagnosis/report.js';
import type { Memo } from './memo.js';

/** A log in a watched folder. */
export interface LogFile {
  path: string;
  /** Below the watched folder, for sentences: `W3SVC2/fr000032.xml`. */
  name: string;
  size: number;
  /** When it last changed, by the clock of its server, in milliseconds. */
  changedAt: number;
}

/** What a watched folder holds. */
export interface FolderList {
  /** Names of all logs. */
  names: string[];
  /** Those whose size was looked up, and that were kept. */
  logs: LogFile[];
}

/** What is wanted of a folder that may hold very many logs. */
export interface ListWishes {
  /** Returns the names of the logs whose size is looked up. */
  open(names: readonly string[]): readonly string[];
  /** True for a log that is kept in the list. */
  keep(log: LogFile): boolean;
}

/** The files of watched folders. Each call ends in time, also on a share that hangs. */
export interface WatchFiles {
  /** Lists the logs of a folder and of the folders in it. @throws FolderError */
  list(folder: string, wishes: ListWishes): Promise<FolderList>;
  /** Returns the bytes of a file; undefined when it is gone. @throws FolderError */
  read(folder: string, path: string): Promise<Uint8Array | undefined>;
}

/** Why a folder cannot be watched now. `code` is the system's own, or `TIMEOUT`. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  readonly code: string;
  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** One log, judged. */
export interface JudgedLog {
  file: FileVerdict;
  /** Number of the IIS site. */
  site: string | null;
  /** True when the fault belongs to a page, not to the server, the application or the client. */
  isPerPage: boolean;
  /** Returns the answer about this log alone. */
  describe(): Answer;
}

/** Judges the bytes of one log. Never rejects. */
export type JudgeLog = (name: string, bytes: Uint8Array) => Promise<JudgedLog>;

/** What a post is about. */
export const postKinds = [
  'new',
  'back',
  'several',
  'again',
  'update',
  'first-look',
  'folder',
  'tracing',
  'overwritten',
  'rights',
  'watcher',
] as const;
export type PostKind = (typeof postKinds)[number];

/** What a group is known by. */
export interface GroupFacts {
  verdict: string;
  cause: string | null;
  pool: string | null;
  site: string | null;
  server: string | null;
  /** The page without numbers and query, where the fault belongs to a page. */
  page: string | null;
}

/** One thing to say. Plain JSON: it waits in the journal until it is sent. */
export interface WatchPost {
  id: string;
  kind: PostKind;
  /** ISO 8601, UTC */
  at: string;
  answer: Answer;
  group?: GroupFacts & { count: number };
  /** Of a post about several groups: the causes of those that it shows. */
  causes?: string[];
  /** Of an `update`: the id of the earlier post, which now says this. */
  of?: string;
  /** The watcher that reported it to this central Frebot. */
  watcher?: string;
}

/** What a target needs to edit one of its posts later, as plain JSON. */
export type PostReference = { [key: string]: Memo };

/** Returns the ids of the causes that a post is about. */
export function listCauses({ group, causes }: Pick<WatchPost, 'causes' | 'group'>): readonly string[] {
  return causes ?? (group?.cause ? [group.cause] : []);
}

/** A place that posts go to. */
export interface PostTarget extends Partial<Heartbeat> {
  /** Stands in the journal: a post that waits for another target is not sent to this one. */
  name: string;
  /**
   * How it hears that a known cause came again: in its own post once an hour (`lines`, when absent), by an edit of the
   * earlier post (`edits`), or both, because it decides for targets of its own.
   */
  counts?: 'lines' | 'edits' | 'both';
  /**
   * Sends a post, or edits an earlier one.
   * @param earlier what sending the post that is edited returned
   * @param mayBeThere true when an earlier attempt may have arrived: it is looked for, or the post says so
   * @returns what an edit of this post needs, where the target can edit
   * @throws PostError
   */
  send(post: WatchPost, earlier?: PostReference, mayBeThere?: boolean): Promise<PostReference | undefined>;
}

/** True for a post that a target wants. */
export function wantsPost({ counts = 'lines' }: Pick<PostTarget, 'counts'>, kind: PostKind): boolean {
  if (kind === 'again') return counts !== 'edits';
  return kind !== 'update' || counts !== 'lines';
}

/** The causes that are counted and not posted. */
export interface Mutes {
  has(cause: string): boolean;
  /** Learns what was muted since the last time. Never rejects. */
  refresh(): Promise<void>;
}

/** A target that wants a sign of life. */
export interface Heartbeat {
  /** @throws PostError */
  beat(): Promise<void>;
}

/**
 * A post did not arrive. `lasting`: this post never will, so that it must not stop the others. `mayHaveArrived`: only the
 * response was missing.
 */
export class PostError extends Error {
  override readonly name = 'PostError';
  readonly lasting: boolean;
  readonly mayHaveArrived: boolean;
  constructor(sentence: string, lasting = false, mayHaveArrived = false) {
    super(sentence);
    this.lasting = lasting;
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** Whether Failed Request Tracing runs for a site, as far as a file says so. */
export type Tracing = 'on' | 'off' | 'unknown';

/** Returns whether tracing runs for the site of a group. */
export type TracingOf = (group: Pick<GroupFacts, 'site'>) => Tracing;

/** One line for the operator. */
export type Note = (sentence: string) => void;
