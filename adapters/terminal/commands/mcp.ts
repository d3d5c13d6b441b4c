import type { TerminalCommand } from '../command.js';
import { exit } from '../deps.js';

export const mcpCommand: TerminalCommand = {
  name: 'mcp',
  grammar: '',
  summary: 'serve an agent over standard input and output (Model Context Protocol)',
  options: {},
  async run({ deps }) {
    await deps.mcp();
    return exit.done;
  },
};
