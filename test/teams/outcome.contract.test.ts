import { afterEach, beforeEach, expect, it } from 'vitest';
import { buttonInvoke, channelActivity, mention, type SentActivity } from '../fakes/teams/index.js';
import { frebLog } from '../scenarios/logs.js';
import { cardElements, cardText } from './cards.js';
import { cardOf, TeamsRun } from './driver.js';

let run: TeamsRun;
beforeEach(async () => {
  run = await TeamsRun.start();
});
afterEach(() => run.stop());

const log = new TextDecoder().decode(frebLog());

async function diagnosed(): Promise<SentActivity> {
  await run.teams.deliver(channelActivity(run.teams.serviceUrl, mention(log)));
  const [post] = await run.teams.connector.waitForMessages(1);
  return post as SentActivity;
}

/** Returns the invoke of a button, as the client of a person sends it who has the card as it was posted. */
function pressOf(post: SentActivity, label: string) {
  const button = cardElements(cardOf(post)).find((e) => e.title === label);
  const root = post.conversation.split('messageid=')[1];
  return channelActivity(
    run.teams.serviceUrl,
    buttonInvoke(String(button?.verb), button?.data as object, post.id),
    root as string,
  );
}

it('"This fixed it" is shown to everyone on the card, and three people who press get no further post', async () => {
  const post = await diagnosed();
  for (let person = 0; person < 3; person++) await run.teams.deliver(pressOf(post, 'This fixed it'));
  const [, ...others] = run.teams.messages;
  expect(others.map(({ method, id }) => [method, id])).toEqual(Array(3).fill(['PUT', post.id]));
  const shown = cardText(cardOf(others.at(-1) as SentActivity));
  expect(shown).toMatch(/^✅ /);
  expect(shown.match(/marked it as fixed/g)).toHaveLength(1);
  expect(shown).not.toContain('[This fixed it]');
  expect(new Set(others.map((one) => JSON.stringify(cardOf(one)))).size).toBe(1);
});

it('a card that a client of an older kind pressed is edited too', async () => {
  const post = await diagnosed();
  const button = cardElements(cardOf(post)).find((e) => e.title === 'Not it');
  const root = post.conversation.split('messageid=')[1] as string;
  const value = { verb: button?.verb, ...(button?.data as object) };
  await run.teams.deliver(channelActivity(run.teams.serviceUrl, { text: undefined, value, replyToId: post.id }, root));
  const messages = await run.teams.connector.waitForMessages(3);
  expect(messages.filter(({ method }) => method === 'PUT').map(({ id }) => id)).toEqual([post.id]);
  expect(messages.map((one) => cardText(cardOf(one))).join('\n')).toContain('Not it? What was it?');
});
