import { fleetCsv } from '../../../src/answer/fleet-csv.js';
import { preflightJson } from '../../../src/desk/json.js';
import { jsonOption, type TerminalCommand, UsageError } from '../command.js';
import { exit } from '../deps.js';
import { findFiles } from '../inputs.js';
import { renderJson } from '../json.js';
import { printAnswer } from '../print.js';

/** Policies, configurations and exports of servers are read together. */
export const preflightCommand: TerminalCommand = {
  name: 'preflight',
  grammar: '<policy> <configurations and exports of servers>…',
  summary: 'which pools will fail when this policy arrives',
  options: { json: jsonOption, csv: { help: 'print one row a pool' } },
  async run({ args, has, deps }) {
    if (args.length === 0) throw new UsageError('preflight needs a policy and files of servers');
    const { inputs, missing } = findFiles(args, deps);
    if (inputs.length === 0) return exit.usage;
    const { report, answer } = await deps.desk().diagnose(inputs);
    if (!report.fleet) throw new UsageError(preflightNeeds);
    if (has('csv')) deps.out(fleetCsv(report.fleet));
    else if (has('json')) deps.out(renderJson(preflightJson(report.fleet, answer)));
    else printAnswer(answer, deps);
    return missing > 0 || report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
  },
};

const preflightNeeds =
  'preflight needs a policy (GptTmpl.inf, another security template, or a GPO report) and, of each server, its applicationHost.config or rights export; or exports of several servers, to put them side by side. No failing log among them.';
