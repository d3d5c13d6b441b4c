import { commands, isOffered } from '../../../src/desk/conversation/commands.js';
import { jsonOption, type TerminalCommand, UsageError } from '../command.js';
import { askLine } from './ask.js';

/** Commands of the desk that the terminal has in its own form. */
const ownForms: ReadonlySet<string> = new Set(['help', 'diagnose', 'compare', 'collect']);

/** The commands that every door has, as commands of the terminal: `frebot explain 500.19`. */
export const deskCommands: readonly TerminalCommand[] = commands
  .filter((command) => isOffered(command, 'none') && !ownForms.has(command.name))
  .map(({ name, grammar, help }) => ({
    name,
    grammar,
    summary: help,
    options: { json: jsonOption },
    async run(call) {
      if (call.args.length === 0 && grammar.startsWith('<')) throw new UsageError(`${name} needs ${grammar}`);
      return askLine([name, ...call.args].join(' '), call);
    },
  }));
