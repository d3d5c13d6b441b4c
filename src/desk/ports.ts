import type { Answer } from '../answer/answer.js';

/** Plain JSON, and nothing else: what crosses a port survives a crash and another process. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

type DoorName = 'slack' | 'teams' | 'web' | 'terminal';

/**
 * What a door needs to fetch a file. Only the door that made it reads it, but for `lasting`: the platform keeps the file, so
 * that it can be fetched again days later.
 */
export type FileRef = { name: string; size?: number; lasting?: true; [key: string]: Json | undefined };
/** A conversation, thread or call a door can answer into. Opaque to the desk. */
export type Where = { [key: string]: Json };
/** A message the door has posted. Opaque to the desk. */
export type Posted = { [key: string]: Json };
/** What a look for an own post found; not `whole` when a crash cut it off between two of its messages. */
export type FoundPost = { posted: Posted; whole: boolean } | 'none' | 'cannot-tell';

/** A button of an earlier answer. */
export interface Button {
  action: string;
  /** The stored answer it belongs to. */
  case: string;
  /** The parts of that answer it opens. */
  parts?: string[];
}

/** A platform's message as the desk sees it. */
export interface Message {
  /** Platform, tenant, conversation and message in one string: the same for every delivery of the same message. */
  key: string;
  door: DoorName;
  tenant: string;
  who: string;
  where: Where;
  /** Thread key, stable for all messages of one thread. */
  thread: string;
  /** Key of the channel or chat the thread is in, for what is said only once a place and day; the thread's when absent. */
  place?: string;
  /** Text without the mention of Frebot. */
  text: string;
  files: FileRef[];
  /** Mention, direct message, command or button; else Frebot merely overheard it. */
  addressed: boolean;
  /** Files the platform announced but does not hand over (Teams channel stub, Slack external file): the reason, from the catalogue. */
  unreachable?: { name: string | null; reason: string }[];
  /** Instead of words: a button was pressed. */
  press?: Button;
}

/** One readiness line for start-up and `frebot doctor`. */
export interface Check {
  name: string;
  state: 'ok' | 'missing' | 'cannot-tell';
  detail: string;
  /** What to click or set when it is not ok. */
  next?: string;
  /** Frebot works without it, with less: a missing one does not make the process unready. */
  optional?: true;
}

