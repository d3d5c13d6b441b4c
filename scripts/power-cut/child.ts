// One embedded engine under a stream of messages. Prints each claim at the moment a platform would be acknowledged, until it is cut off.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../src/desk/ports/message.js';
import { systemClock } from '../../src/service/clock.js';
import { openEngine } from '../../src/store/engine.js';

/** What the child prints for its parent: a message was claimed, or its answer was about to be posted. */
export type FromChild = { claimed: string } | { posting: string };

const report = (message: FromChild) => process.send?.(message);
const [dataDir = '', first = '0'] = process.argv.slice(2);
const { inbox } = await openEngine(
  { dataDir, key: Buffer.alloc(32, 1), retentionDays: 30 },
  { events: { emit: () => {} }, clock: systemClock, notice: () => {} },
);
inbox.start(async ({ key }, attempt) => {
  if ((await attempt.beginPost()) === 'go') report({ posting: key });
  return { state: 'answered', posted: { ts: key } };
});
for (let n = Number(first); ; n++) {
  const message: Message = {
    key: `cut:${n}`,
    door: 'terminal',
    tenant: 'T1',
    who: 'U1',
    where: {},
    thread: 't',
    // Long enough for a checkpoint now and then, which Postgres makes by the amount of log.
    text: randomBytes(Math.floor(Math.random() * 20_000)).toString('base64'),
    files: [],
    addressed: true,
  };
  await inbox.claim(message);
  report({ claimed: message.key });
  await sleep(10);
}
