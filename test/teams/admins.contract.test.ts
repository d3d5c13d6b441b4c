import { afterEach, expect, it } from 'vitest';
import { buttonInvoke, person, personalActivity } from '../fakes/teams/index.js';
import { cardText } from './cards.js';
import { cardOf, TeamsRun } from './driver.js';

let run: TeamsRun;
afterEach(() => run.stop());

const settings = { adminCommands: ['forget', 'defaults'] };
const denied = 'it is for administrators';

async function answerTo(text: string): Promise<string> {
  const before = run.teams.messages.length;
  await run.teams.deliver(personalActivity(run.teams.serviceUrl, { text }));
  await run.teams.connector.waitForMessages(before + 1);
  return cardText(cardOf(run.teams.messages.at(-1) as never));
}

it('commands for administrators are denied to others, as words and as a button', async () => {
  run = await TeamsRun.start({ settings: { ...settings, admins: ['00000000-0000-0000-0000-000000000000'] } });
  expect(await answerTo('explain 500.19')).not.toContain(denied);
  for (const text of ['forget', '/forget', 'delete']) expect(await answerTo(text)).toContain(denied);
  await answerTo('help');
  const card = JSON.stringify(cardOf(run.teams.messages.at(-1) as never));
  const caseId = /"case":"([^"]+)"/.exec(card)?.[1];
  const pressed = await run.teams.deliver(
    personalActivity(run.teams.serviceUrl, buttonInvoke('defaults', { case: caseId })),
  );
  expect(JSON.stringify(await pressed.json())).toContain(denied);
});

it('commands for administrators are answered for administrators on the list', async () => {
  run = await TeamsRun.start({ settings: { ...settings, admins: [person.aadObjectId.toUpperCase()] } });
  expect(await answerTo('forget')).toContain('Forgotten');
});
