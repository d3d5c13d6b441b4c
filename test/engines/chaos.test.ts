import { expect, it } from 'vitest';
import { chaos } from '../../scripts/chaos/run.js';

// A short form of `npm run chaos`: the same processes, fewer messages.
it.each([
  ['one process on the embedded engine', { replicas: 0, engineRestarts: 0 }],
  ['two processes on a server that restarts', { replicas: 2, engineRestarts: 1 }],
])(
  'kill -9 at random: nothing that was acknowledged is lost, nothing twice without saying so: %s',
  async (_what, engine) => {
    const figures = await chaos({ ...engine, messages: 80, rate: 8, killEvery: 5, say: () => {} });
    expect(figures.kills).toBeGreaterThan(0);
    expect(figures.engineRestarts).toBe(engine.engineRestarts);
    expect(figures.broken).toEqual([]);
    expect(Object.values(figures.fates).filter(({ acknowledged }) => acknowledged === 0)).toEqual([]);
  },
  300_000,
);
