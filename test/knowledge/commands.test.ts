import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Shell } from '../../src/knowledge/shells.js';
import { builtKnowledge } from '../built-knowledge.js';

const knowledge = builtKnowledge();
const knowledgeFolder = resolve(import.meta.dirname, '../../knowledge');

/** What people ask and what is only looked for is not said. */
const heard = new Set(['asks', 'aliases', 'when', 'url', 'sources']);

function stringsIn(value: unknown, where: string): { where: string; text: string }[] {
  if (typeof value === 'string') return [{ where, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (heard.has(key) ? [] : stringsIn(inner, `${where}.${key}`)));
}

interface Typed {
  where: string;
  command: string;
  shell: Shell | undefined;
  rollback: string | undefined;
}

const steps: Typed[] = [...knowledge.causes.values()].flatMap((cause) =>
  [...cause.fix, ...(cause.check ? [cause.check] : [])].flatMap((step) =>
    step.command
      ? [{ where: `${cause.id}: ${step.do}`, command: step.command, shell: step.shell, rollback: step.rollback }]
      : [],
  ),
);
const typed: Typed[] = [
  ...steps,
  ...[...knowledge.recipes.values()].flatMap((recipe) =>
    [...recipe.steps, recipe.check].flatMap((step) =>
      step.command
        ? [{ where: `${recipe.id}: ${step.do}`, command: step.command, shell: step.shell, rollback: undefined }]
        : [],
    ),
  ),
  ...[...knowledge.evidenceRequests.values()].flatMap((request) =>
    request.commands.map(({ command, shell }) => ({ where: request.id, command, shell, rollback: undefined })),
  ),
];
const lines = typed.flatMap((t) => t.command.split('\n').map((command) => ({ ...t, command })));

/** What only PowerShell knows is typed there, or handed to it. */
const cmdlet =
  /^(Get|Set|New|Remove|Add|Test|Install|Enable|Disable|Import|Export|Start|Stop|Restart|Invoke|Select)-[A-Z]/;

describe('commands as they are typed', () => {
  it('name PowerShell where it takes PowerShell', () => {
    expect(
      lines.filter(({ command, shell }) => shell !== 'powershell' && cmdlet.test(command)).map((l) => l.where),
    ).toEqual([]);
  });

  it('find appcmd, which is on no path', () => {
    const bare = lines.filter(({ command }) =>
      /(^|[^\\])\bappcmd(\.exe)? (list|set|start|stop|add|clear|recycle)/.test(command),
    );
    expect(bare.map((l) => l.where)).toEqual([]);
  });

  it('have their quotes in pairs', () => {
    for (const { where, command } of lines) expect((command.match(/"/g) ?? []).length % 2, where).toBe(0);
  });

  it('say how to take back what they change', () => {
    const changes =
      /appcmd(?:\.exe)? (set|clear|lock|unlock|migrate|delete|add|start) |icacls .*\/(grant|deny|remove)|dism .*\/(enable|disable)-feature|-addstore|attrib [+-]|reg add/;
    const silent = steps.filter(({ command, rollback }) => changes.test(command) && rollback === undefined);
    // A pool that is stopped and started is as before.
    expect(silent.filter((s) => !/(stop|start) apppool/.test(s.command)).map((s) => s.where)).toEqual([]);
  });

  it('set nothing without saying what', () => {
    for (const { where, command } of lines)
      if (/appcmd(?:\.exe)? set /.test(command))
        expect(command, where).toMatch(/ (?:"\/[+-]|\/(?:\+"|-")|\/(?!section:|commit:)[\w.<>]+:)/);
  });
});

describe('the script', () => {
  const script = knowledge.recipes.get('powershell')!.script!;
  const code = script.split('\n').filter((line) => !line.trim().startsWith('#'));

  it('is one block: pasted line by line, a guard that throws would not stop what follows', () => {
    expect(code[0]).toBe('& {');
    expect(code.filter((line) => /^\S/.test(line))).toEqual(['& {', '}']);
    const count = (what: string) => script.split(what).length;
    expect([count('{'), count('(')]).toEqual([count('}'), count(')')]);
  });

  it('has the guard that the stopgap takes out', () => {
    expect(code.filter((line) => /^ +if \(\$gpo\) \{ throw /.test(line))).toHaveLength(1);
    expect(knowledge.recipes.get('stopgap')!.steps.some((s) => s.do.includes('`if ($gpo)`'))).toBe(true);
  });
});

describe('a pool that is to get a new token', () => {
  /** Every text of the knowledge, commands and sentences alike. */
  const texts = readdirSync(knowledgeFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => stringsIn(parse(readFileSync(join(knowledgeFolder, name), 'utf8')), name));

  it('is not recycled by Restart-WebAppPool, which starts the new process beside the old one', () => {
    const suggested = texts.filter(({ text }) =>
      text.split('\n').some((line) => /Restart-WebAppPool/i.test(line) && !/\b(not|only|no|instead)\b/i.test(line)),
    );
    expect(suggested).toEqual([]);
  });

  it('is waited for between Stop-WebAppPool, which returns at once, and the start', () => {
    const stops = texts.filter(({ text }) => /Stop-WebAppPool\s+(-Name\s+)?['"$]/i.test(text));
    expect(stops.length).toBeGreaterThan(0);
    for (const { where, text } of stops)
      expect(text, where).toMatch(/Stop-WebAppPool[\s\S]*(while|until)[\s\S]*Stopped[\s\S]*Start-WebAppPool/i);
  });

  it('is waited for in every sentence that stops and starts it', () => {
    const sentences = texts.flatMap(({ where, text }) =>
      text
        .split(/(?<=[.!?])\s+|\n/)
        .filter((sentence) => /\bstop (the|this|its|your) (application )?pool\b.*\bstart\b/i.test(sentence))
        .map((sentence) => ({ where, sentence })),
    );
    expect(sentences.length).toBeGreaterThan(3);
    expect(sentences.filter(({ sentence }) => !/\bwait|\buntil\b|\bwhile \(/i.test(sentence))).toEqual([]);
  });
});
