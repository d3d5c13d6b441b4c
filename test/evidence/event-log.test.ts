import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLogFile } from '../../src/evidence/events/evtx/event-log.js';
import { findXmlEvents } from '../../src/evidence/events/forms/event-xml.js';
import { readEvidence } from '../../src/evidence/read.js';
import { eventForms, moduleStory, type SampleEvent } from '../generator/evidence/events.js';
import { eventLogFile } from '../generator/evidence/evtx.js';
import { fact, facts } from './facts.js';

const [, crash] = moduleStory;
/** Returns enough events to fill several chunks. */
const many = (count: number): SampleEvent[] =>
  Array.from({ length: count }, (_, i) => ({
    ...moduleStory[i % 3]!,
    time: new Date(Date.UTC(2026, 5, 8) + i * 1000).toISOString().slice(0, 19),
  }));
const eventsOf = (bytes: Uint8Array) => [...new EventLogFile(bytes).events()];
/** Returns the facts of an event without its sentence, which binary logs never hold. */
const contents = ({ id, provider, time, computer, data, plain, binary }: ReturnType<typeof eventsOf>[number]) =>
  JSON.stringify([id, provider, time, computer, [...data], plain.filter((value) => value !== ''), binary ?? '']);

describe('a binary event log (.evtx)', () => {
  it('reads as the XML of the same events does', () => {
    const evtx = readEvidence('System.evtx', eventLogFile(moduleStory));
    const xml = readEvidence('events.xml', Buffer.from(eventForms['wevtutil XML']!(moduleStory)));
    expect(evtx).toMatchObject({ kind: 'event-export', form: 'windows-evtx', damage: [] });
    const factsOf = (r: typeof evtx) => r.observations.filter(({ name }) => name !== 'event.message');
    expect(factsOf(evtx)).toEqual(factsOf(xml));
  });

  it('holds names and templates once for each chunk, however many chunks there are', () => {
    const log = eventLogFile(many(2000));
    expect(log.length).toBeGreaterThan(4096 + 3 * 65_536);
    const events = eventsOf(log);
    expect(events.map(({ number }) => number)).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
    expect(events.at(-1)).toMatchObject({ id: moduleStory[1999 % 3]!.id, time: '2026-06-08T00:33:19Z' });
  });

  it('has the error number of the binary data', () => {
    const log = eventLogFile([{ ...crash!, provider: 'W3SVC-WP', id: 2303, data: ['shop'], binary: '02000780' }]);
    expect(fact(readEvidence('Application.evtx', log), 'event.code')).toBe('0x80070002');
  });

  it('events of logs that do not concern IIS are counted, and nothing of them is kept', () => {
    const sysmon = { ...crash!, channel: 'Microsoft-Windows-Sysmon/Operational', data: { Image: 'C:\\secret.exe' } };
    const r = readEvidence('mixed.evtx', eventLogFile([sysmon, ...moduleStory, sysmon]));
    expect(facts(r, 'event.id')).toEqual([2280, 5009, 5002]);
    expect(fact(r, 'events.left-out')).toBe(2);
    expect(fact(r, 'events.other-logs')).toEqual(['Microsoft-Windows-Sysmon/Operational']);
    expect(JSON.stringify(r)).not.toContain('secret');
  });

  it('a thousand different failures of a page do not hide the crash behind them', () => {
    const failures = Array.from({ length: 6000 }, (_, i) => ({
      ...crash!,
      provider: 'ASP.NET 4.0.30319.0',
      id: 1309,
      data: [...Array.from({ length: 17 }, () => '3005'), 'InvalidOperationException', `order no ${i} is odd`],
    }));
    const r = readEvidence('Application.evtx', eventLogFile([...failures, crash!]));
    expect(facts(r, 'event.id')).toContain(5009);
    expect(facts(r, 'event.id').filter((id) => id === 1309).length).toBeLessThan(300);
    expect(facts(r, 'event.count')).toEqual([5800]);
  });

  it('an empty log is read', () => {
    const r = readEvidence('System.evtx', eventLogFile([]));
    expect(r).toMatchObject({ kind: 'event-export', damage: [] });
    expect(fact(r, 'events.count')).toBe(0);
  });
});

