import type { IntakeInput } from '../../../src/desk/desk.js';
import { diagnosisJson } from '../../../src/desk/json.js';
import { jsonOption, type TerminalCommand, UsageError } from '../command.js';
import { exit } from '../deps.js';
import { findFiles } from '../inputs.js';
import { renderJson } from '../json.js';
import { printAnswer } from '../print.js';
import { writeReport } from '../report.js';

export const compareCommand: TerminalCommand = {
  name: 'compare',
  grammar: '<failing> <working>',
  summary: 'the first event where two logs part',
  options: { json: jsonOption, html: { help: 'write the report to this file, too', value: '<file>' } },
  async run({ args, has, values, deps }) {
    if (args.length !== 2) throw new UsageError('compare needs two logs: the failing one, then the working one');
    const { inputs, missing } = findFiles(args, deps);
    if (missing > 0) return exit.usage;
    // A wildcard may stand for any number, and one path named twice is one file.
    if (inputs.length !== 2) throw new UsageError('compare needs two different logs');
    const [bad, good] = inputs as [IntakeInput, IntakeInput];
    const reply = await deps.desk().compare(bad, good);
    const { report, answer } = reply;
    for (const file of values('html')) await writeReport(file, reply, inputs, deps);
    if (has('json')) deps.out(renderJson(diagnosisJson(report, answer)));
    else printAnswer(answer, deps);
    return report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
  },
};
