import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Desk } from '../../src/desk/desk.js';
import { openDoorTarget } from '../../src/run/door-target.js';
import { createMutes } from '../../src/run/mutes.js';
import { builtKnowledge } from '../built-knowledge.js';
import { type FakeMessage, readable } from '../fakes/slack/index.js';
import { buttonInvoke, channelActivity, groupActivity, groupChat, team, tenantId } from '../fakes/teams/index.js';
import type { LogOptions } from '../scenarios/logs.js';
import { mention, openedBy, SlackRun } from '../slack/driver.js';
import { cardText } from '../teams/cards.js';
import { cardOf, TeamsRun } from '../teams/driver.js';
import { WatchRun } from './driver.js';

// Posts of a watcher inside `frebot serve`: one for each cause, and everything after that is an edit of it.
const hour = 3_600_000;
const someMinutes = 360_000;
const secret = '/secure/secret.html';
const notFound: LogOptions = {
  status: 404,
  errorCode: [2147942402, 'The system cannot find the file specified. (0x80070002)'],
  notification: [16, 'MAP_REQUEST_HANDLER'],
};
const unknown: LogOptions = {
  status: 401,
  errorCode: [2147942405, 'Access is denied. (0x80070005)'],
  notification: [16, 'MAP_REQUEST_HANDLER'],
};

let run: WatchRun;
beforeEach(() => {
  run = new WatchRun();
});
afterEach(() => run.stop());

/** Lets the watcher post to a chat, as `FREBOT_WATCH_TO` does. */
function postTo(to: string, desk: Desk): void {
  const target = openDoorTarget(to, desk, () => run.time);
  if (!target) throw new Error(`${to} is no chat`);
  run.form = {
    targets: [target],
    muted: createMutes([], builtKnowledge(), { desk, targets: [target] }),
    ...run.form,
  };
}

