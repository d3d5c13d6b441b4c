import { afterEach, describe, expect, it } from 'vitest';
import { flagship, scenarios } from '../scenarios/flagship.js';
import { play, SlackRun, transports } from './driver.js';

let run: SlackRun | undefined;
afterEach(async () => {
  await run?.stop();
  run?.slack.verify();
  run = undefined;
});

describe.each(transports)('a scenario over %s', (transport) => {
  it.each(scenarios)('reads as it should: $name', async (scenario) => {
    run = await SlackRun.start({ transport });
    const read = await play(scenario, run);
    for (const [index, turn] of scenario.turns.entries()) {
      const answer = read[index] ?? '';
      if (turn.silent) expect(answer).toBe('');
      for (const word of turn.shows ?? []) expect(answer, `turn ${index + 1}`).toContain(word);
      expect(live(run)).toEqual([]);
      for (const word of turn.hides ?? []) expect(answer, `turn ${index + 1}`).not.toContain(word);
    }
  });
});

/** Returns posted text that would mention a person, link away or look like Frebot's own words although it is from a log. */
function live(run: SlackRun): string[] {
  return run.slack.state.messages
    .filter(({ bot_id }) => bot_id)
    .flatMap(({ text, blocks }) => [text, JSON.stringify(blocks ?? [])])
    .flatMap(
      (json) => json.match(/"type":"(user|usergroup|broadcast|channel)"|"url":"[^"]*evil[^"]*"|^[^[].*<[!@#].*/g) ?? [],
    );
}

it('the flagship answer as Slack shows it', async () => {
  run = await SlackRun.start();
  await play(flagship, run);
  const posts = run.slack.state.calls
    .filter(({ method }) => method === 'chat.postMessage')
    .map(({ args: { text, blocks } }) => ({ text, blocks }));
  // Ids of stored answers are random.
  const json = JSON.stringify(posts, null, 1).replace(/\{\\"case\\":\\"[^"\\]+/g, '{\\"case\\":\\"…');
  await expect(`${json}\n`).toMatchFileSnapshot('../goldens/slack/flagship.json');
});
