import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Desk } from '../../src/desk/desk.js';
import { openDoorTarget } from '../../src/run/door-target.js';
import { Journal } from '../../src/watch/journal.js';
import type { PostTarget } from '../../src/watch/ports.js';
import type { WatchRecord } from '../../src/watch/records.js';
import { textTarget, webhookTarget } from '../../src/watch/targets.js';
import { readable } from '../fakes/slack/index.js';
import { team, tenantId } from '../fakes/teams/index.js';
import { openedBy, SlackRun } from '../slack/driver.js';
import { cardText } from '../teams/cards.js';
import { cardOf, TeamsRun } from '../teams/driver.js';
import { WatchRun } from './driver.js';

// A watcher that dies between a post and the line in its journal that says so.
const copy = 'perhaps the second copy';

let run: WatchRun;
beforeEach(() => {
  run = new WatchRun();
});
afterEach(() => run.stop());

/** A journal whose process dies when it has posted the news. */
class DyingJournal extends Journal {
  override commit(records: readonly WatchRecord[]): void {
    const isNews = records.some((one) => one.t === 'sent' && this.state.waiting.get(one.id)?.post.kind === 'new');
    if (isNews) throw new Error('the process died');
    super.commit(records);
  }
}

/** Posts a new cause, dies, and looks again with the targets of another process. */
async function dieAfterPost(target: () => PostTarget): Promise<void> {
  run.form = { targets: [target()] };
  run.journal = new DyingJournal(run.statePath);
  await run.look();
  run.log(1);
  await expect(run.look()).rejects.toThrow('the process died');
  run.restart();
  run.form = { targets: [target()] };
  await run.look();
}

function chatTarget(to: string, desk: Desk): PostTarget {
  const target = openDoorTarget(to, desk, () => run.time);
  if (!target) throw new Error(`${to} is no chat`);
  return target;
}

describe('a post of which the watcher does not know whether it arrived', () => {
  it.each(['slack:#iis-prod', 'slack:C0OPS1'])('is found in %s, and edited from then on', async (to) => {
    const chat = await SlackRun.start();
    const channel = to.endsWith('1') ? 'C0OPS1' : 'C0OPS';
    if (channel === 'C0OPS1') chat.slack.state.channels.set(channel, { id: channel, kind: 'channel', joined: true });
    // The time stamps of this Slack are its own.
    run.time = Number(chat.slack.state.nextTs()) * 1000;
    const posts = () => chat.slack.state.messages.filter((one) => one.channel === channel && one.bot_id);
    await dieAfterPost(() => chatTarget(to, chat.desk));
    expect(posts()).toHaveLength(2);
    const [, post] = posts();
    expect(readable(post?.blocks)).not.toContain(copy);
    run.log(2);
    await run.look(1, 360_000);
    expect(posts()).toHaveLength(2);
    expect(readable(post?.blocks)).toContain('I have seen it 2 times');
    if (post) expect(await openedBy('Mute this cause', post, chat)).toContain('Muted until');
    await chat.stop();
  });

  it('comes again and says so where Slack shows no history, and goes on saying it', async () => {
    const chat = await SlackRun.start({ scopes: ['chat:write', 'channels:read'] });
    const posts = () => chat.slack.state.messages.filter((one) => one.channel === 'C0OPS' && one.bot_id);
    await dieAfterPost(() => chatTarget('slack:#iis-prod', chat.desk));
    expect(posts().map(({ blocks }) => readable(blocks).includes(copy))).toEqual([false, false, true]);
    run.log(2);
    await run.look(1, 360_000);
    expect(readable(posts().at(-1)?.blocks)).toContain('I have seen it 2 times');
    expect(readable(posts().at(-1)?.blocks)).toContain(copy);
    await chat.stop();
  });

  it('comes again and says so in Teams, where a bot cannot search', async () => {
    const link = `https://teams.microsoft.com/l/channel/${encodeURIComponent(team.thread)}/General?tenantId=${tenantId}`;
    const before = await TeamsRun.start();
    const after = await TeamsRun.start();
    const desks = [before.desk, after.desk];
    await dieAfterPost(() => chatTarget(`teams:${link}`, desks.shift() as Desk));
    const shown = [before, after].flatMap(({ teams }) => teams.messages);
    expect(shown.map((one) => cardText(cardOf(one)).includes(copy))).toEqual([false, false, true]);
    await after.stop();
    await before.stop();
  });

  it('comes again and says so as text and through a webhook', async () => {
    const said: string[] = [];
    await dieAfterPost(() => textTarget((text) => said.push(text), 80));
    expect(said.map((text) => text.includes(copy))).toEqual([false, false, true]);
    const bodies: string[] = [];
    let arrives = false;
    const target = webhookTarget(new URL('https://hooks.slack.com/services/x'), async (_url, body) => {
      bodies.push(JSON.stringify(body));
      if (arrives) return 200;
      throw new Error('no answer within 15 seconds');
    });
    run.restart();
    run.form = { targets: [target] };
    run.log(2, { pool: 'Shop' });
    await run.look();
    arrives = true;
    await run.look(3);
    expect(bodies.map((body) => body.includes(copy))).toEqual([false, true]);
  });
});

it('a post that was certainly refused is posted later without such words', async () => {
  const bodies: string[] = [];
  const answers = [503, 'ECONNREFUSED', 200, 200];
  const target = webhookTarget(new URL('https://hooks.slack.com/services/x'), async (_url, body) => {
    bodies.push(JSON.stringify(body));
    const answer = answers.shift() ?? 200;
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  });
  run.form = { targets: [target] };
  await run.look(8);
  expect(bodies).toHaveLength(3);
  expect(bodies.some((body) => body.includes(copy))).toBe(false);
});
