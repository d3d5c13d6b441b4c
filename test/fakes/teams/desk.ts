import type { Answer } from '../../../src/answer/answer.js';
import { type ErrorCode, errorAnswer } from '../../../src/answer/errors.js';
import type { ButtonPress, Receipt } from '../../../src/desk/desk.js';
import type { Message } from '../../../src/desk/ports/message.js';
import type { AnswerRecord } from '../../../src/desk/ports/store.js';

/** A desk that only records its calls, for tests of the door alone. */
export class RecordingDesk {
  readonly messages: Message[] = [];
  readonly presses: ButtonPress[] = [];
  answerFor: (press: ButtonPress) => Answer = () => shortAnswer('Pressed', 'opened');
  failure: Error | undefined;
  receipt: Receipt = 'claimed';

  async receive(message: Message): Promise<Receipt> {
    if (this.failure) throw this.failure;
    this.messages.push(message);
    return this.receipt;
  }

  async press(press: ButtonPress): Promise<Answer> {
    if (this.failure) throw this.failure;
    this.presses.push(press);
    return this.answerFor(press);
  }

  async answerPrivately(message: Message): Promise<Answer> {
    if (this.failure) throw this.failure;
    this.messages.push(message);
    return shortAnswer('Private');
  }

  /** The stored answer behind the cards of these tests. */
  cardAnswer: Answer | undefined = shortAnswer('Stored');

  async storedAnswer(id: string, tenant: string): Promise<AnswerRecord | undefined> {
    return this.cardAnswer && { id, tenant, thread: 't', at: '2026-06-08T20:00:00Z', answer: this.cardAnswer };
  }

  readonly deletedKeys: string[] = [];

  async forgetMessage(key: string): Promise<void> {
    if (this.failure) throw this.failure;
    this.deletedKeys.push(key);
  }

  /** Prefixes of the threads that were forgotten. */
  readonly deletedPrefixes: string[] = [];

  async forgetAll(threads: string): Promise<void> {
    if (this.failure) throw this.failure;
    this.deletedPrefixes.push(threads);
  }

  publicPage(name: string): Answer {
    return shortAnswer(`The page ${name}`);
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
