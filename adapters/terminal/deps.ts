import type { Desk } from '../../src/desk/desk.js';
import type { Check } from '../../src/desk/ports/door.js';

/** Exit codes. Scripts rely on them. */
export const exit = { done: 0, unreadable: 1, usage: 2 } as const;

/** What the executable gives to the terminal. `desk` is made on first use and never opens the store. */
export interface TerminalDeps {
  desk(): Desk;
  /** Resolves with the exit code. */
  serve(): Promise<number>;
  doctor(): Promise<Check[]>;
  /** Learns from the examples of the knowledge, and resolves with what to print. */
  train(): Promise<string>;
  /** Directory to which file arguments are relative: the user's, not the one in which npm runs. */
  cwd: string;
  stdin: AsyncIterable<Uint8Array>;
  out(text: string): void;
  error(text: string): void;
  /** Columns of the terminal; 100 when the output is not a terminal. */
  columns: number;
  version: string;
}
