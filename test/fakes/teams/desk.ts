import type { Answer } from '../../../src/answer/answer.js';
import { type ErrorCode, errorAnswer } from '../../../src/answer/errors.js';
import type { ButtonPress, Receipt } from '../../../src/desk/desk.js';
import type { Message } from '../../../src/desk/ports/message.js';
import type { AnswerRecord } from '../../../src/desk/ports/store.js';

/** A desk that only notes what reaches it: for tests of the door alone. */
export class NotingDesk {
  readonly heard: Message[] = [];
  readonly presses: ButtonPress[] = [];
  answerFor: (press: ButtonPress) => Answer = () => shortAnswer('Pressed', 'opened');
  fails: Error | undefined;
  received: Receipt = 'claimed';

  async receive(message: Message): Promise<Receipt> {
    if (this.fails) throw this.fails;
    this.heard.push(message);
    return this.received;
  }

  async press(press: ButtonPress): Promise<Answer> {
    if (this.fails) throw this.fails;
    this.presses.push(press);
    return this.answerFor(press);
  }

  /** The answer the cards of these tests come from. */
  stored: Answer | undefined = shortAnswer('Stored');

  async kept(id: string, tenant: string): Promise<AnswerRecord | undefined> {
    return this.stored && { id, tenant, thread: 't', at: '2026-06-08T20:00:00Z', answer: this.stored };
  }

  readonly forgotten: string[] = [];

  async forgetMessage(key: string): Promise<void> {
    if (this.fails) throw this.fails;
    this.forgotten.push(key);
  }

  /** Keys of threads begin so. */
  readonly forgottenAll: string[] = [];

  async forgetAll(threads: string): Promise<void> {
    if (this.fails) throw this.fails;
    this.forgottenAll.push(threads);
  }

  trouble(code: ErrorCode): Answer {
    return errorAnswer(code);
  }
}

export function shortAnswer(title: string, id = 'text'): Answer {
  return {
    title,
    summary: `${title}, in a sentence.`,
    parts: [{ kind: 'text', id, keep: 'always', text: `${title} text` }],
    actions: [{ id: 'fixed', label: 'This fixed it', case: 'case-1' }],
    sources: [],
  };
}
