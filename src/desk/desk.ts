import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { compareAnswer } from '../answer/compare-answer.js';
import { errorAnswer } from '../answer/errors.js';
import { createJudge, diagnose } from '../diagnosis/diagnose.js';
import type { FileVerdict, Report } from '../diagnosis/report.js';
import type { Intake, IntakeInput } from '../intake/intake.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { ask } from '../questions/ask.js';
import { type CasePlace, Cases } from './cases/cases.js';
import { type Doubt, listDoubts } from './cases/review.js';
import { AnswerStore } from './conversation/answer-store.js';
import { commandBehind, resolveButton } from './conversation/buttons.js';
import type { CommandResult } from './conversation/commands.js';
import { diagnoseThread } from './conversation/diagnose-thread.js';
import { EvidenceMemory } from './conversation/evidence-memory.js';
import { isAnswerable, permissions, permitted, replyToText } from './conversation/talk.js';
import { distinctKinds } from './kinds.js';
import { QuotaGuard, type Quotas } from './messages/quotas.js';
import { Recall } from './messages/recall.js';
import { judgeRelevance } from './messages/relevance.js';
import { requestIdOf } from './messages/request-id.js';
import { type WorkDeps, workOnMessage } from './messages/work.js';
import type { Check, Door } from './ports/door.js';
import type { Clock, Events } from './ports/environment.js';
import { CatalogueError, type ErrorCode } from './ports/errors.js';
import type { Inbox } from './ports/inbox.js';
import type { Message } from './ports/message.js';
import type { AnswerRecord, Store } from './ports/store.js';
import { requestNumberPart, skippedPart } from './replies.js';
import type { AskReply, ButtonPress, CommandReply, DiagnoseReply } from './results.js';
import { describeTrouble, troubleEvent } from './trouble.js';

export type { IntakeInput } from '../intake/intake.js';
export type { AskReply, ButtonPress, DiagnoseReply } from './results.js';

export interface DeskDeps {
  knowledge: Knowledge;
  intake: Intake;
  store: Store;
  inbox: Inbox;
  events: Events;
  clock: Clock;
  /** A request is slow from this many milliseconds on; 3000 unless said. */
  slowMs?: number;
  /** What people, channels and workspaces may use in an hour. */
  quotas?: Quotas;
}

/** Who asks from where. Without a thread nothing is remembered and nothing stored. */
interface CallContext {
  thread?: string;
  tenant?: string;
  who?: string;
}

export interface DiagnoseContext extends CallContext {
  /** Called as each file has been read. */
  onFile?: (file: FileVerdict, done: number, total: number) => void;
}

export type Receipt = 'claimed' | 'already-claimed' | 'not-for-us';

/** The use cases behind every door. No method rejects for anything a user can send: it answers from the catalogue. */
export interface Desk {
  addDoor(door: Door): void;
  /** Relevance, then claim. Resolves once the claim is stored, so that the platform may be told yes. */
  receive(message: Message): Promise<Receipt>;
  /** Answers a question from the knowledge alone; remembers nothing. */
  ask(question: string, context?: { topic?: string }): AskReply;
  /** Reads inputs (files, folders, zips, streams, pasted text) and diagnoses them together with what the thread holds. */
  diagnose(inputs: IntakeInput[], context?: DiagnoseContext): Promise<DiagnoseReply>;
  /** The first event where a failing and a working log part. */
  compare(bad: IntakeInput, good: IntakeInput, context?: CallContext): Promise<DiagnoseReply>;
  /** One line: a command of the table, or a question. The answer is stored, so that its buttons work. */
  command(line: string, context?: CallContext): Promise<CommandReply>;
  /** A button. Works from the store alone, so also after a restart. */
  press(press: ButtonPress): Promise<Answer>;
  /** A stored answer, for a report; undefined when it is gone or another tenant's. */
  kept(id: string, tenant: string): Promise<AnswerRecord | undefined>;
  /** Failures answered and not marked as fixed, in threads whose key begins so; newest first. */
  openCases(threads: string, limit: number): Promise<AnswerRecord[]>;
  /** Forgets all threads whose key begins so: the app was removed from there. */
  forgetAll(threads: string): Promise<void>;
  /** Somebody deleted a message: its answer, and what it brought to the case of its thread, are forgotten. */
  forgetMessage(key: string): Promise<void>;
  /** Diagnoses that somebody said were not it, for those who review the knowledge. */
  doubts(): Promise<Doubt[]>;
  /** A catalogue answer, for what a door notices itself. */
  trouble(code: ErrorCode, facts?: Record<string, string>): Answer;
  /** Readiness of the desk and of every door. */
  check(): Promise<Check[]>;
  /** Begins working on claimed messages. */
  start(): void;
  /**
   * Takes nothing new, waits for all claimed work, at most until the limit, then ends reading: what is still read is given up.
   * @param calls resolves when no door is in a call any more, or has given up waiting for it
   */
  stop(limitMs: number, calls?: Promise<unknown>): Promise<void>;
}

