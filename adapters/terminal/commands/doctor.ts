import { renderChecks } from '../checks.js';
import { jsonOption, type TerminalCommand } from '../command.js';
import { exit } from '../deps.js';
import { renderJson } from '../json.js';

export const doctorCommand: TerminalCommand = {
  name: 'doctor',
  grammar: '',
  summary: 'what is configured, what is missing, what to click',
  options: { json: jsonOption },
  async run({ has, deps }) {
    const checks = await deps.doctor();
    deps.out(has('json') ? renderJson({ schema: 'frebot.doctor/1', checks }) : renderChecks(checks));
    return checks.some((check) => (check.state === 'missing' && !check.optional) || check.unreachable)
      ? exit.broken
      : exit.done;
  },
};
