import type { Answer } from '../answer/answer.js';
import type { FileVerdict } from '../diagnosis/report.js';

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
  logs: LogFile[];
  /** Logs whose size was not looked up. */
  known: Pick<LogFile, 'path' | 'name'>[];
}

/** The files of watched folders. Each call ends in time, also on a share that hangs. */
export interface WatchFiles {
  /**
   * Lists the logs of a folder and of the folders in it.
   * @param isKnown true for a log whose size need not be looked up again
   * @throws FolderError
   */
  list(folder: string, isKnown: (path: string) => boolean): Promise<FolderList>;
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
}

/** A place that posts go to. */
export interface PostTarget extends Partial<Heartbeat> {
  /** Stands in the journal: a post that waits for another target is not sent to this one. */
  name: string;
  /** @throws PostError when the post did not arrive for certain */
  send(post: WatchPost): Promise<void>;
}

/** A target that wants a sign of life. */
export interface Heartbeat {
  /** @throws PostError */
  beat(): Promise<void>;
}

/** A post did not arrive. `lasting`: this post never will, so that it must not stop the others. */
export class PostError extends Error {
  override readonly name = 'PostError';
  readonly lasting: boolean;
  constructor(sentence: string, lasting = false) {
    super(sentence);
    this.lasting = lasting;
  }
}

/** Whether Failed Request Tracing runs for a site, as far as a file says so. */
export type Tracing = 'on' | 'off' | 'unknown';

/** One line for the operator. */
export type Note = (sentence: string) => void;
