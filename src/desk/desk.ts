import type { Answer } from '../answer/answer.js';
import type { TraceView } from '../evidence/freb/view/trace-view.js';
import type { IntakeInput } from '../intake/intake.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { ask } from '../questions/ask.js';
import { likelihoodForFrebot } from '../questions/talk.js';
import { readToldFacts } from '../questions/told.js';
import { helpReply, privacyReply, termsReply } from './about-replies.js';
import { type AnnouncePlace, announce, type News } from './announce.js';
import { CallContext } from './call-context.js';
import { CallHandler, type FileListener } from './call-handler.js';
import { type Doubt, listDoubts } from './cases/review.js';
import type { MutedCause } from './cause-mutes.js';
import { commands } from './conversation/commands.js';
import { forgetMessage } from './conversation/forget.js';
import { createParts, type PartsDeps } from './desk-parts.js';
import { type EntryKind, type EntryName, explainEntry, listEntries } from './entries.js';
import { explainView } from './explain-view.js';
import { receiveMessage } from './messages/receive.js';
import { workOnMessage } from './messages/work-on-message.js';
import type { Check, Door, FetchedFile } from './ports/door.js';
import type { ErrorCode } from './ports/errors.js';
import type { Inbox } from './ports/inbox.js';
import type { Message } from './ports/message.js';
import type { AnnouncedPost, AnswerRecord } from './ports/store.js';
import type { Spender } from './quotas.js';
import type { ButtonPress, Caller, CommandReply, DiagnoseReply } from './results.js';

export type { TraceView } from '../evidence/freb/view/trace-view.js';
export type { IntakeInput } from '../intake/intake.js';
export type { FileListener as OnFile } from './call-handler.js';
export type { ButtonPress, Caller, DiagnoseReply } from './results.js';

export interface DeskDeps extends PartsDeps {
  inbox: Inbox;
}

export type Receipt = 'claimed' | 'already-claimed' | 'not-for-us';

/** Pages about Frebot that anyone may read. */
export type PublicPage = 'about' | 'privacy' | 'terms';

/**
 * The use cases behind every door. No method rejects for anything a user can send: it answers from the catalogue. A call
 * without a caller is remembered nowhere: its answer is not stored, and commands that need a thread are not offered.
 */
export interface Desk {
  addDoor(door: Door): void;
  /** Decides relevance, then claims. Resolves once the claim is stored, so that the platform may be acknowledged. */
  receive(message: Message): Promise<Receipt>;
  /** Reads inputs (files, folders, zips, streams, pasted text) and diagnoses them together with the caller's thread. */
  diagnose(inputs: IntakeInput[], caller?: Caller, onFile?: FileListener): Promise<DiagnoseReply>;
  /**
   * Diagnoses files that no conversation holds, for a workflow: nothing is remembered, and its quotas pay. Over them, the
   * answer says so.
   */
  diagnoseFor(spender: Spender, files: FetchedFile[]): Promise<DiagnoseReply>;
  /** Finds the first event that differs between a failing and a working log. */
  compare(bad: IntakeInput, good: IntakeInput, caller?: Caller): Promise<DiagnoseReply>;
  /**
   * Returns every event of a log, for the page and for files that the user saves; it is never stored. Null when the input is no
   * FREB log that can be read.
   * @param wanted the log's name in the diagnosis, for one in a zip
   */
  viewTrace(input: IntakeInput, wanted?: string): Promise<TraceView | null>;
  /** Replies to one line: a command of the table, pasted evidence, or a question. */
  command(line: string, caller?: Caller): Promise<CommandReply>;
  /** Answers a button. It works from the store alone, so also after a restart. */
  press(press: ButtonPress): Promise<Answer>;
  /** Answers a message to one person at once. Nothing is claimed or posted, and the thread stays as it is. */
  answerPrivately(message: Message): Promise<Answer>;
  /** Returns every command of the table as the answer to "help", for a page that belongs to no thread. */
  help(): Answer;
  /** Returns a page that the package of an app names, for anyone to read. */
  publicPage(page: PublicPage): Answer;
  /** Lists everything that can be explained. */
  entries(): EntryName[];
  /** Explains exactly this entry of the knowledge; undefined when there is none of this id. */
  explain(kind: EntryKind, id: string): Answer | undefined;
  /** Returns a stored answer; undefined when it is gone or another tenant's. */
  storedAnswer(id: string, tenant: string): Promise<AnswerRecord | undefined>;
  /** Lists failures that are not marked as fixed, newest first, in threads whose key begins with the prefix. */
  openCases(prefix: string, limit: number): Promise<AnswerRecord[]>;
  /** Forgets all threads whose key begins with the prefix, because the app was removed there. */
  forgetAll(prefix: string): Promise<void>;
  /** Forgets a deleted message: its answer, and its evidence in the case of its thread. */
  forgetMessage(key: string): Promise<void>;
  /** Returns what finds a place by the name that an operator gives; undefined when the door is closed or knows no such name. */
  findPlace(door: string, name: string): ReturnType<NonNullable<Door['findPlace']>>;
  /**
   * Posts what no message has asked for, and keeps it, so that its buttons and the thread below it work. Given an earlier post,
   * edits that one.
   * @throws CatalogueError when the platform refuses or does not answer
   */
  announce(place: AnnouncePlace, news: News, earlier?: AnnouncedPost): Promise<AnnouncedPost>;
  /** Lists the causes that members of a chat have muted. */
  mutedCauses(tenant: string): Promise<MutedCause[]>;
  /** Lists diagnoses that people have marked as wrong, for those who review the knowledge. */
  doubts(): Promise<Doubt[]>;
  /** Returns the catalogue's answer for an error that a door notices itself, and logs the sentence for the operator. */
  trouble(code: ErrorCode, facts?: Record<string, string>): Answer;
  /** Checks the readiness of the desk and of every door. */
  check(): Promise<Check[]>;
  /** Builds the search index by asking one question. Holds the main thread for about 0.6 s, so it runs before anything listens. */
  warmUp(): void;
  /** Starts the work on claimed messages. */
  start(): void;
  /**
   * Takes nothing new, waits for all claimed work, at most until the limit, then ends reading: unfinished reading is given up.
   * @param calls resolves when no door is in a call any more, or has given up waiting for it
   */
  stop(limitMs: number, calls?: Promise<unknown>): Promise<void>;
}

