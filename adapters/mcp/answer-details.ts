import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';

/** Answers that a connection remembers, so that an agent can read their details. They live in memory, already withheld. */
const remembered = 10;

/** One remembered answer. */
export interface AnswerDetails {
  /** Everything, with what a short text leaves out. */
  text: string;
  /** The object that `--json` prints. */
  json: object;
}

/** Remembers the last answers of one connection. */
export class Details {
  readonly #kept = new Map<string, AnswerDetails>();
  #count = 0;

  /** Returns the number under which the answer can be read. */
  keep(answer: Answer, json: object): string {
    const id = String(++this.#count);
    this.#kept.set(id, { text: renderText(answer, { columns: 120, verdict: true }), json });
    for (const old of [...this.#kept.keys()].slice(0, -remembered)) this.#kept.delete(old);
    return id;
  }

  find(id: string): AnswerDetails | undefined {
    return this.#kept.get(id);
  }

  ids(): string[] {
    return [...this.#kept.keys()];
  }
}
