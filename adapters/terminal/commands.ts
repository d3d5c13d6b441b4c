import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { neutralize, renderText } from '../../src/answer/text.js';
import type { DiagnoseReply, IntakeInput, OnFile } from '../../src/desk/desk.js';
import { answerJson, diagnosisJson } from '../../src/desk/json.js';
import { exit, type TerminalDeps } from './deps.js';
import { fileLine } from './file-line.js';
import { jsonText } from './json.js';

/** `frebot ask`: one question, or any line of the command table. */
export async function askCommand(line: string, deps: TerminalDeps, json: boolean): Promise<number> {
  const reply = await deps.desk().command(line);
  deps.out(json ? jsonText(answerJson(reply)) : renderText(reply.answer, { columns: deps.columns }));
  return exit.done;
}

/** `frebot diagnose`: files, folders and zips, read together; `-` is what is piped in. As text, a line for each file as it is found. */
export async function diagnoseCommand(paths: string[], deps: TerminalDeps, json: boolean): Promise<number> {
  const inputs = inputsOf(paths, deps);
  if (!inputs) return exit.usage;
  const found: string[] = [];
  const onFile: OnFile = (file, _done, total) => {
    found.push(fileLine(file));
    // One file needs no list: its answer follows at once.
    if (total > 1) deps.out(found.splice(0).join(''));
  };
  const diagnosed = await deps.desk().diagnose(inputs, undefined, json ? undefined : onFile);
  if (found.length === 0 && !json && diagnosed.report.files.length > 1) deps.out('\n');
  return print(diagnosed, deps, json);
}

/** `frebot compare`: the failing log first. */
export async function compareCommand(bad: string, good: string, deps: TerminalDeps, json: boolean): Promise<number> {
  const inputs = inputsOf([bad, good], deps);
  if (!inputs) return exit.usage;
  return print(await deps.desk().compare(inputs[0] as IntakeInput, inputs[1] as IntakeInput), deps, json);
}

function print({ report, answer }: DiagnoseReply, deps: TerminalDeps, json: boolean): number {
  deps.out(json ? jsonText(diagnosisJson(report, answer)) : renderText(answer, { columns: deps.columns }));
  return report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
}

/** Paths to inputs, named as the answer will call them: by file name, by the path as typed where two share one. */
function inputsOf(paths: string[], deps: TerminalDeps): IntakeInput[] | undefined {
  const missing = paths.filter((path) => path !== '-' && !existsSync(resolve(deps.cwd, path)));
  if (missing.length > 0) {
    for (const path of missing) deps.error(`frebot: ${neutralize(path)}: no such file or folder\n`);
    return undefined;
  }
  const names = paths.map((path) => basename(path) || path);
  return paths.map((path, i) => {
    if (path === '-') return { name: 'stdin', bytes: deps.stdin };
    const shared = names.indexOf(names[i] as string) !== names.lastIndexOf(names[i] as string);
    return { name: shared ? path : (names[i] as string), path: resolve(deps.cwd, path) };
  });
}
