import { parseArgs } from 'node:util';
import { neutralize } from '../../src/answer/text.js';
import { type CommandCall, type TerminalCommand, UsageError } from './command.js';
import { suggestName } from './suggest.js';

/** What was typed: the words, and the options by name, with their values. */
export interface TypedLine {
  words: string[];
  options: Map<string, (string | true)[]>;
}

/** Options that stand for their own command. */
const everywhere = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } } as const;

/** Reads the arguments by the options of all commands, which may be before the command's name, too. */
export function readLine(argv: readonly string[], table: readonly TerminalCommand[]): TypedLine {
  const declared = table.flatMap(({ options }) => Object.entries(options));
  const kinds = declared.map(([name, { value }]) => [
    name,
    { type: value ? ('string' as const) : ('boolean' as const) },
  ]);
  const { tokens } = parseArgs({
    args: arrange(argv),
    options: { ...Object.fromEntries(kinds), ...everywhere },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const line: TypedLine = { words: [], options: new Map() };
  for (const token of tokens) {
    if (token.kind === 'positional') line.words.push(token.value);
    if (token.kind === 'option')
      line.options.set(token.name, [...(line.options.get(token.name) ?? []), token.value ?? true]);
  }
  return line;
}

/** Puts what looks like an option and is none behind "--", where everything is an argument. */
function arrange(argv: readonly string[]): string[] {
  const literal = argv.filter(isNoOption);
  return literal.length > 0 ? [...argv.filter((arg) => !isNoOption(arg)), '--', ...literal] : [...argv];
}

/** -2147023550 is a code and "- <Event …" a paste; neither is an option. */
function isNoOption(arg: string): boolean {
  return /^-\d+$|^-[^\s=]{0,20}\s/.test(arg);
}

/** Returns access to the options of a command. Throws UsageError for one that it does not take, or takes otherwise. */
export function checkOptions(
  command: TerminalCommand,
  typed: TypedLine['options'],
): Pick<CommandCall, 'has' | 'values'> {
  for (const [name, values] of typed) {
    const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    if (!option) {
      const near = suggestName(name, Object.keys(command.options)).replace(/"(.+)"/, '--$1');
      throw new UsageError(`${command.name} has no option ${name.length > 1 ? '--' : '-'}${neutralize(name)}${near}`);
    }
    for (const value of values) {
      if (option.value && value === true) throw new UsageError(`--${name} needs a value: --${name} ${option.value}`);
      if (!option.value && value !== true) throw new UsageError(`--${name} takes no value`);
      if (option.choices && !option.choices.includes(String(value)))
        throw new UsageError(`--${name} is one of ${option.choices.join(', ')}`);
    }
  }
  return {
    has: (name) => typed.has(name),
    values: (name) => (typed.get(name) ?? []).map(String),
  };
}
