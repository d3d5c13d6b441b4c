import { statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tabulateLogs } from '../../src/answer/log-table.js';
import { neutralize } from '../../src/answer/text.js';
import type { DiagnoseReply, IntakeInput } from '../../src/desk/desk.js';
import { UsageError } from './command.js';
import type { ReportedTrace, TerminalDeps } from './deps.js';

/** Logs that a report holds as a table; of fewer it holds the traces. */
const fewestGrouped = 3;

/**
 * Writes the HTML report of a reply to a file, with the traces of one log or two, or the table of more.
 * Throws UsageError when the file cannot be written.
 */
export async function writeReport(
  file: string,
  reply: DiagnoseReply,
  inputs: readonly IntakeInput[],
  deps: TerminalDeps,
): Promise<void> {
  const logs = reply.report.files.filter(({ kind }) => kind === 'freb-log');
  const table = logs.length >= fewestGrouped ? tabulateLogs(reply.report) : undefined;
  const report = await deps.report(reply.answer, table ?? (await viewTraces(reply, inputs, deps)));
  try {
    writeFileSync(resolve(deps.cwd, file), report);
  } catch (error) {
    throw new UsageError(
      `the report cannot be written to ${neutralize(file)} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** Reads the logs once more, because an answer holds only a few of their events. */
async function viewTraces(
  { report, comparison }: DiagnoseReply,
  inputs: readonly IntakeInput[],
  deps: TerminalDeps,
): Promise<ReportedTrace[]> {
  const names = report.files.flatMap(({ kind, name }) => (kind === 'freb-log' ? [name] : []));
  const { bad, good } = comparison?.parting ?? {};
  const differences = [bad?.event, good?.event];
  const traces: ReportedTrace[] = [];
  for (const [at, name] of names.slice(0, fewestGrouped - 1).entries()) {
    const input = findLog(name, inputs);
    const view = input && (await deps.desk().viewTrace(input, name));
    if (view) traces.push({ view, difference: differences[at] });
  }
  return traces;
}

/** Returns the file that holds the log of this name: a typed one, one of a typed folder, or a zip. */
function findLog(name: string, inputs: readonly IntakeInput[]): IntakeInput | undefined {
  const piped = inputs.find((input) => 'bytes' in input && input.name === name);
  if (piped) return piped;
  const paths = inputs.flatMap((input) => ('path' in input ? [input] : []));
  const typed = paths.find((input) => input.name === name) ?? paths.find((input) => name.startsWith(`${input.name}/`));
  // An answer may have withheld a part of the only file's name.
  const [only] = paths;
  if (!typed) return paths.length === 1 && only && isFile(only.path) ? only : undefined;
  let { name: known, path } = typed;
  for (const part of name.slice(known.length + 1).split('/')) {
    if (isFile(path)) break;
    known = `${known}/${part}`;
    path = join(path, part);
  }
  return isFile(path) ? { name: known, path } : undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
