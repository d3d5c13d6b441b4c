import type { CommandOption, TerminalCommand } from './command.js';

/** Columns before the summaries. */
const indent = 26;

/** Returns what `frebot` prints without arguments: every command in a line or two. */
export function describeCommands(table: readonly TerminalCommand[]): string {
  return `frebot: why a site on IIS fails, from its evidence

${table.map(({ name, grammar, summary }) => describeRow(`frebot ${name} ${grammar}`.trimEnd(), summary)).join('')}
frebot help <command> lists the options of a command. A file alone is diagnosed: frebot fr000032.xml.
Exit codes: 0 done, 1 something was unreadable (doctor: broken), 2 wrong usage, 3 what --fail-on names was found.
`;
}

/** Returns the help of one command: what it does, its arguments and its options. */
export function describeCommand({ name, grammar, summary, options }: TerminalCommand): string {
  const rows = Object.entries(options).map(([option, row]) =>
    describeRow(optionForm(option, row), describeOption(row)),
  );
  const list = rows.length > 0 ? `\n${rows.join('')}` : '';
  return `${`frebot ${name} ${grammar}`.trimEnd()}\n  ${summary}\n${list}`;
}

/** Returns how an option is typed: `--json`, `--html <file>`. */
function optionForm(name: string, { value }: CommandOption): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function describeOption({ help, choices }: CommandOption): string {
  return choices ? `${help}: ${choices.join(' or ')}` : help;
}

function describeRow(form: string, summary: string): string {
  if (form.length + 2 > indent) return `  ${form}\n${' '.repeat(indent + 2)}${summary}\n`;
  return `  ${form.padEnd(indent)}${summary}\n`;
}
