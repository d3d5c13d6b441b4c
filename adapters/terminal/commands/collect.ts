import { answerJson } from '../../../src/desk/json.js';
import { jsonOption, type TerminalCommand } from '../command.js';
import { exit } from '../deps.js';
import { renderJson } from '../json.js';
import { printAnswer } from '../print.js';

/** The script that collects evidence; the desk writes it, for every door. */
export const collectCommand: TerminalCommand = {
  name: 'collect',
  grammar: '[site]',
  summary: 'one read-only script that packs what a diagnosis needs into one zip',
  options: { json: jsonOption, script: { help: 'print the script alone, to save it as collect.ps1' } },
  async run({ args, has, deps }) {
    const reply = await deps.desk().command(['collect', ...args].join(' '));
    const script = reply.answer.parts.find(({ id }) => id === 'script');
    if (has('json')) deps.out(renderJson(answerJson(reply)));
    else if (has('script') && script?.kind === 'command') deps.out(`${script.command}\n`);
    else printAnswer(reply.answer, deps);
    return exit.done;
  },
};
