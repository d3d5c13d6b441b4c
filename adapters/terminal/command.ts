import type { TerminalDeps } from './deps.js';

/** An option that a command takes: `--json`, or `--html <file>` when `value` says what follows. */
export interface CommandOption {
  help: string;
  /** The value, for help: `<file>`. */
  value?: string;
  /** The only values it takes. */
  choices?: readonly string[];
}

/** One call of a command, with its options checked against those that the command declares. */
export interface CommandCall {
  args: string[];
  /** True for an option without a value that was given. */
  has(option: string): boolean;
  /** Returns the values of an option, in the order they were given. */
  values(option: string): string[];
  /** The whole table, for commands that describe the others. */
  table: readonly TerminalCommand[];
  deps: TerminalDeps;
}

/** A command of the terminal. */
export interface TerminalCommand {
  name: string;
  /** Its arguments, for help; empty when there are none. */
  grammar: string;
  /** What it does, in half a line. */
  summary: string;
  options: Readonly<Record<string, CommandOption>>;
  /** Resolves with the exit code. Throws UsageError when the arguments make no sense. */
  run(call: CommandCall): Promise<number>;
}

/** A mistake in the arguments: one sentence, without the program's name and without a full stop. */
export class UsageError extends Error {}

/** The option of every command that prints an object for scripts. */
export const jsonOption: CommandOption = { help: 'print one JSON object and nothing else' };
