import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Disk } from '../../src/store/disk.js';

// That the bytes are really there after a power cut is what `npm run power-cut` shows; it needs its own file system.

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'frebot-disk-'));
  mkdirSync(join(dir, 'pg_wal'));
  writeFileSync(join(dir, 'pg_wal', '000000010000000000000001'), 'a');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('answers every caller that waits, also those that come while a round is under way', async () => {
  const disk = new Disk(dir);
  const first = Array.from({ length: 5 }, () => disk.log());
  await new Promise(setImmediate);
  writeFileSync(join(dir, 'pg_wal', '000000010000000000000002'), 'b');
  await Promise.all([...first, disk.log(), disk.log()]);
  await disk.log();
});

it('says when it cannot, and goes on when it can again', async () => {
  const disk = new Disk(dir);
  await disk.log();
  rmSync(join(dir, 'pg_wal'), { recursive: true });
  await expect(disk.log()).rejects.toThrow(/ENOENT/);
  mkdirSync(join(dir, 'pg_wal'));
  await disk.log();
});
