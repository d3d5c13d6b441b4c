import { expect, it } from 'vitest';
import type { WorkOutcome } from '../../src/desk/ports/inbox.js';
import { systemClock } from '../../src/service/clock.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { message } from '../desk/support.js';
import { until } from './contract.js';

it('an overheard message that failed, say over a limit, does not take the addressed one with it', async () => {
  const inbox = new MemoryInbox({ emit: () => undefined }, systemClock);
  const worked: boolean[] = [];
  inbox.start(async ({ addressed }): Promise<WorkOutcome> => {
    worked.push(addressed);
    return addressed ? { state: 'answered' } : { state: 'failed', code: 'rate-limited' };
  });
  const addressed = message();
  await inbox.claim({ ...addressed, addressed: false });
  await until(() => worked.length === 1);
  await inbox.claim(addressed);
  await until(() => worked.length === 2);
  expect(worked).toEqual([false, true]);
});
