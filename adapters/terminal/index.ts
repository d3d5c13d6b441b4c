import { parseArgs } from 'node:util';
import { checksText } from './checks.js';
import { askCommand, compareCommand, diagnoseCommand } from './commands.js';
import { exit, type TerminalDeps } from './deps.js';
import { jsonText } from './json.js';
import { usage } from './usage.js';

export type { TerminalDeps } from './deps.js';

/**
 * The `frebot` command: `argv` without node and script name. Resolves with the exit code
 * (0 done, 1 something was unreadable, 2 wrong usage); never throws for what a user can type.
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
  if (values.version) return say(deps, `frebot ${deps.version}\n`);
  if (values.help || name === undefined) return say(deps, usage);

  switch (name) {
    case 'serve':
      return deps.serve();
    case 'doctor': {
      const checks = await deps.doctor();
      deps.out(values.json ? jsonText({ schema: 'frebot.doctor/1', checks }) : checksText(checks));
      return exit.done;
    }
    case 'diagnose':
      if (rest.length === 0) return wrong(deps, 'diagnose needs a file, a folder or a zip (or - for what is piped in)');
      return diagnoseCommand(rest, deps, values.json);
    case 'compare':
      if (rest.length !== 2) return wrong(deps, 'compare needs two logs: the failing one, then the working one');
      return compareCommand(rest[0] as string, rest[1] as string, deps, values.json);
    case 'ask':
      if (rest.length === 0) return wrong(deps, 'ask needs a question in quotes');
      return askCommand(rest.join(' '), deps, values.json);
    default:
      // Every other word goes through the one command table, so `frebot explain 500.19` works as it does in Slack.
      return askCommand(positionals.join(' '), deps, values.json);
  }
}

function parse(argv: string[]) {
  // -2147023550 is a code, not an option: behind "--" it stays what it is.
  const negative = (arg: string) => /^-\d+$/.test(arg);
  return parseArgs({
    args: [...argv.filter((arg) => !negative(arg)), '--', ...argv.filter(negative)],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
}

function say(deps: TerminalDeps, text: string): number {
  deps.out(text);
  return exit.done;
}

function wrong(deps: TerminalDeps, why: string): number {
  deps.error(`frebot: ${why}\n\n${usage}`);
  return exit.usage;
}
