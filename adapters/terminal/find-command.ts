import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { neutralize } from '../../src/answer/text.js';
import { type TerminalCommand, UsageError } from './command.js';
import { suggestName } from './suggest.js';
import { hasWildcard } from './wildcards.js';

/** A command and its arguments. */
interface NamedCommand {
  command: TerminalCommand;
  args: string[];
}

/**
 * Finds the command that the first word names. A file alone is diagnosed, and a question in quotes is asked. Throws UsageError
 * for any other word, with the nearest command.
 */
export function findCommand(words: readonly string[], table: readonly TerminalCommand[], cwd: string): NamedCommand {
  const [first = '', ...args] = words;
  const findByName = (name: string) => table.find((command) => command.name === name);
  const command = findByName(first.toLowerCase());
  if (command) return { command, args };
  const name = isFile(first, cwd) ? 'diagnose' : /\s/.test(first) ? 'ask' : undefined;
  const implied = name && findByName(name);
  if (implied) return { command: implied, args: [...words] };
  const near = suggestName(
    first,
    table.map((one) => one.name),
  );
  const hint = near || `; a question goes in quotes after ask: frebot ask "${neutralize(words.join(' '))}"`;
  throw new UsageError(`there is no command "${neutralize(first)}"${hint}`);
}

/** True for a path, there or not: `x.xml`, `logs\x`, `*.xml`. A status such as 500.19 is none. */
function isFile(word: string, cwd: string): boolean {
  if (/\s/.test(word) && !existsSync(resolve(cwd, word))) return false;
  return (
    word === '-' ||
    /[\\/]/.test(word) ||
    /\.[a-z]\w{1,4}$/i.test(word) ||
    hasWildcard(word) ||
    existsSync(resolve(cwd, word))
  );
}
