import { afterEach, expect, it } from 'vitest';
import { installedScopes } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, SlackRun, wholeDesk } from './driver.js';

// By default quick; FIGURES=1 measures with the numbers that docs/slack.md quotes. Times are printed, not judged.
const figures = process.env.FIGURES !== undefined;

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

// The limits of an hour would answer most of these with a request for patience.
const boundless = { questions: 1e9, bytes: 1e12, readingMs: 1e12 };
const desk = () => wholeDesk(undefined, { user: boundless, channel: boundless, workspace: boundless });

const median = (numbers: number[], share = 0.5) =>
  [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] as number;
const ms = (number: number) => `${number.toFixed(1)} ms`;

/** The same shuffle every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A log of about so many bytes. */
const logOf = (bytes: number) => frebLog({ url: `http://web03:80/${'x'.repeat(Math.floor(bytes / 2))}` });

it.each([
  ['the full manifest', undefined],
  ['the base manifest', installedScopes],
])(
  'with %s: messages with twins, each delivered one to four times in any order: none lost, none answered twice',
  async (name, scopes) => {
    run = await SlackRun.start({ desk: desk(), transport: 'http', ackMs: 30_000, ...(scopes && { scopes }) });
    const count = figures ? 1000 : 100;
    const next = random(7);
    const posts = Array.from({ length: count }, (_, n) => {
      const files = n % 10 === 0 ? [{ name: 'fr000032.xml', bytes: frebLog() }] : [];
      const times = 1 + Math.floor(next() * 4);
      return run.slack.post('C0OPS', mention('explain 0x80070542'), { files, times, after: () => next() * count });
    });
    await Promise.all(posts.map(({ done }) => done));
    // Four are worked on at a time, so the last waits for all before it; looking too often would only slow them down.
    const unanswered = () => posts.filter(({ ts }) => run.slack.answers('C0OPS', ts).length === 0);
    for (let waited = 0; waited < 300 && unanswered().length > 0; waited++) {
      await new Promise((settled) => setTimeout(settled, 500));
    }
    await new Promise((settled) => setTimeout(settled, 500));
    const counts = posts.map(({ ts }) => run.slack.answers('C0OPS', ts).length);
    const lost = counts.filter((n) => n === 0).length;
    const twice = counts.filter((n) => n > 1).length;
    console.info(
      `${name}: ${count} messages, ${run.slack.deliveries.length} deliveries, ${lost} lost, ${twice} answered twice`,
    );
    expect([lost, twice]).toEqual([0, 0]);
    // Thousands of events in one second, with their sender in this process, are not all acknowledged in time; Slack
    // delivers those again, and all the same nothing is lost or answered twice.
    if (!figures) expect(run.slack.deliveries.filter(({ attempts }) => attempts > 1)).toEqual([]);
  },
  300_000,
);

it('acknowledges quickly while it diagnoses', async () => {
  run = await SlackRun.start({ desk: desk() });
  const count = figures ? 1000 : 100;
  const posts: ReturnType<typeof run.slack.post>[] = [];
  for (let n = 0; n < count; n++) {
    // A diagnosis is always under way.
    if (n % 25 === 0)
      posts.push(run.slack.post('D0ANNA', '', { files: [{ name: 'fr000001.xml', bytes: logOf(250_000) }] }));
    await run.slack.say('C0OPS', n % 2 ? mention('explain 0x80070542') : 'people talking to each other');
  }
  await Promise.all(posts.map(({ done }) => done));
  const took = run.slack.deliveries.map(({ tookMs }) => tookMs);
  for (const { ts } of posts) await run.slack.answer('D0ANNA', ts);
  console.info(
    `${took.length} acknowledgements while diagnosing: p50 ${ms(median(took))}, p99 ${ms(median(took, 0.99))}`,
  );
}, 300_000);

it('answers an upload soon', async () => {
  run = await SlackRun.start({ desk: desk(), transport: 'http' });
  const times: number[] = [];
  const bytes = logOf(250_000);
  for (let n = 0; n < (figures ? 60 : 6); n++) {
    const started = performance.now();
    const { ts, done } = run.slack.post('D0ANNA', '', { files: [{ name: 'fr000001.xml', bytes }] });
    await run.slack.answer('D0ANNA', ts);
    times.push(performance.now() - started);
    await done;
  }
  // The first one warms up.
  const took = times.slice(1);
  console.info(`upload to answer, ${bytes.length} bytes: p50 ${ms(median(took))}, p99 ${ms(median(took, 0.99))}`);
}, 300_000);
