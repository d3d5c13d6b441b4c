import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownFolder, serve } from './served.js';

const data = join(ownFolder(), 'data');

it('one process a directory; a stop in order and a kill are both survived', async () => {
  const first = await serve(data);
  expect(await first.open()).toContainEqual(expect.objectContaining({ name: 'database', state: 'ok' }));
  expect(first.said.out).toMatch(/^Creating the embedded database in /);

  const second = await serve(data);
  expect(await second.exit).toBe(2);
  expect(second.said.error).toMatch(/^frebot: FREBOT_DATA .* is in use by another Frebot on this machine; .*\n$/);

  first.child.kill('SIGTERM');
  expect(await first.exit).toBe(0);
  expect(first.said.error).toBe('');

  const third = await serve(data);
  await third.open();
  expect(third.said.out).not.toMatch(/Creating/);
  third.child.kill('SIGKILL');
  await third.exit;

  const fourth = await serve(data);
  await fourth.open();
  fourth.child.kill('SIGINT');
  expect(await fourth.exit).toBe(0);
});

it('a database that is not there stops the start with one sentence, and without the password', async () => {
  const lost = await serve(data, { DATABASE_URL: 'postgres://frebot:hidden@127.0.0.1:1/frebot' });
  expect(await lost.exit).toBe(2);
  expect(lost.said.error).toMatch(/^frebot: DATABASE_URL leads to no Postgres .*\n$/);
  expect(lost.said.error).not.toContain('hidden');
});
