import type { Answer } from '../../../src/answer/answer.js';
import type { Press, Received, Replied } from '../../../src/desk/desk.js';
import type { Message } from '../../../src/desk/ports.js';

/** A desk that only notes what reaches it: for tests of the door alone. */
export class NotingDesk {
  readonly heard: Message[] = [];
  readonly presses: Press[] = [];
  readonly commands: string[] = [];
  answerFor: (press: Press) => Answer = () => shortAnswer('Pressed');
  fails: Error | undefined;
  received: Received = 'claimed';

  async receive(message: Message): Promise<Received> {
    if (this.fails) throw this.fails;
    this.heard.push(message);
    return this.received;
  }

  async press(press: Press): Promise<Answer> {
    if (this.fails) throw this.fails;
    this.presses.push(press);
    return this.answerFor(press);
  }

  async command(line: string): Promise<Replied> {
    this.commands.push(line);
    return { answer: shortAnswer('Welcome'), command: line };
  }
}

export function shortAnswer(title: string): Answer {
  return {
    title,
    summary: `${title}, in a sentence.`,
    parts: [{ kind: 'text', id: 'text', keep: 'always', text: `${title} text` }],
    actions: [{ id: 'fixed', label: 'This fixed it', case: 'case-1' }],
    sources: [],
  };
}
