import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeConnector, FakeIdentity, personalActivity } from '../fakes/teams/index.js';
import { ownFolder, serve } from './served.js';

const fault = resolve(import.meta.dirname, 'fault.mjs');
// One database for both: its creation takes longer than the rest.
const data = join(ownFolder(), 'data');
let teams: FakeConnector;
beforeAll(async () => {
  teams = await new FakeConnector(await FakeIdentity.create()).start();
});
afterAll(() => teams.stop());

it.each(['exception', 'rejection'])(
  'an uncaught %s is logged without its words and ends the process in order; the next one answers what was claimed',
  async (nature) => {
    const before = teams.messages.length;
    // Teams is away, so that the message is still in hand when it happens.
    teams.failures = Array.from({ length: 1_000 }, () => ({ status: 503 }));
    const first = await serve(data, { NATURE: nature }, { preload: fault });
    await first.open();
    const question = personalActivity(teams.serviceUrl, { text: 'who holds SeImpersonatePrivilege by default?' });
    const delivered = await fetch(`${first.address}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
    expect(delivered.status).toBe(200);
    first.child.kill('SIGUSR2');
    expect(await first.exit).toBe(1);
    const logged = first.said.error
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string; msg: string });
    expect(logged).toContainEqual(expect.objectContaining({ level: 'fatal', msg: 'uncaught-failure' }));
    expect(first.said.error).not.toContain('ZqFault1122');
    expect(first.said.error).not.toContain('stop-');
    expect(teams.messages.length).toBe(before);

    teams.failures = [];
    const next = await serve(data);
    await teams.waitForMessages(before + 1);
    next.child.kill('SIGTERM');
    expect(await next.exit).toBe(0);
    expect(teams.messages.length).toBe(before + 1);
    expect(JSON.stringify(teams.messages.at(-1))).toContain('Administrators');
  },
);