export function createDesk(deps: DeskDeps): Desk {
  const { knowledge, intake, inbox, events, clock } = deps;
  const doors = new Map<string, Door>();
  const memory = new EvidenceMemory();
  const keeping = new AnswerStore(deps.store, clock);
  const cases = new Cases(deps);
  const limits = new QuotaGuard(deps.store, clock, deps.quotas);
  const work: WorkDeps = {
    ...deps,
    recall: new Recall({ ...deps, memory }),
    memory,
    keeping,
    cases,
    limits,
    compare,
    press: pressing,
    forgetMessage,
    firstToday: (place, key) => keeping.firstToday(place, key),
  };

  /** Stored where there is a conversation to come back to; as it is elsewhere. */
  async function kept(answer: Answer, context: CallContext, topic?: string): Promise<Answer> {
    if (context.thread === undefined) return answer;
    const stored = await keeping.keep(answer, { thread: context.thread, tenant: context.tenant ?? 'local' });
    await keeping.joined(context.thread, topic);
    return stored;
  }

  /** A failure in the catalogue's words, with the number under which the log tells of it. */
  function troubled(error: unknown): Answer {
    const request = randomUUID().slice(0, 8);
    const trouble = describeTrouble(error, events, request);
    const { code, facts } = trouble;
    events.emit({ name: 'call-failed', ...troubleEvent(trouble), request });
    const answer = errorAnswer(code, facts);
    return code === 'internal' ? answer : { ...answer, parts: [...answer.parts, requestNumberPart(request)] };
  }

  async function diagnosed(inputs: IntakeInput[], context: DiagnoseContext): Promise<DiagnoseReply> {
    try {
      let skipped = 0;
      const { onFile } = context;
      // A file told alone is not judged again with the others.
      const single = createJudge(knowledge, deps.slowMs);
      const readings = await intake.read(
        inputs,
        onFile && ((reading, done, total) => onFile(single(reading).file, done, total)),
        (count) => {
          skipped = count;
        },
      );
      const { report, answer, topic } = await diagnoseThread(readings, [], context.thread, {
        ...work,
        ...placed(context),
        judge: single,
      });
      if (skipped > 0) answer.parts.push(skippedPart(skipped));
      const kinds = distinctKinds(readings).join(' ');
      audited(context, { action: 'diagnose', kinds, cause: topic, verdict: report.diagnosis.verdict });
      return { report, answer: await kept(answer, context, topic) };
    } catch (error) {
      return { report: nothing(), answer: troubled(error) };
    }
  }

  async function compare(bad: IntakeInput, good: IntakeInput, context: CallContext = {}): Promise<DiagnoseReply> {
    try {
      const { readings, comparison } = await intake.compare(bad, good);
      const report = diagnose(readings, knowledge, { slowMs: deps.slowMs });
      const answer = compareAnswer(comparison, report, knowledge, { now: clock.now() });
      return { report, answer: await kept(answer, context, report.files[0]?.cause ?? undefined) };
    } catch (error) {
      return { report: nothing(), answer: troubled(error) };
    }
  }

  async function command(line: string, context: CallContext = {}): Promise<CommandReply> {
    try {
      const seconds = await limited(context, Buffer.byteLength(line));
      if (seconds > 0) {
        audited(context, { action: 'ask', code: 'rate-limited' });
        return { answer: errorAnswer('rate-limited', { seconds: String(seconds) }), command: 'ask', private: true };
      }
      const said = await replyToText(line, context.thread, {
        ...work,
        ...placed(context),
        permits: permitsOf(context),
      });
      // What was just forgotten must not be stored again by the answer that says so.
      const answer = said.command === 'forget' ? said.answer : await kept(said.answer, context, said.topic);
      audited(context, { action: said.command });
      return { answer, command: said.command, private: said.private };
    } catch (error) {
      return { answer: troubled(error), command: 'ask' };
    }
  }

  /** A thread's key begins with its door. */
  function permitsOf({ thread = '', tenant = '', who = '' }: CallContext) {
    return permissions(doors.get(thread.split(':')[0] ?? ''), { tenant, who });
  }

  /** Seconds a call has to wait; calls without a tenant, and those on this machine, are not counted. */
  async function limited({ tenant, thread, who }: CallContext, bytes: number): Promise<number> {
    if (!tenant || !thread || tenant === 'local') return 0;
    // Platform, tenant and channel: a slash command has a thread of its own each time.
    const place = thread.split(':').slice(0, 3).join(':');
    return limits.admit({ tenant, place, who: who ?? '' }, bytes);
  }

  function audited({ thread, tenant, who }: CallContext, more: Record<string, string | undefined>): void {
    const door = thread?.split(':')[0] ?? 'terminal';
    events.emit({ name: 'audit', door, tenant, place: thread, who, outcome: 'answered', ...more });
  }

  /** What a button yields, and what it changes. @param message key of the press, so that it counts once */
  async function pressing(press: ButtonPress, message: string): Promise<CommandResult & { thread?: string }> {
    const { action, tenant, who } = press;
    const record = await keeping.answer(press.case, tenant);
    events.emit({ name: 'pressed', action, found: record !== undefined });
    const thread = record?.thread;
    const permits = permitsOf({ thread, tenant, who });
    const behind = commandBehind(action);
    if (behind) await permitted(behind, { permits });
    const result = resolveButton(press, record);
    if (thread && (action === 'fixed' || action === 'not-it')) {
      await keeping.fixed(thread, action === 'fixed');
      await cases.pressed({ thread, tenant, message, who }, action);
    }
    if ('answer' in result) return { answer: result.answer, thread };
    const { answer, topic } = await replyToText(result.line, thread, {
      ...work,
      ...placed({ thread, tenant, who }),
      permits,
    });
    return { answer, topic, thread };
  }

  async function forgetMessage(key: string): Promise<void> {
    const threads = await keeping.forgetMessage(key);
    for (const thread of threads) {
      memory.forget(thread);
      await cases.withoutMessage(thread, key);
    }
    if (threads.length > 0) events.emit({ name: 'message-forgotten' });
  }

  return {
    addDoor(door) {
      doors.set(door.name, door);
    },
    async receive(message) {
      const began = performance.now();
      const state = await keeping.thread(message.thread);
      const why = judgeRelevance(message, state, (text, topic) => isAnswerable(text, topic, work));
      if (why === 'none') return 'not-for-us';
      const fresh = await inbox.claim(message);
      const ms = Math.round(performance.now() - began);
      events.emit({ name: 'claimed', door: message.door, why, fresh, request: requestIdOf(message.key), ms });
      return fresh ? 'claimed' : 'already-claimed';
    },
    ask: (question, context) => ask(question, knowledge, context),
    diagnose: (inputs, context = {}) => diagnosed(inputs, context),
    compare,
    command,
    async press(press) {
      try {
        const { answer, thread } = await pressing(press, `call:${randomUUID()}`);
        audited({ ...press, thread }, { action: `press ${press.action}` });
        return await kept(answer, { ...press, thread });
      } catch (error) {
        return troubled(error);
      }
    },
    kept: (id, tenant) => keeping.answer(id, tenant),
    openCases: (threads, limit) => keeping.open(threads, limit),
    forgetAll: (threads) => keeping.forgetAll(threads),
    async forgetMessage(key) {
      await inbox.withdraw(key);
      await forgetMessage(key);
    },
    doubts: () => listDoubts(deps.store),
    trouble: (code, facts) =>
      code === 'internal' ? troubled(new CatalogueError(code, facts)) : errorAnswer(code, facts),
    async check() {
      const perDoor = await Promise.all([...doors.values()].map((door) => door.check()));
      return [deskCheck(knowledge), ...perDoor.flat()];
    },
    start() {
      inbox.start(async (message, attempt) => {
        const door = doors.get(message.door);
        return door ? workOnMessage(message, door, work, attempt) : { state: 'failed', code: 'internal' };
      });
    },
    async stop(limitMs, calls) {
      await Promise.all([inbox.drain(limitMs), calls]);
      await intake.close();
    },
  };
}

/** Where a call belongs, as cases see it; each call is a message of its own. */
function placed({ thread, tenant, who }: CallContext): { place?: CasePlace } {
  if (thread === undefined) return {};
  return { place: { thread, tenant: tenant ?? 'local', message: `call:${randomUUID()}`, who } };
}

function deskCheck(knowledge: Knowledge): Check {
  const { causes, codes, statuses, topics } = knowledge;
  const detail = `${causes.size} causes, ${statuses.size} statuses, ${codes.size} codes, ${topics.size} topics`;
  return { name: 'knowledge', state: 'ok', detail };
}

function nothing(): Report {
  return { files: [], diagnosis: { verdict: 'unreadable', findings: [] }, groups: [] };
}
