import { filesCsv } from '../../../src/answer/files-csv.js';
import { neutralize } from '../../../src/answer/text.js';
import type { DiagnoseReply } from '../../../src/desk/desk.js';
import { diagnosisJson } from '../../../src/desk/json.js';
import { type CommandCall, jsonOption, type TerminalCommand, UsageError } from '../command.js';
import { exit } from '../deps.js';
import { renderFileLine } from '../file-line.js';
import { findFiles, keepPiped } from '../inputs.js';
import { renderJson } from '../json.js';
import { paintText } from '../paint.js';
import { printAnswer } from '../print.js';
import { startProgress } from '../progress.js';
import { writeReport } from '../report.js';

/** More files than these are summed up, unless `--all` asks for each. */
const filesTold = 5;

/** Files, folders and zips are read together, and `-` is standard input. */
export const diagnoseCommand: TerminalCommand = {
  name: 'diagnose',
  grammar: '<file|folder|zip|wildcard>…',
  summary: 'read Failed Request Tracing logs and other evidence together; without a file, what is piped in',
  options: {
    json: jsonOption,
    csv: { help: 'print one row a file' },
    html: { help: 'write the report to this file, too', value: '<file>' },
    all: { help: 'of more than five files, print each one and every part of the answer' },
    'fail-on': {
      help: 'end with 3 when a request did this (may be repeated)',
      value: '<outcome>',
      choices: ['failure', 'slow'],
    },
    quiet: { help: 'show no progress' },
  },
  async run(call) {
    const { args, deps } = call;
    if (call.has('json') && call.has('csv')) throw new UsageError('choose one of --json and --csv');
    if (args.length === 0 && !deps.piped)
      throw new UsageError('diagnose needs a file, a folder or a zip (or - for what is piped in)');
    const { inputs: typed, missing } = findFiles(args.length > 0 ? args : ['-'], deps);
    if (typed.length === 0) return exit.usage;
    // A report has all events, for which a log is read once more.
    const inputs = call.values('html').length > 0 ? await keepPiped(typed) : typed;
    const progress = startProgress(call.has('quiet') ? undefined : deps.showProgress);
    const reply = await deps.desk().diagnose(inputs, undefined, progress.onFile);
    progress.end();
    for (const file of call.values('html')) await writeReport(file, reply, inputs, deps);
    printDiagnosis(reply, call);
    return exitCode(reply, call, missing);
  },
};

function printDiagnosis({ report, answer }: DiagnoseReply, call: CommandCall): void {
  const { deps } = call;
  if (call.has('json')) deps.out(renderJson(diagnosisJson(report, answer)));
  else if (call.has('csv')) deps.out(filesCsv(report.files));
  else printText({ report, answer }, call);
}

/** Prints a line for each file where they are few or asked for, then the answer, which sums up. */
function printText({ report, answer }: DiagnoseReply, call: CommandCall): void {
  const { deps } = call;
  const isMany = report.files.length > filesTold;
  const brief = isMany && !call.has('all');
  // Pieces of one text are one answer.
  const isOneText = report.files.slice(1).every(({ continues }) => continues);
  if (!isOneText && !brief) {
    const paint = deps.colours ? paintText : undefined;
    deps.out(`${report.files.map((file) => renderFileLine(file, paint)).join('')}\n`);
  }
  printAnswer(answer, deps, { brief });
  // The end of a long output is what a terminal shows.
  if (isMany) deps.out(`\n${neutralize(answer.summary)}${brief ? ' Each file and every part: --all' : ''}\n`);
}

function exitCode({ report }: DiagnoseReply, call: CommandCall, missing: number): number {
  const verdicts = [report.diagnosis.verdict, ...report.files.map((file) => file.verdict)] as string[];
  if (call.values('fail-on').some((outcome) => verdicts.includes(outcome))) return exit.found;
  return missing > 0 || verdicts.slice(1).includes('unreadable') ? exit.unreadable : exit.done;
}
