import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtKnowledge } from '../built-knowledge.js';
import { commandsAlone, offeringLines } from '../desk/offers.js';
import { buttonsOf, type FakeMessage, readable } from '../fakes/slack/index.js';
import { mention, openedBy, SlackRun } from './driver.js';

let run: SlackRun;
beforeEach(async () => {
  run = await SlackRun.start();
});
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

const labels = (message: FakeMessage) => buttonsOf(message.blocks ?? []).map(({ text }) => text.text);
describe('what is offered has buttons', () => {
  it.each(offeringLines(builtKnowledge()))(
    'for %s, after a mention and in the answer to /freb',
    async (_what, text) => {
      const ts = await run.slack.say('C0OPS', mention(text));
      const answer = await run.slack.answer('C0OPS', ts);
      const offered = labels(answer).filter((label) => !label.startsWith('Show'));
      expect(offered.length).toBeGreaterThanOrEqual(2);
      for (const label of offered.slice(0, 3)) {
        const opened = await openedBy(label, answer, run);
        expect(opened).not.toContain('no longer have that answer');
        expect(opened.length).toBeGreaterThan(40);
      }
      const shown = (await run.slack.command(text)) as FakeMessage;
      expect(labels(shown)).toEqual(expect.arrayContaining(offered.slice(0, 2)));
      expect(await openedBy(offered[0] as string, shown, run)).not.toContain('no longer have that answer');
    },
  );
});

describe('a command alone from the menu', () => {
  it.each(commandsAlone)('/freb %s is answered', async (command, shown) => {
    expect(readable((await run.slack.command(command))?.blocks)).toMatch(shown);
  });

  it('/freb diagnose opens the form', async () => {
    await run.slack.command('diagnose');
    expect(run.slack.state.views.at(-1)?.title).toBe('Diagnose a log');
  });

  it.each(['forget', 'mute', 'case'])(
    '/freb %s says that it needs a thread, and so does a mention',
    async (command) => {
      const shown = readable((await run.slack.command(command))?.blocks);
      expect(shown).toContain('Which thread do you mean?');
      expect(shown).toContain('mention me');
      const ts = await run.slack.say('C0OPS', mention(command));
      expect(readable((await run.slack.answer('C0OPS', ts)).blocks)).toContain('Which thread do you mean?');
    },
  );

  it('mute in a thread does what it says', async () => {
    const ts = await run.slack.say('C0OPS', mention('defaults'));
    await run.slack.answer('C0OPS', ts);
    await run.slack.say('C0OPS', mention('mute'), { thread: ts });
    expect(readable((await run.slack.answer('C0OPS', ts, 2)).blocks)).toContain('Quiet in this thread');
  });
});
