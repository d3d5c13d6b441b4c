import { type TerminalCommand, UsageError } from '../command.js';
import { completionScripts, isShell } from '../completion-scripts.js';
import { exit } from '../deps.js';

const shells = Object.keys(completionScripts).join('|');

export const completionCommand: TerminalCommand = {
  name: 'completion',
  grammar: `<${shells}>`,
  summary: 'print the script that completes commands and options in this shell',
  options: {},
  async run({ args: [shell = ''], table, deps }) {
    if (!isShell(shell)) throw new UsageError(`completion needs the name of a shell: ${shells}`);
    deps.out(completionScripts[shell](table));
    return exit.done;
  },
};
