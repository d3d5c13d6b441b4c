import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/service/clock.js';
import { type Engine, openEngine } from '../src/store/engine.js';

/** Opens the embedded database in a folder, and creates it on first use. */
export function openCrashDatabase(dataDir: string): Promise<Engine> {
  const settings = { dataDir, key: Buffer.alloc(32, 1), retentionDays: 30 };
  return openEngine(settings, { events: { emit: () => undefined }, clock: systemClock, notice: () => undefined });
}

/**
 * Makes a folder with an empty database for tests that kill a process. One file shares one database, because creating it takes
 * three times as long as starting Frebot over it.
 */
export async function makeCrashDatabase(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'frebot-crash-'));
  await (await openCrashDatabase(folder)).close();
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
