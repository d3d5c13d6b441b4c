import type { Desk } from '../../src/desk/desk.js';
import type { Check } from '../../src/desk/ports/door.js';

/** Exit codes scripts rely on. */
export const exit = { done: 0, unreadable: 1, usage: 2 } as const;

/** What the terminal needs from the executable. `desk` is built on first use and never opens the store. */
export interface TerminalDeps {
  desk(): Desk;
  /** Resolves with the exit code. */
  serve(): Promise<number>;
  doctor(): Promise<Check[]>;
  /** Directory file arguments are relative to: where the user stands, not where npm runs. */
  cwd: string;
  stdin: AsyncIterable<Uint8Array>;
  out(text: string): void;
  error(text: string): void;
  /** Columns of the terminal; 100 when it is not one. */
  columns: number;
  version: string;
}
