import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodesOf, parsePowershell, powershellMistakes } from '../powershell.js';
import { TerminalRun } from './driver.js';

// The completion scripts, run by the shells that they are for.
const folder = mkdtempSync(join(tmpdir(), 'frebot-completion-'));
const terminal = new TerminalRun();

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(join(folder, shell), (await terminal.run(['completion', shell])).out);
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await terminal.stop();
});

/** Returns what a shell prints. The home is empty, so no settings of a user change it. */
function runShell(shell: string, args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: folder, TERM: 'dumb' };
  const { stdout, stderr, error } = spawnSync(shell, args, { env, cwd: folder, encoding: 'utf8', timeout: 50_000 });
  if (error) throw error;
  expect(stderr).toBe('');
  return stdout.trim();
}
const lacks = (shell: string) => spawnSync(shell, ['-c', 'true']).error !== undefined;

const completed = [
  ['frebot diagno', 'diagnose'],
  ['frebot diagnose --fail', '--fail-on'],
  ['frebot compl', 'completion'],
] as const;

it.skipIf(lacks('bash')).each(completed)('bash completes "%s"', (line, expected) => {
  const words = line.split(' ');
  const script = `source ./bash
complete -p frebot >/dev/null || exit 1
COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}
_frebot; echo "\${COMPREPLY[@]}"`;
  expect(runShell('bash', ['--norc', '-c', script])).toBe(expected);
});

it.skipIf(lacks('bash'))(
  'bash offers every command, and leaves other words to its own completion of files',
  async () => {
    const offer = (words: string, at: number) =>
      runShell('bash', [
        '--norc',
        '-c',
        `source ./bash; COMP_WORDS=(${words}); COMP_CWORD=${at}; _frebot; echo "\${COMPREPLY[@]}"`,
      ]);
    const commands = [...(await terminal.run(['help'])).out.matchAll(/^ {2}frebot ([a-z]+)/gm)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(10);
    expect(offer("frebot ''", 1).split(' ')).toEqual(commands);
    expect(offer('frebot diagnose fr0', 2)).toBe('');
  },
);

it.skipIf(lacks('fish')).each(completed)('fish completes "%s"', (line, expected) => {
  const out = runShell('fish', ['--no-config', '-c', `source ./fish; complete -C '${line}'`]);
  expect(out.split('\n').map((row) => row.split('\t')[0])).toEqual([expected]);
});

// Its own terminal, because zsh completes only what is typed; the function shows the line that it would have run.
it.skipIf(lacks('zsh')).each(completed)('zsh completes "%s"', (line, expected) => {
  const script = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -Uz compinit && compinit -u -D && source ./zsh && frebot() { print "<$*>" } && print rea""dy'
zpty -r shell said '*ready*'
zpty -w shell '${line}'$'\t'
zpty -r shell said '*<*>*'
print -r -- "$said"
zpty -d shell`;
  const words = [...line.split(' ').slice(1, -1), expected].join(' ');
  expect(runShell('zsh', ['-f', '-c', script])).toContain(`<${words}>`);
});

// PowerShell itself runs on few machines, so its grammar reads the script.
it('PowerShell gets a well-formed script with every command and its options', async () => {
  const script = (await terminal.run(['completion', 'powershell'])).out;
  expect(powershellMistakes(script)).toEqual([]);
  const entries = nodesOf(parsePowershell(script)).filter(({ type }) => type === 'hash_entry');
  expect(entries.map(({ text }) => text)).toContain("'compare' = @('--json', '--html')");
  const commands = [...(await terminal.run(['help'])).out.matchAll(/^ {2}frebot ([a-z]+)/gm)].map(([, name]) => name);
  expect(entries.map(({ text }) => /^'([a-z]+)'/.exec(text)?.[1])).toEqual(commands);
});