describe('a watcher in Slack', () => {
  let chat: SlackRun;
  beforeEach(async () => {
    chat = await SlackRun.start();
  });
  afterEach(() => chat.stop());

  const posts = () => chat.slack.state.messages.filter(({ channel, bot_id }) => channel === 'C0OPS' && bot_id);
  const newest = () => posts().at(-1) as FakeMessage;
  const edits = () => chat.slack.state.calls.filter(({ method }) => method === 'chat.update').length;

  /** Looks until one new cause is posted. */
  async function postOne(): Promise<FakeMessage> {
    postTo('slack:#iis-prod', chat.desk);
    await run.look();
    run.log(1);
    await run.look();
    expect(posts()).toHaveLength(2);
    return newest();
  }

  it('posts a new cause once, and counts by editing that post, at most once in five minutes', async () => {
    const post = await postOne();
    expect(readable(post.blocks)).toContain('New: Likely cause: the worker process lost the right');
    expect(readable(post.blocks)).toContain('I saw it once');
    const key = post.metadata?.event_payload.key;
    for (let number = 2; number <= 40; number++) {
      run.log(number);
      await run.look(1, 20_000);
    }
    expect(posts()).toHaveLength(2);
    // Thirteen minutes.
    expect(edits()).toBeLessThanOrEqual(3);
    await run.look(1, someMinutes);
    expect(readable(post.blocks)).toContain('I have seen it 40 times');
    expect(readable(post.blocks)).toContain('Mute this cause');
    expect(post.metadata?.event_payload.key).toBe(key);
  });

  it('says on the post when the cause is not seen any more, and posts when it is back', async () => {
    const post = await postOne();
    await run.look(8, hour);
    expect(readable(post.blocks)).toContain('Not seen lately: Likely cause');
    expect(readable(post.blocks)).toContain('not seen since');
    const before = edits();
    await run.look(8, hour);
    expect(edits()).toBe(before);
    run.log(2);
    await run.look();
    expect(posts()).toHaveLength(3);
    expect(readable(newest().blocks)).toContain('It is back: ');
  });

  it('edits the same post after a restart', async () => {
    const post = await postOne();
    run.restart();
    run.form = {};
    postTo('slack:#iis-prod', chat.desk);
    run.log(2);
    await run.look(1, someMinutes);
    expect(posts()).toHaveLength(2);
    expect(readable(post.blocks)).toContain('I have seen it 2 times');
  });

  it('leaves a post alone that people have deleted, and says so once', async () => {
    const post = await postOne();
    chat.slack.state.messages.splice(chat.slack.state.messages.indexOf(post), 1);
    for (let number = 2; number < 6; number++) {
      run.log(number);
      await run.look(1, someMinutes);
    }
    expect(posts()).toHaveLength(1);
    expect(edits()).toBe(1);
    expect(run.notes.filter((note) => note.includes('message_not_found'))).toHaveLength(1);
  });

  it('a clock that jumps neither floods with edits nor ends them', async () => {
    const post = await postOne();
    run.time -= 400 * 24 * hour;
    for (let number = 2; number < 12; number++) {
      run.log(number);
      await run.look();
    }
    expect(edits()).toBeLessThanOrEqual(2);
    run.time += 400 * 24 * hour;
    await run.look(1, someMinutes);
    expect(posts()).toHaveLength(2);
    expect(readable(post.blocks)).toContain('I have seen it 11 times');
  });

  it('waits when Slack is too busy, and posts once', async () => {
    chat.slack.disturb('chat.postMessage', 'busy', 'busy');
    const post = await postOne();
    expect(readable(post.blocks)).toContain('New: ');
  });

  it('waits until Frebot is invited to the channel', async () => {
    postTo('slack:elsewhere', chat.desk);
    await run.look();
    run.log(1);
    await run.look();
    expect(run.notes.join('\n')).toContain('Invite the app to the channel.');
    const channel = chat.slack.state.channels.get('C0OTHER');
    if (channel) channel.joined = true;
    await run.look(3);
    const here = chat.slack.state.messages.filter((message) => message.channel === 'C0OTHER');
    expect(here.map(({ text }) => text)).toEqual([
      expect.stringContaining('I watch'),
      expect.stringContaining('New: '),
    ]);
  });

  it('a press mutes the cause: the post says who and until when, no other post comes, and a press undoes it', async () => {
    const post = await postOne();
    expect(await openedBy('Mute this cause', post, chat)).toContain('Muted until 2026-06-15 20:00');
    const shown = readable(post.blocks);
    expect(shown).toContain('Muted until 2026-06-15 20:00:00 UTC by ');
    expect(JSON.stringify(post.blocks)).toContain('{"type":"user","user_id":"U0ANNA"}');
    run.log(2, { pool: 'Other' });
    run.log(3);
    await run.look(1, someMinutes);
    expect(posts()).toHaveLength(2);
    // The count goes on, and the mute stays on the post.
    expect(readable(post.blocks)).toContain('I have seen it 2 times');
    expect(readable(post.blocks)).toContain('Muted until');
    await openedBy('Unmute', post, chat);
    expect(readable(post.blocks)).not.toContain('Muted until');
    await run.look();
    expect(readable(newest().blocks)).toContain('pool Other');
  });

  it('mute, muted and unmute below the post do the same', async () => {
    const post = await postOne();
    const say = async (words: string, nth: number) => {
      await chat.slack.say('C0OPS', mention(words), { thread: post.ts });
      return readable((await chat.slack.answer('C0OPS', post.ts, nth + 1)).blocks);
    };
    expect(await say('mute', 1)).toContain('Muted until 2026-06-15');
    expect(readable(post.blocks)).toContain('Muted until');
    expect(await say('muted', 2)).toContain('1 cause muted');
    expect(await say('unmute', 3)).toContain('No longer muted');
    expect(await say('muted', 4)).toContain('No cause is muted here');
    expect(readable(post.blocks)).not.toContain('Muted until');
  });

  it('a post about several causes has a button for each, which mutes that cause alone', async () => {
    postTo('slack:#iis-prod', chat.desk);
    await run.look();
    const faults = [{}, unknown, notFound, { pool: 'Shop' }];
    for (const [index, fault] of faults.entries()) run.log(index + 1, fault);
    await run.look();
    expect(posts()).toHaveLength(2);
    const post = newest();
    expect(readable(post.blocks)).toContain('4 new causes at once');
    const labels = () =>
      [...JSON.stringify(post.blocks).matchAll(/"text":"((?:Unm|M)ute: [^"]+)"/g)].map(([, label]) => label);
    // Two of the four groups have the same cause, and one has none.
    expect(labels()).toHaveLength(2);
    expect(new Set(labels()).size).toBe(2);
    const label = 'Mute: The worker process lost the right to impersonate users';
    expect(labels()).toContain(label);
    expect(await openedBy(label, post, chat)).toContain('Muted until 2026-06-15');
    expect(readable(post.blocks)).toContain('The worker process lost the right to impersonate users: muted until');
    expect(labels().filter((one) => one?.startsWith('Unmute: '))).toEqual([`Un${label.replace('M', 'm')}`]);
    const muted = await chat.desk.mutedCauses('T0FREBOT');
    expect(muted.map(({ cause }) => cause)).toEqual(['impersonation-right-missing']);
    run.log(5, { pool: 'Third' });
    run.log(6, { ...notFound, url: 'http://web03/other.html' });
    await run.look(1, someMinutes);
    expect(posts()).toHaveLength(3);
    expect(readable(newest().blocks)).not.toContain('worker process lost the right');
    const words = async (line: string, nth: number) => {
      await chat.slack.say('C0OPS', mention(line), { thread: post.ts });
      return readable((await chat.slack.answer('C0OPS', post.ts, nth)).blocks);
    };
    expect(await words('mute', 2)).toContain('Which of the 2 causes?');
    await openedBy(`Un${label.replace('M', 'm')}`, post, chat);
    expect(labels()).toContain(label);
  });

  it('a question below the post is about its cause', async () => {
    const post = await postOne();
    await chat.slack.say('C0OPS', mention('how do I fix it?'), { thread: post.ts });
    expect(readable((await chat.slack.answer('C0OPS', post.ts, 2)).blocks)).toContain('IIS_IUSRS');
  });

  it('hostile text of a log stays text', async () => {
    postTo('slack:#iis-prod', chat.desk);
    await run.look();
    run.log(1, { pool: '<!channel> *x*' });
    await run.look();
    expect(JSON.stringify(newest().blocks)).not.toContain('mrkdwn');
    expect(readable(newest().blocks)).toContain('pool <!channel> *x*');
    expect(newest().text).not.toContain('<!channel>');
  });

  it.each(['slack:#Iis Prod', 'slack:https://evil.example/archives/C0123ABCD', 'teams:https://teams.microsoft.com/'])(
    '%s is refused with a sentence',
    (to) => expect(() => postTo(to, chat.desk)).toThrow(/FREBOT_WATCH_TO: /),
  );

  it('frebot watch alone has no door', () => {
    expect(() => openDoorTarget('slack:#iis-prod', undefined, () => 0)).toThrow(/frebot serve/);
  });
});