/** A file being fetched. `bytes` streams; the desk enforces the limit of 100 MB. */
export interface FetchedFile {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** A way in and out. A door never decides what to say. `fetch` and `say` throw `DoorError` with a catalogue code. */
export interface Door {
  readonly name: DoorName;
  fetch(file: FileRef): Promise<FetchedFile>;
  /** A harmless sign that the message was heard: a reaction, a typing indicator. Never throws. */
  acknowledge(where: Where): Promise<void>;
  /**
   * Posts once; with `posted` edits that message instead, or, when that is half of what `find` found, adds what is missing.
   * `key` makes the post recognisable after a crash.
   */
  say(where: Where, answer: Answer, key: string, posted?: Posted): Promise<Posted>;
  /** Looks for our own post with this key. */
  find(where: Where, key: string): Promise<FoundPost>;
  /** Whether a person may use a command of the table, by its name; without this everybody may use each. */
  permits?(command: string, person: { tenant: string; who: string }): Promise<boolean>;
  check(): Promise<Check[]>;
}

/** A failure a door or download can name: the catalogue turns the code into sentences. */
export class DoorError extends Error {
  readonly code: string;
  readonly facts: Record<string, string>;
  constructor(code: string, facts: Record<string, string> = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.facts = facts;
  }
}

/** The store cannot be reached just now. What was claimed is not lost: the work is taken up again later. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** How a piece of work ended. `again`: not yet, the inbox shall hand it over once more after a pause. */
export interface WorkOutcome {
  state: 'answered' | 'silent' | 'failed' | 'again';
  posted?: Posted;
  /** Catalogue code when it failed. */
  code?: string;
}

/**
 * Which files of a message were being read, by their place among its files. Written down while an attempt works, so that the
 * next one knows what the process was doing when it ended.
 */
export interface ReadingMarks {
  open: number[];
  /** Left alone for good: the process ended while one of them was read and nothing else. */
  dead: number[];
}

/** One attempt at a claimed message. Where a crash loses the inbox anyway it is the first and the last. */
export interface Attempt {
  /** 1 for the first; attempts cut short by the end of their process do not count. */
  number: number;
  /** Somebody has worked on this message before, whatever became of it. */
  again: boolean;
  /** No further attempt follows: what cannot be done now is told to the user. */
  last: boolean;
  /** Earlier attempts never came to an end, too many of them: only say so, the work itself may be what kills us. */
  hopeless: boolean;
  /** An earlier attempt began to post and nobody knows whether it got through. */
  interrupted: boolean;
  /** What the attempt before this one wrote down about its files, when it never came to an end. */
  left?: ReadingMarks;
  /** Writes down which files are open. Never rejects. */
  reading(marks: ReadingMarks): Promise<void>;
  /** Written down before the post. Nothing may be posted when the message is somebody else's by now, or was deleted. */
  posting(): Promise<'go' | 'lost' | 'withdrawn'>;
  /** The platform refused for certain: nothing was posted. */
  refused(): Promise<void>;
  /** Written down right after the post. Never rejects. */
  posted(posted: Posted): Promise<void>;
}

export type Handler = (message: Message, attempt: Attempt) => Promise<WorkOutcome>;

/** Claimed messages. A claim is stored before the platform hears yes; the work survives a crash once there is an engine. */
export interface Inbox {
  /** True when this message was not there before. */
  claim(message: Message): Promise<boolean>;
  /** The message was deleted where it was written: what is left of it here goes, and it gets no answer any more. */
  withdraw(key: string): Promise<void>;
  /** Starts handing claimed messages to the handler, several at a time. */
  start(handler: Handler): void;
  /**
   * Resolves when the work in hand has ended, or after the limit. In memory that is everything claimed; an engine takes
   * nothing new from now on and keeps what waits for the next start or another process.
   */
  drain(limitMs: number): Promise<void>;
}

/** What the desk remembers: answers (so that buttons work later) and threads. JSON in and out. */
export interface Store {
  saveAnswer(record: AnswerRecord): Promise<void>;
  answer(id: string): Promise<AnswerRecord | undefined>;
  /** The newest answer to a message. */
  answerTo(message: string): Promise<AnswerRecord | undefined>;
  thread(key: string): Promise<ThreadState | undefined>;
  saveThread(key: string, state: ThreadState): Promise<void>;
  /** Removes what is kept about a thread; returns how many answers went with it. */
  forget(thread: string): Promise<number>;
  /** The newest answers of all threads whose key begins so, newest first. */
  recent(threads: string, limit: number): Promise<AnswerRecord[]>;
  /** Removes what is kept about all threads whose key begins so. */
  forgetAll(threads: string): Promise<void>;
  /** Removes the answers to one message; returns the threads they stood in. */
  forgetMessage(key: string): Promise<string[]>;
  /** The newest case of a thread. */
  caseOf(thread: string): Promise<CaseRecord | undefined>;
  caseNumbered(tenant: string, number: number): Promise<CaseRecord | undefined>;
  /**
   * Opens a case under the tenant's next number; numbers are never given twice.
   * @param after the newest case of the thread so far, 0 when it has none
   * @returns undefined when somebody else has opened the next one meanwhile
   */
  openCase(opened: Omit<CaseRecord, 'number' | 'version'>, after: number): Promise<CaseRecord | undefined>;
  /** False when somebody else has changed it since it was read; else its version is one more than given. */
  saveCase(record: CaseRecord): Promise<boolean>;
  removeCase(tenant: string, number: number): Promise<void>;
  /** The same failure in other threads of the tenant. */
  casesLike(tenant: string, failure: string, but: { thread: string }): Promise<SimilarCases>;
  /** Cases of all tenants whose diagnosis somebody said was not it, newest first. */
  casesNotIt(limit: number): Promise<CaseRecord[]>;
  /** Where the evidence of a thread can be fetched again, oldest first. Never what it says. */
  filesOf(thread: string): Promise<ThreadFiles[]>;
  /** Replaces what is kept about the files of this message in this thread. */
  keepFiles(files: ThreadFiles): Promise<void>;
  /** What was spent on these accounts in this slice of time and later ones. */
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

/** Milliseconds of a slice of time, for what may be spent in an hour. */
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
  /** What a follow-up question will be about. */
  topic?: string;
}

/** One failure followed in one conversation: kinds, fingerprints, decisions. Never what a file says. Times are ISO 8601, UTC. */
export interface CaseRecord {
  tenant: string;
  /** Counted from 1 in each tenant. */
  number: number;
  thread: string;
  /** Hash of cause, pool and server: the same failure elsewhere in the tenant has the same. */
  failure: string;
  openedAt: string;
  /** When something last happened to it; retention counts from here. */
  seenAt: string;
  cause: string | null;
  confidence: string | null;
  evidence: CaseEvidence[];
  pressed: { action: string; at: string; message?: string }[];
  outcome: 'open' | 'fixed' | 'not-it';
  /** What people said it was after "Not it", scrubbed, for those who review the knowledge. */
  notes: { at: string; text: string; message?: string }[];
  version: number;
}

/** How often a failure was seen; counted where it is kept, for there may be thousands. */
export interface SimilarCases {
  count: number;
  /** When the first of them was opened; absent when there is none. */
  since?: string;
  /** What people last said became of one, among the newest 200. */
  marked?: Exclude<CaseRecord['outcome'], 'open'>;
}

/** So many of the newest are asked for what became of them. */
export const newestCasesRead = 200;
/** Beyond it nobody counts any more. */
export const mostCasesCounted = 1000;

export interface CaseEvidence {
  kind: string;
  /** Hash of what was read. */
  print: string;
  at: string;
  /** Key of the message it came with. */
  message: string;
  /** What a later file is compared with. */
  shows?: CaseSnapshot;
}

/** The outcome of a request, or the state of a list. Names of places are hashes. */
export interface CaseSnapshot {
  verdict: string;
  cause: string | null;
  status?: string;
  code?: string;
  module?: string;
  processId?: number;
  time?: string;
  url?: string;
  pool?: string;
  /** Hash of the pool's SID, by which a token names it. */
  poolSid?: string;
  server?: string;
  /** Well-known SIDs that a list of holders lacks. */
  lacks?: string[];
  /** The token of a worker process holds the right to impersonate, or does not. */
  holds?: boolean;
}

export interface ThreadState {
  /** Frebot has answered here: a plain question needs no mention. */
  joined: boolean;
  muted: boolean;
  /** Topic of the last answer, for "and on a DC?". */
  topic?: string;
  /** Somebody said that it fixed the failure. */
  fixed?: boolean;
  /** Who pressed "Not it" and was asked what it was: the next words are the reply. */
  asked?: string;
  /** Of a place: the day (UTC) on which it was last told that its files are out of reach, and by which message. */
  receipt?: { day: string; message: string };
}

/** What happened, for log, metrics and audit. Never content. */
export interface Events {
  emit(event: { name: string; [fact: string]: string | number | boolean | undefined }): void;
}

export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a door keeps for a workspace or tenant: its installation with its token, its settings. Sealed wherever it is at rest. */
export interface Vault {
  get(name: string): Promise<Json | undefined>;
  put(name: string, value: Json): Promise<void>;
  remove(name: string): Promise<void>;
}
