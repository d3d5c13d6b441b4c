import { expect, it } from 'vitest';
import { powershellScript } from '../../src/answer/script.js';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { builtKnowledge } from '../built-knowledge.js';
import { powershellMistakes } from '../powershell.js';

const knowledge: Knowledge = builtKnowledge();

/** Every command in the knowledge that is typed in PowerShell, and the script of each recipe. */
function* commandsOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* commandsOf(item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { command, shell, ...rest } = value as Record<string, unknown>;
  if (typeof command === 'string' && (shell === 'powershell' || shell === 'both')) yield command;
  yield* commandsOf(Object.values(rest));
}

const tables = Object.entries(knowledge)
  .filter(([name]) => name !== 'learned')
  .flatMap(([, table]) => [...(table as ReadonlyMap<string, unknown>).values()]);
const commands = [...new Set(commandsOf(tables))];

/** Puts a name where the case fills one in. */
const filled = (command: string) =>
  command.replace(/\{[a-z][\w.-]*(?:\|[^{}|]*)*\}/g, 'Portal').replace(/<[\w .-]+>/g, 'Portal');

it('there are commands for PowerShell', () => {
  expect(commands.length).toBeGreaterThan(50);
});

it('every command for PowerShell is PowerShell', () => {
  const broken = commands.flatMap((command) => {
    const mistakes = powershellMistakes(filled(command));
    return mistakes.length === 0 ? [] : [`${command}\n  ${mistakes.join('\n  ')}`];
  });
  expect(broken).toEqual([]);
});

it('every script of a recipe is PowerShell', () => {
  const right = knowledge.rights.get('SeImpersonatePrivilege')!;
  for (const { id, script } of knowledge.recipes.values())
    if (script) expect(powershellMistakes(powershellScript(script, right, ['*S-1-5-6'])), id).toEqual([]);
});
