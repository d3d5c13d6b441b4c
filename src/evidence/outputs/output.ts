import type { EvidenceKind } from '../evidence.js';
import type { ObservationCollector } from '../gather.js';
import type { OutputCommand } from '../vocabulary/outputs.js';

/** One line of an output, with its 1-based number in the text. */
export interface OutputLine {
  number: number;
  text: string;
}

/** How the output of one command is known and read. */
export interface CommandOutput {
  command: OutputCommand;
  kind: Extract<EvidenceKind, 'command-output' | 'acl-listing' | 'server-config'>;
  /** What every output of it holds somewhere: a quick look before the lines are read. */
  sign?: RegExp;
  /** A pattern for the command line that is above its output, where the output alone could be anything. */
  typed?: RegExp;
  /**
   * Adds what the lines say. Judges shapes and the command's own words, so that translated outputs are read too.
   * @param typed true when the command line is above the output
   * @param commandLine that line, whether this command or another one is in it
   * @returns false when the lines are not an output of this command; then nothing was added
   */
  read(lines: readonly OutputLine[], gather: ObservationCollector, typed: boolean, commandLine?: string): boolean;
}

/** Returns the value behind the first colon of `Key : value` lines, by lower-case key; the first of a key counts. */
export function colonValues(lines: readonly OutputLine[]): Map<string, { value: string; number: number }> {
  const values = new Map<string, { value: string; number: number }>();
  for (const { text, number } of lines) {
    const found = /^\s*([^:]{2,60}?)\s*:\s*(.*?)\s*$/.exec(text);
    const key = found?.[1]?.toLowerCase();
    if (key && !values.has(key)) values.set(key, { value: found![2]!, number });
  }
  return values;
}
