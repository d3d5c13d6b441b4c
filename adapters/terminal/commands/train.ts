import type { TerminalCommand } from '../command.js';
import { exit } from '../deps.js';

export const trainCommand: TerminalCommand = {
  name: 'train',
  grammar: '',
  summary: 'learn from the examples of the knowledge (FREBOT_KNOWLEDGE: your own folder)',
  options: {},
  async run({ deps }) {
    deps.out(await deps.train());
    return exit.done;
  },
};
