import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Reading } from '../../src/evidence/evidence.js';
import { createIntake } from '../../src/intake/intake.js';
import { sizeLimits } from '../../src/intake/limits.js';
import { builtProgram } from '../built-program.js';
import { moduleStory } from '../generator/evidence/events.js';
import { eventLogFile } from '../generator/evidence/evtx.js';
import { frebLog } from '../scenarios/logs.js';
import { zipOf } from './zips.js';

const log = frebLog();
const large = frebLog({ filler: sizeLimits.threadBytes + 1 });
const kinds = ({ readings }: { readings: Reading[] }) =>
  readings.map(({ file, kind, refusal }) => [file, refusal ?? kind]);
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((intake) => intake.close())));
function intakeWith(options: Parameters<typeof createIntake>[0]) {
  const intake = createIntake({ workers: 1, ...options });
  open.push(intake);
  return intake;
}

const usual = intakeWith({});

it('reads a large file and a large entry the same as a small intake does in place', async () => {
  const zip = await zipOf({
    'fr1.xml': log,
    'fr2.xml': large,
    'notes.bin': Buffer.alloc(sizeLimits.threadBytes + 1, 0xe7),
  });
  const inputs = () => [
    { name: 'large.xml', bytes: large },
    { name: 'a.zip', bytes: zip },
  ];
  const apart = await usual.read(inputs());
  expect(apart).toEqual(await intakeWith({ workers: 0 }).read(inputs()));
  expect(kinds(apart)).toEqual([
    ['large.xml', 'freb-log'],
    ['a.zip/fr1.xml', 'freb-log'],
    ['a.zip/fr2.xml', 'freb-log'],
  ]);
  expect(apart.skipped).toBe(1);
});

it('refuses a file that takes too much memory, and reads the others and the next', async () => {
  // Less than the process needs without a file: every file is too much.
  const tight = intakeWith({ memoryBytes: 8 * 1024 * 1024 });
  const zip = await zipOf({ 'fr1.xml': log, 'fr2.xml': large, 'fr3.xml': log });
  const expected = [
    ['a.zip/fr1.xml', 'freb-log'],
    ['a.zip/fr2.xml', 'too-much-memory'],
    ['a.zip/fr3.xml', 'freb-log'],
  ];
  expect(kinds(await tight.read([{ name: 'a.zip', bytes: zip }]))).toEqual(expected);
  expect(kinds(await tight.read([{ name: 'a.zip', bytes: zip }]))).toEqual(expected);
});

it('refuses a file that takes too much time', async () => {
  const hasty = intakeWith({ readMs: 1 });
  expect(kinds(await hasty.read([{ name: 'a.xml', bytes: large }]))).toEqual([['a.xml', 'took-too-long']]);
});

it('reads a binary event log of any size in a process of its own, alone, in a zip and in a folder', async () => {
  const evtx = eventLogFile(moduleStory);
  const other = eventLogFile([{ ...moduleStory[0]!, channel: 'Microsoft-Windows-Sysmon/Operational' }]);
  const zip = await zipOf({ 'System.evtx': evtx, 'Sysmon.evtx': other, 'fr1.xml': log });
  const folder = mkdtempSync(join(tmpdir(), 'frebot-'));
  try {
    writeFileSync(join(folder, 'System.evtx'), evtx);
    const inputs = () => [
      { name: 'System.evtx', bytes: evtx },
      { name: 'a.zip', bytes: zip },
      { name: 'logs', path: folder },
    ];
    // What says nothing about IIS is left out of a bundle.
    const expected = [
      ['System.evtx', 'event-export'],
      ['a.zip/System.evtx', 'event-export'],
      ['a.zip/fr1.xml', 'freb-log'],
      ['logs/System.evtx', 'event-export'],
    ];
    expect(kinds(await usual.read(inputs()))).toEqual(expected);
    expect(kinds(await intakeWith({ workers: 0 }).read(inputs()))).toEqual(expected);
    const tight = intakeWith({ memoryBytes: 8 * 1024 * 1024 });
    const refused = expected.map(([name, kind]) => [name, kind === 'event-export' ? 'too-much-memory' : kind]);
    const apart = kinds(await tight.read(inputs())).filter(([name]) => !name?.endsWith('Sysmon.evtx'));
    expect(apart).toEqual(refused);
    expect(kinds(await tight.read([{ name: 'a.evtx', path: join(folder, 'System.evtx') }]))).toEqual([
      ['a.evtx', 'too-much-memory'],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('compares large logs, too', async () => {
  const { readings, comparison } = await usual.compare(
    { name: 'bad.xml', bytes: large },
    { name: 'good.xml', bytes: log },
  );
  expect(kinds({ readings })).toEqual([
    ['bad.xml', 'freb-log'],
    ['good.xml', 'freb-log'],
  ]);
  expect(comparison.readable).toEqual({ bad: true, good: true });
});

it('lets the program end with 0 after a good answer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frebot-'));
  try {
    const file = join(folder, 'large.xml');
    writeFileSync(file, large);
    const { status, stdout, stderr } = spawnSync(process.execPath, [builtProgram, 'diagnose', file], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('0x80070542');
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
