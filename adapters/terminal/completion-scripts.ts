import type { TerminalCommand } from './command.js';

type Table = readonly TerminalCommand[];

/** Writes the script of a shell. Where neither a command nor an option fits, the shell completes files itself. */
export const completionScripts = {
  powershell: (table: Table) => `# Add this to the file that $PROFILE names.
Register-ArgumentCompleter -Native -CommandName frebot -ScriptBlock {
  param($word, $line, $position)
  $options = @{
${table
  .map(
    ({ name, options }) =>
      `    '${name}' = @(${flags(options)
        .map((flag) => `'${flag}'`)
        .join(', ')})`,
  )
  .join('\n')}
  }
  $typed = @($line.CommandElements | ForEach-Object { "$_" })
  $offered = if ("$word".StartsWith('-')) { $options[$typed[1]] } elseif ($typed.Count -le 2) { $options.Keys | Sort-Object }
  $offered | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`,

  bash: (table: Table) => `# Add this line to ~/.bashrc:  source <(frebot completion bash)
_frebot() {
  local word="\${COMP_WORDS[COMP_CWORD]}" offered=""
  if [[ "$word" == -* ]]; then
    case "\${COMP_WORDS[1]}" in
${table.map(({ name, options }) => `      ${name}) offered="${flags(options).join(' ')}" ;;`).join('\n')}
    esac
  elif [[ "$COMP_CWORD" -eq 1 ]]; then
    offered="${table.map(({ name }) => name).join(' ')}"
  fi
  COMPREPLY=($(compgen -W "$offered" -- "$word"))
}
complete -o default -F _frebot frebot
`,

  zsh: (table: Table) => `# Add this line to ~/.zshrc, after compinit:  source <(frebot completion zsh)
_frebot() {
  local -a commands=(
${table.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
  )
  if [[ "$PREFIX" == -* ]]; then
    case "$words[2]" in
${table.map(({ name, options }) => `      ${name}) compadd -- ${flags(options).join(' ')} ;;`).join('\n')}
    esac
  else
    (( CURRENT == 2 )) && _describe command commands
    _files
  fi
}
compdef _frebot frebot
`,

  fish: (table: Table) => `# frebot completion fish > ~/.config/fish/completions/frebot.fish
${table
  .flatMap(({ name, summary, options }) => [
    `complete -c frebot -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ...Object.entries(options).map(
      ([option, { help, value }]) =>
        `complete -c frebot -n '__fish_seen_subcommand_from ${name}' -l ${option} ${value ? '-r ' : ''}-d ${quote(help)}`,
    ),
  ])
  .join('\n')}
`,
} as const;

/** True for a shell that has a script. */
export function isShell(name: string): name is keyof typeof completionScripts {
  return Object.hasOwn(completionScripts, name);
}

function flags(options: TerminalCommand['options']): string[] {
  return Object.keys(options).map((name) => `--${name}`);
}

/** Quotes a text so that the shell takes it literally. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
