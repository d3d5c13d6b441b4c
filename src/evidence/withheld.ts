import { inspect } from 'node:util';

/**
 * A value that must never be shown: a person's name, an address, a query value, a secret.
 * Code may ask a yes/no question about it; nothing can print, log, serialise or clone it.
 */
export class Withheld {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Answers a yes/no question about the value without letting it out. */
  decide(test: (value: string) => boolean): boolean {
    return test(this.#value);
  }

  toString(): string {
    return '(withheld)';
  }

  toJSON(): string {
    return '(withheld)';
  }

  [inspect.custom](): string {
    return '(withheld)';
  }
}
