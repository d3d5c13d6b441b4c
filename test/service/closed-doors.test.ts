import { expect, it } from 'vitest';
import { configureDoors, doorTable, listClosedDoors } from '../../src/doors.js';
import { readConfig } from '../../src/service/config.js';

it('each closed door is a check that names the setting which opens it, and breaks nothing', () => {
  const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
  const open = configureDoors(env, readConfig(env));
  const closed = listClosedDoors(open);
  const teams = closed.find(({ name }) => name === 'Teams');
  expect(teams).toMatchObject({ state: 'missing', optional: true, detail: 'closed' });
  expect(teams?.next).toContain('Set TEAMS_APP_ID (README');
  expect(closed.map(({ name }) => name)).not.toContain('Slack');
  expect(listClosedDoors([]).map(({ name }) => name)).toEqual(doorTable.map(({ title }) => title));
});
