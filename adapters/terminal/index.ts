import { checkOptions, readLine } from './arguments.js';
import { UsageError } from './command.js';
import { terminalCommands } from './commands/index.js';
import { exit, type TerminalDeps } from './deps.js';
import { findCommand } from './find-command.js';
import { describeCommand, describeCommands } from './help.js';

export type { TerminalDeps, WatchRequest } from './deps.js';

/**
 * Runs the `frebot` command and returns its exit code: 0 done, 1 something was unreadable, 2 wrong usage, 3 what `--fail-on`
 * names was found. Never throws for arguments that a user can type.
 * @param argv arguments without node and the script's name
 */
export async function runTerminal(argv: string[], deps: TerminalDeps): Promise<number> {
  const { words, options } = readLine(argv, terminalCommands);
  if (options.delete('version')) return print(deps, `frebot ${deps.version}\n`);
  const wantsHelp = options.delete('help');
  if (words.length === 0) return print(deps, describeCommands(terminalCommands));
  try {
    const { command, args } = findCommand(words, terminalCommands, deps.cwd);
    if (wantsHelp) return print(deps, describeCommand(command));
    if (command.grammar === '' && args.length > 0) throw new UsageError(`${command.name} takes no arguments`);
    return await command.run({ args, ...checkOptions(command, options), table: terminalCommands, deps });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    deps.error(`frebot: ${error.message}\nMore: frebot help\n`);
    return exit.usage;
  }
}

function print(deps: TerminalDeps, text: string): number {
  deps.out(text);
  return exit.done;
}
