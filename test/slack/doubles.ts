import type { Answer } from '../../src/answer/answer.js';
import { errorAnswer } from '../../src/answer/errors.js';
import type { ButtonPress, Desk } from '../../src/desk/desk.js';
import type { Door } from '../../src/desk/ports/door.js';
import type { Message } from '../../src/desk/ports/message.js';

/** A desk that only notes what reaches it, for tests of the door alone; presses and commands that wait are answered. */
export interface NotingDesk extends Desk {
  received: Message[];
  presses: ButtonPress[];
  lines: string[];
  /** Claims fail while this is true. */
  down: boolean;
  /** How long a command or a press takes. */
  slowMs: number;
}

export function notingDesk(answer: Answer = shortAnswer('Noted')): NotingDesk {
  const nothing = () => {
    throw new Error('not part of this test');
  };
  let door: Door | undefined;
  const desk: NotingDesk = {
    received: [],
    presses: [],
    lines: [],
    down: false,
    slowMs: 0,
    addDoor(given) {
      door = given;
    },
    warmUp: () => undefined,
    start: () => undefined,
    stop: async () => undefined,
    async receive(message) {
      if (desk.down) throw new Error('the store is down');
      desk.received.push(message);
      if (message.press || message.where.to) void door?.say(message.where, answer, message.key).catch(() => undefined);
      return 'claimed';
    },
    async command(line) {
      desk.lines.push(line);
      if (desk.slowMs > 0) await new Promise((done) => setTimeout(done, desk.slowMs));
      return { intent: line, topic: null, score: 1, answer, command: line };
    },
    async press(press) {
      desk.presses.push(press);
      if (desk.slowMs > 0) await new Promise((done) => setTimeout(done, desk.slowMs));
      return answer;
    },
    answerPrivately: async () => answer,
    trouble: (code, facts) => errorAnswer(code, facts),
    help: () => answer,
    publicPage: () => answer,
    entries: () => [],
    explain: () => answer,
    diagnose: nothing,
    diagnoseFor: nothing,
    compare: nothing,
    viewTrace: nothing,
    storedAnswer: async (id) => ({ id, thread: '', tenant: '', at: '', answer }),
    openCases: async () => [],
    doubts: async () => [],
    findPlace: () => undefined,
    announce: nothing,
    mutedCauses: async () => [],
    forgetAll: async () => undefined,
    forgetMessage: async () => undefined,
    check: nothing,
  };
  return desk;
}

/** Three parts that must stay, together larger than a message. */
export function longAnswer(): Answer {
  const part = (id: string) => ({
    kind: 'text' as const,
    id,
    keep: 'always' as const,
    text: `${id} is kept. `.repeat(400),
  });
  return { ...shortAnswer('A long answer'), parts: [part('one'), part('two'), part('three')] };
}

export function shortAnswer(title: string): Answer {
  return {
    title,
    summary: `${title}, in a sentence.`,
    parts: [{ kind: 'text', id: 'text', keep: 'always', text: `${title} text` }],
    actions: [
      { id: 'evidence', label: 'Show evidence', case: 'case-1', part: 'proof' },
      { id: 'fixed', label: 'This fixed it', case: 'case-1' },
    ],
    sources: [],
  };
}
