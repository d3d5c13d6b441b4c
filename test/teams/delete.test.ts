import { afterEach, beforeEach, expect, it } from 'vitest';
import { NotingDesk } from '../fakes/teams/desk.js';
import { FakeTeams, inChannel, mentioning, personal } from '../fakes/teams/index.js';

let desk: NotingDesk;
let teams: FakeTeams;
beforeEach(async () => {
  desk = new NotingDesk();
  teams = await FakeTeams.start(desk);
});
afterEach(() => teams.stop());

it.each([
  ['a 1:1 chat', () => personal(teams.serviceUrl, { text: 'hello' })],
  ['a channel', () => inChannel(teams.serviceUrl, mentioning('hello'))],
])('a message deleted in %s is forgotten under the key it came with', async (_where, say) => {
  const said = say();
  await teams.deliver(said);
  const response = await teams.deliver({ ...said, type: 'messageDelete', text: undefined });
  expect(response.status).toBe(200);
  expect(desk.forgotten).toEqual([desk.heard[0]?.key]);
  expect(desk.heard).toHaveLength(1);
});

it('an odd deletion is let be', async () => {
  const { id: _, ...odd } = personal(teams.serviceUrl, { type: 'messageDelete' });
  expect((await teams.deliver(odd as never)).status).toBe(200);
  expect(desk.forgotten).toEqual([]);
});