describe('a damaged or hostile event log', () => {
  const whole = eventLogFile(many(1000));
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(whole);
    change(bytes);
    return bytes;
  };
  /** Place of the first template of the first chunk: behind the heads of record, fragment and instance. */
  const instance = 4096 + 512 + 24 + 4;

  it('a cut-off log is reported as such, and the rest is read', () => {
    const r = readEvidence('cut.evtx', whole.subarray(0, 4096 + 65_536 + 20_000));
    expect(r.damage).toContain('cut-off');
    expect(fact(r, 'events.count')).toBeGreaterThan(200);
    const first = readEvidence('cut.evtx', whole.subarray(0, 2000));
    expect(first).toMatchObject({ kind: 'unknown', refusal: 'binary-events' });
  });

  it('a damaged chunk is left out and counted', () => {
    const r = readEvidence(
      'chunk.evtx',
      changed((bytes) => bytes.fill(0x55, 4096, 5000)),
    );
    expect(r.damage).toEqual(['malformed']);
    expect(fact(r, 'events.damaged')).toBe(1);
    expect(fact(r, 'events.count')).toBeGreaterThan(200);
  });

  it('behind a damaged record the next one is found', () => {
    const second = 4096 + 512 + whole.readUInt32LE(4096 + 512 + 4);
    const log = new EventLogFile(changed((bytes) => bytes.writeUInt32LE(0xffff_ffff, second + 4)));
    expect([...log.events()]).toHaveLength(999);
    expect(log.damaged).toBe(1);
  });

  it.each([
    ['a template that points at itself', (b: Buffer) => b.writeUInt32LE(512 + 24 + 4, instance + 6)],
    ['a template beyond the chunk', (b: Buffer) => b.writeUInt32LE(0xffff_fff0, instance + 6)],
    ['a template longer than the chunk', (b: Buffer) => b.writeUInt32LE(0x7fff_ffff, instance + 10 + 20)],
    ['an element name at the end of the chunk', (b: Buffer) => b.writeUInt32LE(65_534, instance + 10 + 24 + 4 + 7)],
  ])('%s costs only the records that use it', (_name, change) => {
    const log = new EventLogFile(changed(change));
    const events = [...log.events()];
    expect(log.damaged).toBeGreaterThan(0);
    expect(events.length + log.damaged).toBe(1000);
    expect(events.length).toBeGreaterThan(500);
  });

  it('stops at more values than bytes, elements without an end, and values in values', () => {
    const huge = changed((bytes) => {
      for (let at = 4096 + 512; at < bytes.length - 4; at += 97) bytes.writeUInt32LE(0xffff_ffff, at);
    });
    expect(readEvidence('huge.evtx', huge).damage).toContain('malformed');
    const nested = changed((bytes) => bytes.fill(Buffer.from([0x01, 0xff, 0xff, 0, 0, 0, 0, 0x10, 0x02, 0, 0]), 4640));
    expect(readEvidence('nested.evtx', nested).kind).toBe('event-export');
  });

  it('with changed bytes is read, or refused with a reason', () => {
    const small = eventLogFile(many(12)).subarray(0, 4096 + 8192);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(small.length - 5), fc.nat(0xffff_ffff)), { minLength: 1, maxLength: 30 }),
        fc.nat(small.length),
        (changes, length) => {
          const bytes = Buffer.from(small);
          for (const [at, value] of changes) bytes.writeUInt32LE(value, at);
          bytes.write('ElfFile\0', 'latin1');
          const { kind, refusal } = readEvidence('x.evtx', bytes.subarray(0, Math.max(8, length)));
          expect(['event-export', 'binary-events']).toContain(refusal ?? kind);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('an event log of Windows Server 2003 is refused by its name', () => {
    const old = Buffer.concat([Buffer.from([0x30, 0, 0, 0]), Buffer.from('LfLe'), Buffer.alloc(200)]);
    expect(readEvidence('old.evt', old)).toMatchObject({
      refusal: 'binary-events',
      looksLike: 'an event log of Windows Server 2003 or older (.evt)',
    });
  });
});

const tool = spawnSync('evtxexport', ['-V']).status === 0;

describe.skipIf(!tool)('evtxexport of libevtx (Debian: libevtx-utils; skipped where it is not installed)', () => {
  it('reads the generated files as our reader does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'frebot-evtx-'));
    try {
      const file = join(folder, 'generated.evtx');
      const log = eventLogFile([...many(700), { ...crash!, data: ['a', '<b>'], binary: '0200078001' }]);
      writeFileSync(file, log);
      const { stdout, status } = spawnSync('evtxexport', ['-f', 'xml', file], { encoding: 'utf8', maxBuffer: 1e9 });
      expect(status).toBe(0);
      expect([...findXmlEvents(stdout)].map(contents)).toEqual(eventsOf(log).map(contents));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
