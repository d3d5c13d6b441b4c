import type { Answer } from '../../answer/answer.js';
import type { Outcome } from '../../answer/buttons.js';
import type { PostedCause } from '../../answer/mutes.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import type { CaseRecord, SimilarCases } from './case-record.js';
import type { DoorName, FileRef, PostedMessage, ReplyPlace } from './message.js';

/** The desk's memory: answers (so that buttons work later), threads, cases, files, quotas. JSON in and out. */
export interface Store extends CaseStore, FileStore, QuotaStore {
  saveAnswer(record: AnswerRecord): Promise<void>;
  answer(id: string): Promise<AnswerRecord | undefined>;
  /** Returns the newest answer to a message. */
  answerTo(message: string): Promise<AnswerRecord | undefined>;
  thread(key: string): Promise<ThreadState | undefined>;
  saveThread(key: string, state: ThreadState): Promise<void>;
  /** Removes everything stored about a thread; returns how many answers that were. */
  forget(thread: string): Promise<number>;
  /** Returns the newest answers of all threads whose key begins with `threads`, newest first. */
  recent(threads: string, limit: number): Promise<AnswerRecord[]>;
  /** Removes everything stored about all threads whose key begins with `threads`. */
  forgetAll(threads: string): Promise<void>;
  /** Removes the answers to one message; returns the threads that held them. */
  forgetMessage(key: string): Promise<string[]>;
}

export interface CaseStore {
  /** Returns the newest case of a thread. */
  caseOf(thread: string): Promise<CaseRecord | undefined>;
  caseNumbered(tenant: string, number: number): Promise<CaseRecord | undefined>;
  /**
   * Opens a case under the tenant's next number; a number is never given twice.
   * @param after the newest case of the thread so far, 0 when it has none
   * @returns undefined when another process has opened the next one meanwhile
   */
  openCase(opened: Omit<CaseRecord, 'number' | 'version'>, after: number): Promise<CaseRecord | undefined>;
  /** Returns false when the stored case has changed since it was read; else its version is one more than given. */
  saveCase(record: CaseRecord): Promise<boolean>;
  removeCase(tenant: string, number: number): Promise<void>;
  /** Counts the same failure in other threads of the tenant. */
  casesLike(tenant: string, failure: string, but: { thread: string }): Promise<SimilarCases>;
  /** Returns cases of all tenants whose diagnosis a user marked "Not it", newest first. */
  casesNotIt(limit: number): Promise<CaseRecord[]>;
}

export interface FileStore {
  /** Returns where the evidence of a thread can be fetched again, oldest first. Never its content. */
  filesOf(thread: string): Promise<ThreadFiles[]>;
  /** Replaces what is stored about the files of this message in this thread. */
  keepFiles(files: ThreadFiles): Promise<void>;
}

export interface QuotaStore {
  /** Returns what these accounts spent in this slice of time and later ones. */
  spent(accounts: string[], fromSlice: number): Promise<SpentQuota[]>;
  /** Adds to what was spent. Slices more than an hour old may be dropped. */
  spend(more: SpentQuota[]): Promise<void>;
}

/** The files of one message that proved to be evidence. References only, sealed wherever they are at rest. */
export interface ThreadFiles {
  thread: string;
  message: string;
  files: { ref: FileRef; kinds: string[] }[];
}

/** Milliseconds of a slice of time, the unit in which hourly quotas are counted. */
export const sliceMs = 5 * 60 * 1000;

/** Questions, and bytes or milliseconds by the kind of account, spent in a slice of time; slices are numbered since 1970. */
export interface SpentQuota {
  account: string;
  slice: number;
  questions: number;
  bytes: number;
}

export interface AnswerRecord {
  id: string;
  thread: string;
  tenant: string;
  /** ISO 8601, UTC */
  at: string;
  answer: Answer;
  /** Key of the message it answers: when that is deleted, so is the answer. */
  message?: string;
  /** What the thread knows after it. */
  facts?: ThreadFacts;
  /** What the last press of an outcome's button said, and the message of that press. */
  outcome?: { action: Outcome; message: string };
  /** It is a watcher's post. */
  watched?: WatchedPost;
}

/** A watcher's post, and the causes that it is about. */
export interface WatchedPost {
  /** Older rows hold only the id of the one cause. */
  causes?: PostedCause[];
  cause?: string;
  /** Absent while it is not posted yet. */
  post?: AnnouncedPost;
}

/** A post that no message has asked for, with what is needed to edit it later. */
export type AnnouncedPost = {
  door: DoorName;
  tenant: string;
  where: ReplyPlace;
  posted: PostedMessage;
  /** Key of the post at its door. */
  key: string;
  /** The stored answer, and the thread below the post. */
  case: string;
  thread: string;
};

/** What is known of a thread, with what it has shown and said. Older rows hold only the topic of that. */
export interface ThreadState extends ThreadFacts {
  /** Frebot has answered here: a plain question needs no mention. */
  joined: boolean;
  muted: boolean;
  /** A user said that the failure is fixed. */
  fixed?: boolean;
  /** The people whom Frebot has answered here, the last ones: their next questions are likely for Frebot. */
  askers?: string[];
  /** The user who pressed "Not it" and was asked for the real cause: that user's next words are the reply. */
  asked?: string;
  /** The thread is below this post of a watcher. */
  watched?: WatchedPost;
  /** Of a channel: the day (UTC) of the last receipt that its files are out of reach, and the message that got it. */
  receipt?: { day: string; message: string };
}
