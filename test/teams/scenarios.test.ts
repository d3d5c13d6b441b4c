import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageLimitBytes, wireSize } from '../../adapters/teams/render/index.js';
import { flagship, scenarios } from '../scenarios/flagship.js';
import { cardFaults, elementsWithoutFallback } from './cards.js';
import { cardOf, playScenario, TeamsRun } from './driver.js';

let run: TeamsRun;
beforeEach(async () => {
  run = await TeamsRun.start();
});
afterEach(async () => {
  await run.stop();
  expect(nock.pendingMocks().filter((mock) => mock.includes('sharepoint'))).toEqual([]);
});

describe.each(scenarios)('the scenario $name', (scenario) => {
  it('reads as it should in Teams', async () => {
    const read = await playScenario(scenario, run);
    for (const [index, turn] of scenario.turns.entries()) {
      const answer = read[index] ?? '';
      if (turn.silent) expect(answer).toBe('');
      for (const word of turn.shows ?? []) expect(answer, `turn ${index + 1}`).toContain(word);
      for (const word of turn.hides ?? []) expect(answer, `turn ${index + 1}`).not.toContain(word);
    }
    for (const sent of run.teams.messages) {
      expect(cardFaults(cardOf(sent))).toEqual([]);
      expect(elementsWithoutFallback(cardOf(sent))).toEqual([]);
      expect(wireSize(sent.activity)).toBeLessThanOrEqual(messageLimitBytes);
      expect(sent.activity.summary).toMatch(/^\S.{10,}/s);
      expect(cardOf(sent)).toMatchObject({ fallbackText: sent.activity.summary });
    }
  });
});

it('the flagship answer as Teams shows it', async () => {
  await playScenario(flagship, run);
  // Ids of stored answers are random.
  const cards = run.teams.messages.map((sent) =>
    JSON.stringify(cardOf(sent), null, 1).replace(/"case": "[^"]+"/g, '"case": "…"'),
  );
  await expect(cards.join('\n')).toMatchFileSnapshot('../goldens/teams/flagship.json');
});
