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
    for (const text of [sample.text, console]) {
      const reading = read(text);
      expect(reading.kind).toBe(sample.kind);
      expect(judgeReading(reading, knowledge).file.detail).toContain(sample.says);
    }
  });

  it('is the same when it is pasted', () => {
    const [pasted] = readPasted(sample.text);
    expect(pasted && judgeReading(pasted, knowledge).file.detail).toBe(
      judgeReading(read(sample.text), knowledge).file.detail,
    );
  });

  it('is read in a chat that trims lines and ends them its own way', () => {
    const trimmed = sample.text
      .split('\r\n')
      .map((line) => line.trim())
      .join('\n');
    expect(readPasted(trimmed)[0]?.kind).toBe(sample.kind);
  });
});

it('every command of the table has a sample and rows', () => {
  for (const command of outputCommands) {
    expect(
      [...knowledge.outputs.values()].some((row) => row.output === command && row.when.length === 0),
      command,
    ).toBe(true);
    expect(
      sampleOutputs.some((sample) => read(sample.text).form === command),
      command,
    ).toBe(true);
  }
});

it('accounts of persons on an access list stay behind', () => {
  const reading = read('C:\\data CONTOSO\\anna:(M)\r\n        BUILTIN\\Users:(RX)\r\n');
  expect(JSON.stringify(reading)).not.toMatch(/anna|CONTOSO/i);
  expect(reading.withheld).toBeGreaterThan(0);
});
