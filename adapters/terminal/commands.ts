import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fleetCsv } from '../../src/answer/fleet-csv.js';
import { neutralize, renderText } from '../../src/answer/text.js';
import type { DiagnoseReply, IntakeInput, OnFile } from '../../src/desk/desk.js';
import { answerJson, diagnosisJson, preflightJson } from '../../src/desk/json.js';
import { exit, type TerminalDeps } from './deps.js';
import { renderFileLine } from './file-line.js';
import { renderJson, renderJsonLine } from './json.js';

/** Runs `frebot ask`: one question, or any line of the command table. */
export async function askCommand(line: string, deps: TerminalDeps, json: boolean): Promise<number> {
  const reply = await deps.desk().command(line);
  deps.out(json ? renderJson(answerJson(reply)) : renderText(reply.answer, { columns: deps.columns }));
  return exit.done;
}

/** A caller on this machine: no quotas, and one thread that holds what the lines before were about. */
const terminalThread = { door: 'terminal', tenant: 'local', who: 'local', thread: 'terminal' } as const;

/**
 * Runs `frebot ask -`: one question a line from what is piped in. With `json` one object a line.
 * @param form `thread` takes the lines as one conversation
 */
export async function askLinesCommand(deps: TerminalDeps, form: { json: boolean; thread: boolean }): Promise<number> {
  const caller = form.thread ? terminalThread : undefined;
  for await (const line of createInterface({ input: Readable.from(deps.stdin), crlfDelay: Infinity })) {
    const question = line.trim();
    if (question === '') continue;
    const reply = await deps.desk().command(question, caller);
    if (form.json) deps.out(renderJsonLine(answerJson(reply)));
    else deps.out(`> ${neutralize(question)}\n${renderText(reply.answer, { columns: deps.columns })}\n`);
  }
  return exit.done;
}

/**
 * Runs `frebot diagnose`: files, folders and zips are read together, and `-` is standard input. Without `--json`, each of several
 * files gets a line as soon as it is read.
 */
export async function diagnoseCommand(paths: string[], deps: TerminalDeps, json: boolean): Promise<number> {
  const inputs = toInputs(paths, deps);
  if (!inputs) return exit.usage;
  const lines: string[] = [];
  const onFile: OnFile = (file, _done, total) => {
    lines.push(renderFileLine(file));
    // A single file needs no list, because its answer follows at once.
    if (total > 1) deps.out(lines.splice(0).join(''));
  };
  const reply = await deps.desk().diagnose(inputs, undefined, json ? undefined : onFile);
  if (lines.length === 0 && !json && reply.report.files.length > 1) deps.out('\n');
  return printReply(reply, deps, json);
}

/** Runs `frebot compare`: the failing log first. */
export async function compareCommand(bad: string, good: string, deps: TerminalDeps, json: boolean): Promise<number> {
  const inputs = toInputs([bad, good], deps);
  if (!inputs) return exit.usage;
  return printReply(await deps.desk().compare(inputs[0] as IntakeInput, inputs[1] as IntakeInput), deps, json);
}

/**
 * Runs `frebot preflight`: policies, configurations and exports of servers together. Prints the forecast, as JSON or as CSV on
 * request.
 */
export async function preflightCommand(
  paths: string[],
  deps: TerminalDeps,
  form: { json: boolean; csv: boolean },
): Promise<number> {
  const inputs = toInputs(paths, deps);
  if (!inputs) return exit.usage;
  const { report, answer } = await deps.desk().diagnose(inputs);
  if (!report.fleet) {
    deps.error(`${preflightNeeds}\n`);
    return exit.usage;
  }
  if (form.csv) deps.out(fleetCsv(report.fleet));
  else
    deps.out(
      form.json ? renderJson(preflightJson(report.fleet, answer)) : renderText(answer, { columns: deps.columns }),
    );
  return report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
}

const preflightNeeds =
  'frebot: preflight needs a policy (GptTmpl.inf, another security template, or a GPO report) and, of each server, its applicationHost.config or rights export; or exports of several servers, to put them side by side. No failing log among them.';

function printReply({ report, answer }: DiagnoseReply, deps: TerminalDeps, json: boolean): number {
  deps.out(json ? renderJson(diagnosisJson(report, answer)) : renderText(answer, { columns: deps.columns }));
  return report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
}

/**
 * Returns the paths as inputs, named by file name, or by the path as typed where two share one. Returns undefined when a path
 * does not exist, and reports it.
 */
function toInputs(paths: string[], deps: TerminalDeps): IntakeInput[] | undefined {
  const missing = paths.filter((path) => path !== '-' && !existsSync(resolve(deps.cwd, path)));
  if (missing.length > 0) {
    for (const path of missing) deps.error(`frebot: ${neutralize(path)}: no such file or folder\n`);
    return undefined;
  }
  const names = paths.map((path) => basename(path) || path);
  return paths.map((path, i) => {
    if (path === '-') return { name: 'stdin', bytes: deps.stdin };
    const isShared = names.indexOf(names[i] as string) !== names.lastIndexOf(names[i] as string);
    return { name: isShared ? path : (names[i] as string), path: resolve(deps.cwd, path) };
  });
}