describe('a watcher in Teams', () => {
  let chat: TeamsRun;
  const link = `https://teams.microsoft.com/l/channel/${encodeURIComponent(team.thread)}/General?tenantId=${tenantId}`;

  beforeEach(async () => {
    chat = await TeamsRun.start();
  });
  afterEach(() => chat.stop());

  const sent = () => chat.teams.messages;
  const shown = () => cardText(cardOf(sent().at(-1) as (typeof chat.teams.messages)[number]));

  async function postOne(): Promise<string> {
    postTo(`teams:${link}`, chat.desk);
    await run.look();
    run.log(1);
    await run.look();
    expect(sent().map(({ method }) => method)).toEqual(['POST', 'POST']);
    return sent().at(-1)?.id ?? '';
  }

  function press(post: (typeof chat.teams.messages)[number], toActivity: (more: object) => object): Promise<Response> {
    const card = JSON.stringify(cardOf(post));
    const found = /"verb":"(mute-cause:[\w-]+)","data":\{"case":"([\w-]+)"/.exec(card) ?? [];
    const [, verb = '', stored = ''] = found;
    return chat.teams.deliver(toActivity(buttonInvoke(verb, { case: stored }, post.id)));
  }

  it('begins a thread in the channel, and counts by editing that post', async () => {
    const id = await postOne();
    expect(sent().at(-1)).toMatchObject({ conversation: team.thread });
    expect(sent().at(-1)?.activity.replyToId).toBeUndefined();
    expect(shown()).toContain('New: Likely cause');
    run.log(2);
    await run.look(1, someMinutes);
    expect(sent().at(-1)).toMatchObject({ method: 'PUT', id });
    expect(shown()).toContain('I have seen it 2 times');
    expect(shown()).toContain(secret);
  });

  it('leaves a post alone that people have deleted', async () => {
    await postOne();
    chat.teams.connector.failures = [{ status: 404, code: 'ActivityNotFoundInConversation' }];
    for (let number = 2; number < 6; number++) {
      run.log(number);
      await run.look(1, someMinutes);
    }
    expect(sent()).toHaveLength(2);
    expect(run.notes.filter((note) => note.includes('ActivityNotFoundInConversation'))).toHaveLength(1);
  });

  it('waits when Teams is too busy', async () => {
    chat.teams.connector.failures = [{ status: 429, retryAfter: 1 }];
    await postOne();
  });

  it('in a chat, which is one thread, each button mutes the cause of its own post', async () => {
    const id = encodeURIComponent(groupChat.id);
    postTo(`teams:https://teams.microsoft.com/l/chat/${id}/conversations?tenantId=${tenantId}`, chat.desk);
    await run.look();
    run.log(1);
    await run.look();
    const first = sent().at(-1) as (typeof chat.teams.messages)[number];
    run.log(2, { status: 404, errorCode: [2147942402, 'not found'], notification: [16, 'MAP_REQUEST_HANDLER'] });
    await run.look();
    expect(sent()).toHaveLength(3);
    await press(first, (more) => groupActivity(chat.teams.serviceUrl, more));
    const muted = await chat.desk.mutedCauses(tenantId);
    expect(muted.map(({ cause }) => cause)).toEqual(['impersonation-right-missing']);
  });

  it('a press mutes the cause, and the post says until when', async () => {
    const id = await postOne();
    const post = sent().at(-1) as (typeof chat.teams.messages)[number];
    const response = await press(post, (more) => channelActivity(chat.teams.serviceUrl, more, id));
    expect(cardText(((await response.json()) as { value: unknown }).value)).toContain('Muted until 2026-06-15');
    expect(sent().at(-1)).toMatchObject({ method: 'PUT', id });
    expect(shown()).toContain('Muted until 2026-06-15 20:00:00 UTC by Ada Admin');
    // The name is looked up whenever the post is drawn.
    expect(JSON.stringify(await chat.desk.mutedCauses(tenantId))).not.toContain('Ada');
    run.log(2, { pool: 'Other' });
    await run.look(1, someMinutes);
    expect(sent().filter(({ method }) => method === 'POST')).toHaveLength(2);
  });
});
