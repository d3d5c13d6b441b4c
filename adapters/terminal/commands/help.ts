import { neutralize } from '../../../src/answer/text.js';
import { jsonOption, type TerminalCommand, UsageError } from '../command.js';
import { exit } from '../deps.js';
import { describeCommand, describeCommands } from '../help.js';
import { suggestName } from '../suggest.js';
import { askLine } from './ask.js';

export const helpCommand: TerminalCommand = {
  name: 'help',
  grammar: '[command]',
  summary: 'every command, or the options of one',
  options: { json: jsonOption },
  async run(call) {
    const [name] = call.args;
    if (name === undefined) {
      if (call.has('json')) return askLine('help', call);
      call.deps.out(describeCommands(call.table));
      return exit.done;
    }
    const command = call.table.find((one) => one.name === name.toLowerCase());
    const near = suggestName(
      name,
      call.table.map((one) => one.name),
    );
    if (!command) throw new UsageError(`there is no command "${neutralize(name)}"${near}`);
    call.deps.out(describeCommand(command));
    return exit.done;
  },
};