const publicPages: Record<PublicPage, () => Answer> = {
  about: () => helpReply(commands),
  privacy: privacyReply,
  terms: termsReply,
};

export function createDesk({ inbox, ...deps }: DeskDeps): Desk {
  const parts = createParts(deps);
  const { answers, doors, intake, knowledge, mutes, store } = parts;
  const context = new CallContext(parts);
  const calls = new CallHandler(parts, context);

  return {
    addDoor(door) {
      doors.set(door.name, door);
    },
    receive: (message) => receiveMessage(message, inbox, parts),
    diagnose: (inputs, caller, onFile) => calls.diagnose(inputs, caller, onFile),
    diagnoseFor: (spender, files) => calls.diagnoseFor(spender, files),
    compare: (bad, good, caller) => calls.compare(bad, good, caller),
    async viewTrace(input, wanted = '') {
      const view = await intake.view(input, wanted);
      return view && explainView(view, knowledge);
    },
    command: (line, caller) => calls.command(line, caller),
    press: (press) => calls.press(press),
    answerPrivately: (message) => calls.answerPrivately(message),
    help: () => helpReply(commands),
    publicPage: (page) => publicPages[page](),
    entries: () => listEntries(knowledge),
    explain: (kind, id) => explainEntry(kind, id, knowledge),
    storedAnswer: (id, tenant) => answers.find(id, tenant),
    openCases: (prefix, limit) => answers.listOpen(prefix, limit),
    forgetAll: (prefix) => answers.forgetAll(prefix),
    async forgetMessage(key) {
      await inbox.withdraw(key);
      await forgetMessage(key, parts);
    },
    findPlace: (door, name) => doors.get(door)?.findPlace?.(name),
    announce: (place, news, earlier) => announce(place, news, earlier, parts),
    mutedCauses: (tenant) => mutes.list(tenant),
    doubts: () => listDoubts(store),
    trouble: (code, facts = {}) => context.reportTrouble({ code, facts }),
    async check() {
      const perDoor = await Promise.all([...doors.values()].map((door) => door.check()));
      return [checkKnowledge(knowledge), ...perDoor.flat()];
    },
    warmUp() {
      const question = 'why does the site fail since the servers were hardened?';
      ask(question, knowledge);
      likelihoodForFrebot(question, knowledge);
      readToldFacts([question], knowledge);
    },
    start() {
      inbox.start(async (message, attempt) => {
        const door = doors.get(message.door);
        return door ? workOnMessage(message, door, attempt, parts) : { state: 'failed', code: 'internal' };
      });
    },
    async stop(limitMs, openCalls) {
      await Promise.all([inbox.drain(limitMs), openCalls]);
      await intake.close();
    },
  };
}

function checkKnowledge({ causes, codes, statuses, topics }: Knowledge): Check {
  const detail = `${causes.size} causes, ${statuses.size} statuses, ${codes.size} codes, ${topics.size} topics`;
  return { name: 'knowledge', state: 'ok', detail };
}
