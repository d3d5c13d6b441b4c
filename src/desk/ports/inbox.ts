import type { ErrorCode } from './errors.js';
import type { Message, PostedMessage } from './message.js';

/** The end of work on a message. After `again`, the inbox hands the message over once more after a pause. */
export interface WorkOutcome {
  state: 'answered' | 'silent' | 'failed' | 'again';
  posted?: PostedMessage;
  /** Catalogue code when it failed. */
  code?: ErrorCode;
  /** After `again`: the least pause that the platform asks for, milliseconds. */
  pauseMs?: number;
}

/**
 * The files of a message that an attempt is reading, as indexes. Stored while the attempt works, so that the next attempt knows
 * what the process was doing when it ended.
 */
export interface ReadingMarks {
  open: number[];
  /** Files that are never read again, because the process ended while only one of them was read. */
  dead: number[];
}

/** One attempt at a claimed message. Where a crash loses the inbox, the first attempt is also the last. */
export interface Attempt {
  /** 1 for the first; attempts cut short by the end of their process do not count. */
  number: number;
  /** An earlier attempt at this message exists, however it ended. */
  isRetry: boolean;
  /** No further attempt follows, so the user learns of a failure now. */
  isLast: boolean;
  /** Too many attempts died with their process. Report the failure without running the work again; it may be what crashes us. */
  isCrashLoop: boolean;
  /** An earlier attempt ended with its process. */
  isAfterCrash: boolean;
  /** An earlier attempt began to post, and it is unknown whether the post arrived. */
  isPostInterrupted: boolean;
  /** The files that the attempt before this one was reading when its process ended. */
  openFiles?: ReadingMarks;
  /** Stores which files are open. Never rejects. */
  markFiles(marks: ReadingMarks): Promise<void>;
  /** Stores that a post begins. Anything but `go` forbids the post: another process has the message, or its author deleted it. */
  beginPost(): Promise<'go' | 'lost' | 'withdrawn'>;
  /** Stores that the platform refused the post for certain. */
  withdrawPost(): Promise<void>;
  /** Stores the post right after it was made. Never rejects. */
  recordPost(posted: PostedMessage): Promise<void>;
}

/** Works on one claimed message. */
export type MessageHandler = (message: Message, attempt: Attempt) => Promise<WorkOutcome>;

/** Claimed messages. A claim is stored before the platform gets its acknowledgement; with a database the work survives a crash. */
export interface Inbox {
  /** Returns true when this message is new. */
  claim(message: Message): Promise<boolean>;
  /** Removes what is stored about a message that its author deleted; it gets no answer. */
  withdraw(key: string): Promise<void>;
  /** Starts handing claimed messages to the handler, several at a time. */
  start(handler: MessageHandler): void;
  /**
   * Resolves when the work in progress has ended, or after the limit. In memory that is everything claimed; with a database no
   * further message is taken, and waiting messages stay for the next start or another process.
   */
  drain(limitMs: number): Promise<void>;
}
