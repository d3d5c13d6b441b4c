import type { Answer } from '../../src/answer/answer.js';
import type { LogTable } from '../../src/answer/log-table.js';
import type { Desk, TraceView } from '../../src/desk/desk.js';
import type { Check } from '../../src/desk/ports/door.js';

/** Exit codes. Scripts rely on them. */
export const exit = {
  done: 0,
  /** Something could not be read. */
  unreadable: 1,
  /** `doctor` found that something does not work. */
  broken: 1,
  usage: 2,
  /** What `--fail-on` names was found. */
  found: 3,
} as const;

/** What is watched, and where the posts go; without a target, where the settings say. Paths are relative to `cwd`. */
export interface WatchRequest {
  folders: readonly string[];
  /** `stdout`, `json`, or the address of a webhook. */
  to: readonly string[];
  /** Address of a central Frebot that gets the posts, too. */
  reportTo: string | undefined;
  muted: readonly string[];
  /** Files that a scheduled task writes: an export of the rights, a report of gpresult. */
  rights: readonly string[];
  /** applicationHost.config; by default that of this machine, on Windows. */
  config: string | undefined;
  cwd: string;
}

/** A trace of a report, and the event at which it differs from the other one of a comparison. */
export interface ReportedTrace {
  view: TraceView;
  difference: number | undefined;
}

/** What the executable gives to the terminal. `desk` is made on first use and never opens the store. */
export interface TerminalDeps {
  desk(): Desk;
  /**
   * Runs the server and resolves with the exit code.
   * @param settings settings that were typed, by the names of their variables
   */
  serve(settings: Record<string, string>): Promise<number>;
  doctor(): Promise<Check[]>;
  /**
   * Watches folders until the process is stopped, and resolves with the exit code.
   * @param dataDir directory of the state; by default that of the settings
   */
  watch(request: WatchRequest, dataDir: string | undefined): Promise<number>;
  /** Serves an agent over standard input and output until it goes away. */
  mcp(): Promise<void>;
  /** Learns from the examples of the knowledge, and resolves with what to print. */
  train(): Promise<string>;
  /** Makes the self-contained HTML report of an answer, with these traces or this table of many logs. */
  report(answer: Answer, logs: readonly ReportedTrace[] | LogTable): Promise<string>;
  /** Directory to which file arguments are relative: the user's, not the one in which npm runs. */
  cwd: string;
  stdin: AsyncIterable<Uint8Array>;
  /** True when something is piped in: standard input is not a terminal. */
  piped: boolean;
  out(text: string): void;
  error(text: string): void;
  /** Rewrites the one line that shows progress, on standard error; undefined when that is not a terminal. */
  showProgress?: ((line: string) => void) | undefined;
  /** Columns of the terminal; 100 when the output is not a terminal. */
  columns: number;
  /** True when the output is a terminal that shows colours, and NO_COLOR is not set. */
  colours: boolean;
  version: string;
}
