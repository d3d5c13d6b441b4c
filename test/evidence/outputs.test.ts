import { describe, expect, it } from 'vitest';
import { judgeReading } from '../../src/diagnosis/judge-reading.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { outputCommands } from '../../src/evidence/vocabulary/outputs.js';
import { builtKnowledge } from '../built-knowledge.js';
import { sampleOutputs } from '../generator/evidence/outputs.js';

const knowledge = builtKnowledge();
const read = (text: string) => readEvidence('output.txt', Buffer.from(text));

describe.each(sampleOutputs.map((sample) => [sample.typed, sample] as const))('what %s prints', (_, sample) => {
  const console = `Microsoft Windows [Version 10.0.20348]\r\n\r\nC:\\Users\\admin>${sample.typed}\r\n\r\n${sample.text}\r\nC:\\Users\\admin>`;

  it('is read with and without the command line above it, and told in a sentence', () => {
    for (const text of sample.onlyTyped ? [console] : [sample.text, console]) {
      const reading = read(text);
      expect(reading.kind).toBe(sample.kind);
      if (sample.says) expect(judgeReading(reading, knowledge).file.detail).toContain(sample.says);
    }
  });

  it('is the same when it is pasted', () => {
    const text = sample.onlyTyped ? console : sample.text;
    const [pasted] = readPasted(text);
    expect(pasted && judgeReading(pasted, knowledge).file.detail).toBe(judgeReading(read(text), knowledge).file.detail);
  });

  it('is read in a chat that trims lines and ends them its own way', () => {
    const trimmed = (sample.onlyTyped ? console : sample.text)
      .split('\r\n')
      .map((line) => line.trim())
      .join('\n');
    expect(readPasted(trimmed)[0]?.kind).toBe(sample.kind);
  });
});

it('every command of the table has a sample and rows', () => {
  for (const command of outputCommands) {
    expect(
      // The last row fits every output that no card explains.
      [...knowledge.outputs.values()].some(
        ({ output, when }) => output.includes(command) && when.every((one) => one.absent),
      ),
      command,
    ).toBe(true);
    expect(
      sampleOutputs.some(
        (sample) => read(sample.onlyTyped ? `C:\\>${sample.typed}\n${sample.text}` : sample.text).form === command,
      ),
      command,
    ).toBe(true);
  }
});

it('a console with several commands is read whole', () => {
  const start = sampleOutputs.findIndex(({ typed }) => typed.includes('Test-NetConnection'));
  const pasted = readPasted(
    sampleOutputs
      .slice(start, start + 3)
      .map(({ typed, text }) => `C:\\>${typed}\r\n${text}`)
      .join('\r\n'),
  );
  expect(pasted.map(({ form }) => form)).toEqual(['Test-NetConnection', 'netstat', 'nslookup']);
});

it('accounts of persons on an access list stay behind', () => {
  const reading = read('C:\\data CONTOSO\\anna:(M)\r\n        BUILTIN\\Users:(RX)\r\n');
  expect(JSON.stringify(reading)).not.toMatch(/anna|CONTOSO/i);
  expect(reading.withheld).toBeGreaterThan(0);
});

describe('what Frebot asks people to run', () => {
  /** Kinds whose files have generators and tests of their own. */
  const otherKinds = [
    'rights-export',
    'policy-report',
    'token-listing',
    'event-export',
    'application-log',
    'fragment',
    'access-log',
  ];
  const outputKinds = ['command-output', 'acl-listing', 'server-config'];
  const commands = everyCommand(knowledge).filter(({ prints }) => prints !== 'nothing');

  it('prints something that a reader of this house knows', () => {
    expect(
      commands.map(({ prints }) => prints).filter((kind) => ![...otherKinds, ...outputKinds].includes(kind)),
    ).toEqual([]);
  });

  it('has a sample for each program whose output has no file of its own', () => {
    const programs = sampleOutputs.map(({ typed }) => programOf(typed));
    const unread = commands
      .filter(({ prints }) => outputKinds.includes(prints))
      .filter(({ command }) => !command.split('\n').some((line) => programs.includes(programOf(line))));
    expect(unread.map(({ command }) => command)).toEqual([]);
  });
});

interface Asked {
  command: string;
  prints: string;
}

/** Returns every command of the knowledge, in whatever file and key. */
function everyCommand(value: unknown): Asked[] {
  if (value instanceof Map) return [...value.values()].flatMap(everyCommand);
  if (Array.isArray(value)) return value.flatMap(everyCommand);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(everyCommand);
  return 'prints' in value && 'command' in value ? [value as Asked, ...inner] : inner;
}

/** The program of a command line with the words that decide what it prints. */
function programOf(line: string): string {
  const bare = line
    .trim()
    .replace(/^cmd(?:\.exe)? \/c "?/, '')
    .replace(/^powershell(?:\.exe)? -NoProfile -Command "/, '')
    .replace(/^"?(?:%windir%|[A-Za-z]:|<full path>)?[^\s"]*\\/, '')
    .toLowerCase();
  const netsh = /^netsh http show \w+/.exec(bare)?.[0];
  const appcmd = /^appcmd(?:\.exe)? list (\w+?)s?\b/.exec(bare)?.[1];
  return netsh ?? (appcmd ? `appcmd list ${appcmd}` : bare.split(/[\s"]/)[0]!.replace(/\.exe$/, ''));
}
