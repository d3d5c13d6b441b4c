import { resolve } from 'node:path';
import { renderText } from '../../src/answer/text.js';
import { answerJson, diagnosisJson } from '../../src/desk/json.js';
import { exit, type TerminalDeps } from './index.js';

/** `frebot ask`: one question, or any line of the command table. */
export async function askCommand(line: string, deps: TerminalDeps, json: boolean): Promise<number> {
  const desk = deps.desk();
  if (json) {
    deps.out(`${JSON.stringify(answerJson(desk.ask(line)), null, 2)}\n`);
    return exit.done;
  }
  const { answer } = await desk.command(line);
  deps.out(renderText(answer, { columns: deps.columns }));
  return exit.done;
}

/** `frebot diagnose`: files, folders and zips, read together; `-` is what is piped in. */
export async function diagnoseCommand(paths: string[], deps: TerminalDeps, json: boolean): Promise<number> {
  const inputs = paths.map((path) => input(path, deps));
  const { report, answer } = await deps.desk().diagnose(inputs);
  deps.out(
    json
      ? `${JSON.stringify(diagnosisJson(report, answer), null, 2)}\n`
      : renderText(answer, { columns: deps.columns }),
  );
  return report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
}

/** `frebot compare`: the failing log first. */
export async function compareCommand(bad: string, good: string, deps: TerminalDeps, json: boolean): Promise<number> {
  const { report, answer } = await deps.desk().compare(input(bad, deps), input(good, deps));
  deps.out(
    json
      ? `${JSON.stringify(diagnosisJson(report, answer), null, 2)}\n`
      : renderText(answer, { columns: deps.columns }),
  );
  return report.files.some((file) => file.verdict === 'unreadable') ? exit.unreadable : exit.done;
}

function input(path: string, deps: TerminalDeps) {
  return path === '-' ? { name: 'stdin', bytes: deps.stdin } : { name: path, path: resolve(deps.cwd, path) };
}
