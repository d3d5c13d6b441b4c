import { parseArgs } from 'node:util';
import { renderChecks } from './checks.js';
import { askCommand, askLinesCommand, compareCommand, diagnoseCommand, preflightCommand } from './commands.js';
import { exit, type TerminalDeps } from './deps.js';
import { renderJson } from './json.js';
import { usage } from './usage.js';

export type { TerminalDeps } from './deps.js';

/**
 * Runs the `frebot` command and returns its exit code: 0 done, 1 something was unreadable, 2 wrong usage. Never throws for
 * arguments that a user can type.
 * @param argv arguments without node and the script's name
 */
export async function runTerminal(argv: string[], deps: TerminalDeps): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    deps.error(`frebot: ${(error as Error).message}\n\n${usage}`);
    return exit.usage;
  }
  const { values, positionals } = parsed;
  const [name, ...rest] = positionals;
  if (values.version) return print(deps, `frebot ${deps.version}\n`);
  if (values.help || name === undefined) return print(deps, usage);

  switch (name) {
    case 'serve':
      return deps.serve();
    case 'doctor': {
      const checks = await deps.doctor();
      deps.out(values.json ? renderJson({ schema: 'frebot.doctor/1', checks }) : renderChecks(checks));
      return exit.done;
    }
    case 'train':
      return print(deps, await deps.train());
    case 'diagnose':
      if (rest.length === 0)
        return rejectUsage(deps, 'diagnose needs a file, a folder or a zip (or - for what is piped in)');
      return diagnoseCommand(rest, deps, values.json);
    case 'compare':
      if (rest.length !== 2) return rejectUsage(deps, 'compare needs two logs: the failing one, then the working one');
      return compareCommand(rest[0] as string, rest[1] as string, deps, values.json);
    case 'preflight':
      if (rest.length === 0) return rejectUsage(deps, 'preflight needs a policy and files of servers');
      return preflightCommand(rest, deps, values);
    case 'ask':
      if (rest.length === 0) return rejectUsage(deps, 'ask needs a question in quotes');
      if (rest.length === 1 && rest[0] === '-') return askLinesCommand(deps, values);
      return askCommand(rest.join(' '), deps, values.json);
    default:
      // Other words go through the command table, so `frebot explain 500.19` works as in Slack.
      return askCommand(positionals.join(' '), deps, values.json);
  }
}

function parse(argv: string[]) {
  // -2147023550 is a code and "- <Event …" a paste; neither is an option. After "--" they are read as arguments.
  const isNoOption = (arg: string) => /^-\d+$|^-[^\s=]{0,20}\s/.test(arg);
  return parseArgs({
    args: [...argv.filter((arg) => !isNoOption(arg)), '--', ...argv.filter(isNoOption)],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
      thread: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
}

function print(deps: TerminalDeps, text: string): number {
  deps.out(text);
  return exit.done;
}

/** Reports a mistake in the arguments. */
function rejectUsage(deps: TerminalDeps, reason: string): number {
  deps.error(`frebot: ${reason}\n\n${usage}`);
  return exit.usage;
}
