import type { ErrorCode } from './errors.js';
import type { Message, Posted } from './message.js';

/** How work on a message ended. `again`: not yet, the inbox hands the message over once more after a pause. */
export interface WorkOutcome {
  state: 'answered' | 'silent' | 'failed' | 'again';
  posted?: Posted;
  /** Catalogue code when it failed. */
  code?: ErrorCode;
}

/**
 * Which files of a message an attempt is reading, as indexes into its files. Stored while the attempt works, so that the next
 * attempt knows what the process was doing when it ended.
 */
export interface ReadingMarks {
  open: number[];
  /** Files that are never read again: the process ended while one of them was read and nothing else. */
  dead: number[];
}

/** One attempt at a claimed message. Where a crash loses the inbox, the first attempt is also the last. */
export interface Attempt {
  /** 1 for the first; attempts cut short by the end of their process do not count. */
  number: number;
  /** An earlier attempt at this message exists, however it ended. */
  again: boolean;
  /** No further attempt follows: what cannot be done now is told to the user. */
  last: boolean;
  /** Too many attempts died with their process. Report the failure without running the work again; it may be what crashes us. */
  hopeless: boolean;
  /** An earlier attempt began to post, and it is unknown whether the post arrived. */
  interrupted: boolean;
  /** The files that the attempt before this one marked, when its process ended before it did. */
  left?: ReadingMarks;
  /** Stores which files are open. Never rejects. */
  reading(marks: ReadingMarks): Promise<void>;
  /** Stores that a post begins. Nothing may be posted when another process has the message by now, or its author deleted it. */
  posting(): Promise<'go' | 'lost' | 'withdrawn'>;
  /** Stores that the platform refused for certain: nothing was posted. */
  refused(): Promise<void>;
  /** Stores the post right after it was made. Never rejects. */
  posted(posted: Posted): Promise<void>;
}

export type Handler = (message: Message, attempt: Attempt) => Promise<WorkOutcome>;

/** Claimed messages. A claim is stored before the platform gets its acknowledgement; with a database the work survives a crash. */
export interface Inbox {
  /** Returns true when this message is new. */
  claim(message: Message): Promise<boolean>;
  /** Removes what is stored about a message that its author deleted; it gets no answer. */
  withdraw(key: string): Promise<void>;
  /** Starts handing claimed messages to the handler, several at a time. */
  start(handler: Handler): void;
  /**
   * Resolves when the work in progress has ended, or after the limit. In memory that is everything claimed; with a database
   * nothing new is taken from now on, and what waits is kept for the next start or another process.
   */
  drain(limitMs: number): Promise<void>;
}
