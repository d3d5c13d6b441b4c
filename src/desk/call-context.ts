import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { errorAnswer } from '../answer/errors.js';
import type { ThreadFacts } from '../questions/thread/facts.js';
import { requestNumberPart } from './added-parts.js';
import { type Conversation, type Permits, permissionsOf } from './conversation/conversation.js';
import type { DeskParts } from './desk-parts.js';
import type { Spender } from './quotas.js';
import type { Caller } from './results.js';
import { describeTrouble, type Trouble, troubleEvent } from './trouble.js';

/** What every call needs: its conversation, quotas, the store of its answer, the audit trail, and words for a failure. */
export class CallContext {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Opens the caller's conversation. Each call is its own message in it. */
  async open(caller: Caller | undefined): Promise<Conversation | undefined> {
    if (!caller) return undefined;
    const { thread, tenant, who, door, alone } = caller;
    const state = await this.#parts.answers.thread(thread);
    const chat = this.#parts.doors.has(door);
    const spender = spenderOf(caller);
    return { thread, tenant, who, spender, message: callKey(), state, chat, alone, permits: this.permits(caller) };
  }

  permits({ door, tenant, who }: Pick<Caller, 'door' | 'tenant' | 'who'>): Permits | undefined {
    return permissionsOf(this.#parts.doors.get(door), { tenant, who });
  }

  /** Returns the seconds a call has to wait. */
  async spendQuota(caller: Caller | undefined, bytes: number): Promise<number> {
    const spender = spenderOf(caller);
    return spender ? this.#parts.quotas.admit(spender, bytes) : 0;
  }

  /** Stores the answer of a call that belongs to a conversation, so that its buttons work. */
  async save(answer: Answer, caller: Caller | undefined, facts?: ThreadFacts): Promise<Answer> {
    if (!caller) return answer;
    const { answers } = this.#parts;
    const stored = await answers.save(answer, { thread: caller.thread, tenant: caller.tenant });
    await answers.markJoined(caller.thread, facts);
    return stored;
  }

  audit(caller: Partial<Caller> | undefined, details: Record<string, string | undefined>): void {
    const { door = 'terminal', tenant, thread, who } = caller ?? {};
    this.#parts.events.emit({ name: 'audit', door, tenant, place: thread, who, outcome: 'answered', ...details });
  }

  /** Returns a failure in the catalogue's words, with the number under which the log describes it. */
  explainError(error: unknown): Answer {
    const request = requestNumber();
    const trouble = describeTrouble(error, this.#parts.events, request);
    const answer = this.reportTrouble(trouble, request);
    // The sentence about an internal error names the number itself.
    return trouble.code === 'internal' ? answer : { ...answer, parts: [...answer.parts, requestNumberPart(request)] };
  }

  /** Logs a failure and returns it in the catalogue's words. */
  reportTrouble(trouble: Trouble, request = requestNumber()): Answer {
    this.#parts.events.emit({ name: 'call-failed', ...troubleEvent(trouble), request });
    return errorAnswer(trouble.code, trouble.facts);
  }
}

/** Returns whose quotas pay for a call; undefined for calls on this machine, which are not counted. */
export function spenderOf(caller: Caller | undefined): Spender | undefined {
  if (!caller || caller.tenant === 'local') return undefined;
  const { tenant, place, thread, who } = caller;
  return { tenant, place: place ?? thread, who };
}

function requestNumber(): string {
  return randomUUID().slice(0, 8);
}

/** Returns its own key for a call that belongs to no message. */
export function callKey(): string {
  return `call:${randomUUID()}`;
}
