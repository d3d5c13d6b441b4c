import type { Answer } from '../../answer/answer.js';
import type { Outcome } from '../../answer/buttons.js';
import type { DoorName, FileRef, Message, MessageRef, PostedMessage, ReplyPlace } from './message.js';

/** Result of searching for our own post. It is `partial` if a crash interrupted a post of several messages. */
export type FoundPost<Post extends PostedMessage = PostedMessage> =
  | { state: 'whole'; posted: Post }
  | { state: 'partial'; posted: Post }
  | { state: 'none' }
  | { state: 'cannot-tell' };

/** One line about readiness, for start-up and `frebot doctor`. */
export interface Check {
  name: string;
  state: 'ok' | 'missing' | 'cannot-tell';
  detail: string;
  /** What to click or set when it is not ok. */
  next?: string;
  /** Frebot works without it, with fewer abilities: a missing one does not make the process unready. */
  optional?: true;
  /** The platform did not answer, so Frebot cannot work now. */
  unreachable?: true;
}

/** A file being fetched. `bytes` streams; the desk enforces the limit of 100 MB. */
export interface FetchedFile {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** What is known of a file before it is opened. */
export interface FileLabel {
  name: string;
  /** Media type, where the platform names it. */
  type?: string;
  size?: number;
}

/** Decides whether a file may be opened. Throws when it may not. */
export type FileAdmission = (file: FileLabel) => void;

/** A message that another one points at. */
export interface PointedMessage<File extends FileRef = FileRef> extends Pick<Message<File>, 'files' | 'unreachable'> {
  /** What it says, with the words of its cards. */
  text: string;
}

/** A channel or chat that an operator names, to post there what no message has asked for. */
export interface NamedPlace<Place extends ReplyPlace = ReplyPlace> {
  where: Place;
  tenant: string;
  /** Key of the channel or chat. */
  place: string;
}

/**
 * A way in and out. A door never decides what to say. `fetch` and `say` throw `CatalogueError`. The type parameters are the
 * door's own references. The desk stores them and hands each back to the door that made it, possibly an earlier version of it.
 */
export interface Door<
  File extends FileRef = FileRef,
  Place extends ReplyPlace = ReplyPlace,
  Post extends PostedMessage = PostedMessage,
> {
  readonly name: DoorName;
  /** @param admit called before a byte is fetched, when only the platform knows the file's name */
  fetch(file: File, admit?: FileAdmission): Promise<FetchedFile>;
  /** Reads a message that another one points at. @throws CatalogueError, also when the platform grants no such reading */
  readMessage?(ref: MessageRef): Promise<PointedMessage<File>>;
  /** Shows a harmless sign that the message was received: a reaction, a typing indicator. Never throws. */
  acknowledge(where: Place): Promise<void>;
  /**
   * Posts the answer. Given `posted`, edits that message; given a partial post that `find` returned, sends the remaining parts.
   * `key` makes the post recognizable after a crash.
   */
  say(where: Place, answer: Answer, key: string, posted?: Post): Promise<Post>;
  /** Shows everyone the outcome on the answer whose button was pressed, where the door can edit that post. Never throws. */
  redraw?(where: Place, answer: Answer, outcome: Outcome): Promise<void>;
  /**
   * Shows that Frebot is working, in the platform's own way; an empty text ends that. Returns false where the platform has none.
   * Never throws.
   */
  showStatus?(where: Place, text: string): Promise<boolean>;
  /** Deletes one of Frebot's own posts. Never throws. */
  remove(where: Place, posted: Post): Promise<void>;
  /**
   * Searches for our own post with this key.
   * @param since of a post in a place without a thread: when it was made, at the earliest
   */
  find(where: Place, key: string, since?: Date): Promise<FoundPost<Post>>;
  /** Returns whether a person may use a command of the table, by its name. A door without it permits every command. */
  permits?(command: string, person: { tenant: string; who: string }): Promise<boolean>;
  /**
   * Returns what finds a channel or chat by the name or link that an operator gives; undefined for text that names none. It
   * finds none where Frebot is not installed, and throws while the platform cannot be asked.
   */
  findPlace?(name: string): (() => Promise<NamedPlace<Place> | undefined>) | undefined;
  /** Returns the key of the thread below one of Frebot's own posts in such a place. */
  threadBelow?(where: Place, posted: Post): string;
  check(): Promise<Check[]>;
}
