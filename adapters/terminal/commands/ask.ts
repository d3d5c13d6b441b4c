import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { neutralize } from '../../../src/answer/text.js';
import { answerJson } from '../../../src/desk/json.js';
import { type CommandCall, jsonOption, type TerminalCommand, UsageError } from '../command.js';
import { exit } from '../deps.js';
import { renderJson, renderJsonLine } from '../json.js';
import { printAnswer } from '../print.js';

export const askCommand: TerminalCommand = {
  name: 'ask',
  grammar: '"<question>"',
  summary: 'ask about a right, a status, a code, a setting; - or nothing: one question a line from what is piped in',
  options: { json: jsonOption, thread: { help: 'take the lines as one conversation' } },
  async run(call) {
    const { args, deps } = call;
    const readsLines = args.length === 0 ? deps.piped : args.length === 1 && args[0] === '-';
    if (readsLines) return askLines(call);
    if (args.length === 0) throw new UsageError('ask needs a question in quotes');
    return askLine(args.join(' '), call);
  },
};

/** Answers one question, or any line of the desk's commands. */
export async function askLine(line: string, { deps, has }: CommandCall): Promise<number> {
  const reply = await deps.desk().command(line);
  if (has('json')) deps.out(renderJson(answerJson(reply)));
  else printAnswer(reply.answer, deps);
  return exit.done;
}

/** A caller on this machine: no quotas, and one thread that holds what the lines before were about. */
const terminalThread = { door: 'terminal', tenant: 'local', who: 'local', thread: 'terminal' } as const;

async function askLines({ deps, has }: CommandCall): Promise<number> {
  const caller = has('thread') ? terminalThread : undefined;
  for await (const line of createInterface({ input: Readable.from(deps.stdin), crlfDelay: Infinity })) {
    const question = line.trim();
    if (question === '') continue;
    const reply = await deps.desk().command(question, caller);
    if (has('json')) {
      deps.out(renderJsonLine(answerJson(reply)));
      continue;
    }
    deps.out(`> ${neutralize(question)}\n`);
    printAnswer(reply.answer, deps);
    deps.out('\n');
  }
  return exit.done;
}
