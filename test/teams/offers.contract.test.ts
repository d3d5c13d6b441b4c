import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scriptLimitBytes, wireSize } from '../../adapters/teams/render/index.js';
import { collectScript } from '../../src/answer/collect-script.js';
import { commandsAlone, offeringLines } from '../desk/offers.js';
import {
  buttonInvoke,
  channelActivity,
  type FakeActivity,
  mention,
  personalActivity,
  type SentActivity,
} from '../fakes/teams/index.js';
import { cardElements, cardFaults, cardText } from './cards.js';
import { cardOf, knowledge, TeamsRun } from './driver.js';

let run: TeamsRun;
beforeEach(async () => {
  run = await TeamsRun.start();
});
afterEach(() => run.stop());

const here = () => run.teams.serviceUrl;

async function answerTo(activity: FakeActivity): Promise<SentActivity> {
  const before = run.teams.messages.length;
  await run.teams.deliver(activity);
  return (await run.teams.connector.waitForMessages(before + 1)).at(-1) as SentActivity;
}

describe('what is offered has buttons', () => {
  it.each(offeringLines(knowledge))('that answer in place: %s', async (_what, text) => {
    const card = cardOf(await answerTo(personalActivity(here(), { text })));
    const buttons = cardElements(card).filter(({ type, verb }) => type === 'Action.Execute' && verb !== 'show');
    expect(buttons.length).toBeGreaterThanOrEqual(2);
    for (const { verb, data } of buttons.slice(0, 3)) {
      const response = await run.teams.deliver(personalActivity(here(), buttonInvoke(String(verb), data as object)));
      const { value } = (await response.json()) as { value: unknown };
      expect(cardFaults(value)).toEqual([]);
      expect(cardText(value).length).toBeGreaterThan(cardText(card).length + 40);
    }
  });
});

describe('a command alone from the menu', () => {
  it.each([...commandsAlone, ['diagnose', /don't see a file/] as const])(
    '%s is answered in a 1:1 chat and as a new post of a channel',
    async (command, shown) => {
      expect(cardText(cardOf(await answerTo(personalActivity(here(), { text: command }))))).toMatch(shown);
      expect(cardText(cardOf(await answerTo(channelActivity(here(), mention(command)))))).toMatch(shown);
    },
  );

  it.each(['forget', 'mute', 'case'])('%s as a new post of a channel says that it needs a thread', async (command) => {
    const answer = cardText(cardOf(await answerTo(channelActivity(here(), mention(command)))));
    expect(answer).toContain('Which thread do you mean?');
  });

  it.each([
    ['forget', 'Forgotten'],
    ['mute', 'Quiet'],
  ])('%s in a thread does what it says', async (command, shown) => {
    const first = channelActivity(here(), mention('defaults'));
    await answerTo(first);
    const answer = await answerTo(channelActivity(here(), mention(command), first.id));
    expect(cardText(cardOf(answer))).toContain(shown);
  });
});

it.each([
  ['1:1 chat', (text: string) => personalActivity(here(), { text })],
  ['channel', (text: string) => channelActivity(here(), mention(text))],
])('a script is whole in one block behind its button, in a %s', async (_where, ask) => {
  const card = cardOf(await answerTo(ask('collect')));
  const button = cardElements(card).find(({ title }) => String(title).startsWith('Script'));
  const response = await run.teams.deliver(
    personalActivity(here(), buttonInvoke(String(button?.verb), button?.data as object)),
  );
  const { value } = (await response.json()) as { value: unknown };
  const scripts = cardElements(value).filter(({ type }) => type === 'CodeBlock');
  expect(scripts.map(({ codeSnippet }) => codeSnippet)).toEqual([
    collectScript(knowledge.collect.values(), { hours: 24 }).trimEnd(),
  ]);
  expect(wireSize(value)).toBeLessThanOrEqual(scriptLimitBytes);
  expect(cardFaults(value)).toEqual([]);
});
