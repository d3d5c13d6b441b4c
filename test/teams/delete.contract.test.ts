import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecordingDesk } from '../fakes/teams/desk.js';
import { channelActivity, FakeTeams, mention, personalActivity } from '../fakes/teams/index.js';

let desk: RecordingDesk;
let teams: FakeTeams;
beforeEach(async () => {
  desk = new RecordingDesk();
  teams = await FakeTeams.start(desk);
});
afterEach(() => teams.stop());

it.each([
  ['a 1:1 chat', () => personalActivity(teams.serviceUrl, { text: 'hello' })],
  ['a channel', () => channelActivity(teams.serviceUrl, mention('hello'))],
])('a message deleted in %s is forgotten under the key it came with', async (_where, activity) => {
  const sent = activity();
  await teams.deliver(sent);
  const response = await teams.deliver({ ...sent, type: 'messageDelete', text: undefined });
  expect(response.status).toBe(200);
  expect(desk.deletedKeys).toEqual([desk.messages[0]?.key]);
  expect(desk.messages).toHaveLength(1);
});

it('a deletion without an id is ignored', async () => {
  const { id: _, ...odd } = personalActivity(teams.serviceUrl, { type: 'messageDelete' });
  expect((await teams.deliver(odd as never)).status).toBe(200);
  expect(desk.deletedKeys).toEqual([]);
});
