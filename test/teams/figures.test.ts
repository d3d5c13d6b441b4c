import { setTimeout } from 'node:timers/promises';
import nock from 'nock';
import { expect, it } from 'vitest';
import { renderCards, wireSize } from '../../adapters/teams/render/index.js';
import { gallery } from '../../src/questions/gallery.js';
import { type GraphFile, serveMessage, serveShare } from '../fakes/teams/graph.js';
import { channelActivity, fileStubs, mention, team } from '../fakes/teams/index.js';
import { frebLog } from '../scenarios/logs.js';
import { cardFaults, elementsWithoutFallback } from './cards.js';
import { knowledge, TeamsRun } from './driver.js';

// The times are printed and not asserted, because machines differ and are busy.
const percentile = (values: number[], p: number) => values.sort((a, b) => a - b)[Math.floor(values.length * p)] ?? 0;
const report = (line: string) => process.stdout.write(`      ${line}\n`);

// A thousand of them with FREBOT_FIGURES=1; fewer in the everyday run.
const count = process.env.FREBOT_FIGURES ? 1000 : 200;

it(`${count} activities with repeated deliveries are each answered once`, async () => {
  const run = await TeamsRun.start();
  const token = `Bearer ${await run.teams.identity.token(run.teams.serviceUrl)}`;
  const activities = Array.from({ length: count }, () =>
    channelActivity(run.teams.serviceUrl, mention('explain 500.19')),
  );
  // Every fifth is delivered again, half of those while the first delivery is still under way.
  const queue = activities
    .flatMap((a, i) => (i % 5 ? [a] : i % 10 ? [a, a] : [a]))
    .concat(activities.filter((_, i) => i % 10 === 0));
  const took: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < queue.length) {
      const activity = queue[next++] as object;
      const start = performance.now();
      const response = await run.teams.deliver(activity, token);
      took.push(performance.now() - start);
      expect(response.status).toBe(200);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  await run.teams.connector.waitForMessages(count);
  await setTimeout(200);
  const threads = run.teams.messages.map((m) => m.conversation);
  const asked = activities.map((a) => (a.conversation as { id: string }).id);
  expect(threads.toSorted()).toEqual(asked.toSorted());
  const [p50, p99] = [percentile(took, 0.5), percentile(took, 0.99)];
  report(`turn acknowledged: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (${took.length} deliveries)`);
  await run.stop();
});

it('a dropped log of 250 KB is answered through Graph', async () => {
  const run = await TeamsRun.start();
  const log: GraphFile = {
    id: '1c2d3e4f-0000-4000-8000-00000000f11e',
    name: 'fr000032.xml',
    bytes: frebLog({ filler: 250_000 }),
  };
  expect(log.bytes.length).toBeGreaterThan(250_000);
  const took: number[] = [];
  for (let i = 1; i <= 15; i++) {
    const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id) });
    serveMessage(`/teams/${team.group}/channels/${encodeURIComponent(team.thread)}/messages/${activity.id}`, [log]);
    serveShare(log);
    const start = performance.now();
    await run.teams.deliver(activity);
    await run.teams.connector.waitForMessages(i);
    took.push(performance.now() - start);
  }
  const p50 = percentile(took, 0.5);
  report(`drop to answer, 250 KB through Graph: p50 ${p50.toFixed(0)} ms`);
  await run.stop();
  expect(nock.pendingMocks()).toEqual([]);
});

it('every answer of the gallery is one valid card below the limit', () => {
  let largest = 0;
  const all = gallery(knowledge);
  expect(all.length).toBeGreaterThan(10);
  for (const { name, answer } of all) {
    const made = renderCards({ ...answer, case: 'case-of-16-chars' });
    expect(made, name).toHaveLength(1);
    expect(cardFaults(made[0]), name).toEqual([]);
    expect(elementsWithoutFallback(made[0]), name).toEqual([]);
    largest = Math.max(largest, ...made.map(wireSize));
  }
  report(`largest card of ${all.length} answers: ${(largest / 1024).toFixed(1)} KB as Teams counts`);
  expect(largest).toBeLessThanOrEqual(25 * 1024);
});
