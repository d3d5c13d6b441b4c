import { describe, expect, it } from 'vitest';
import { CauseMutes } from '../../src/desk/cause-mutes.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import { memoryVault } from '../../src/store/vault.js';

const dayMs = 86_400_000;

describe('muted causes', () => {
  let now = Date.parse('2026-06-08T20:00:00Z');
  const clock: Clock = { now: () => new Date(now), sleep: async () => undefined };
  const causesOf = async (mutes: CauseMutes, tenant: string) => (await mutes.list(tenant)).map(({ cause }) => cause);

  it('outlive a restart, belong to a tenant, and end after a week', async () => {
    const vault = memoryVault();
    const before = new CauseMutes(clock, vault);
    await Promise.all([
      before.mute('file-not-found', 'T1', 'U1'),
      before.mute('slow-request', 'T1', 'U1'),
      before.mute('file-not-found', 'T2', 'U2'),
    ]);
    const after = new CauseMutes(clock, vault);
    expect(await causesOf(after, 'T1')).toEqual(['file-not-found', 'slow-request']);
    await after.unmute('file-not-found', 'T1');
    expect(await causesOf(before, 'T1')).toEqual(['slow-request']);
    expect(await causesOf(before, 'T2')).toEqual(['file-not-found']);
    now += 6 * dayMs;
    expect(await causesOf(before, 'T2')).toEqual(['file-not-found']);
    now += 2 * dayMs;
    expect(await causesOf(before, 'T2')).toEqual([]);
  });
});
