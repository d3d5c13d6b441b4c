import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/desk/ports/message.js';
import { RecordingDesk, shortAnswer } from '../fakes/teams/desk.js';
import {
  bot,
  botToken,
  channelActivity,
  FakeTeams,
  groupActivity,
  mention,
  person,
  personalActivity,
} from '../fakes/teams/index.js';
import { cardText } from './cards.js';

let teams: FakeTeams;
let desk: RecordingDesk;

async function start(): Promise<void> {
  desk = new RecordingDesk();
  teams = await FakeTeams.start(desk);
}

afterEach(() => teams.stop());

describe('what Frebot sends', () => {
  async function receiveMessage(activity: object): Promise<Message> {
    await teams.deliver(activity);
    return desk.messages.at(-1) as Message;
  }

  it('goes to the stored conversation with the bot token, also after a restart', async () => {
    await start();
    const message = await receiveMessage(channelActivity(teams.serviceUrl, mention('help')));
    const where = JSON.parse(JSON.stringify(message.where));
    const posted = await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const [sent] = teams.connector.activities;
    expect(sent?.conversation).toBe(
      (where as { reference: { conversation: { id: string } } }).reference.conversation.id,
    );
    expect(sent?.conversation).toContain(';messageid=');
    expect(sent?.authorization).toBe(`Bearer ${botToken}`);
    expect(posted).toEqual({ id: sent?.id });
  });

  it('is a card with a sentence beside it for the notification', async () => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const [sent] = teams.messages;
    expect(sent?.activity.summary).toBe('Hello, in a sentence.');
    expect(sent?.activity.attachments?.[0]).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', fallbackText: 'Hello, in a sentence.' },
    });
  });

  it('replaces an own post, and finds it by its key while the process lives', async () => {
    await start();
    const { where } = await receiveMessage(groupActivity(teams.serviceUrl, mention('help')));
    const { door } = teams.door;
    expect(await door.find(where, 'key-1')).toEqual({ state: 'cannot-tell' });
    const posted = await door.say(where, shortAnswer('Reading'), 'key-1');
    expect(await door.find(where, 'key-1')).toEqual({ posted, state: 'whole' });
    expect(await door.say(where, shortAnswer('Done'), 'key-1', posted)).toEqual(posted);
    expect(teams.messages.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it.each([429, 412, 502, 504])('is tried again after %i', async (status) => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [{ status }, { status, retryAfter: 1 }];
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    expect(teams.messages).toHaveLength(1);
  });

  it('is given up after five attempts, and at once when Teams says no', async () => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = Array.from({ length: 9 }, () => ({ status: 502 }));
    await expect(teams.door.door.say(where, shortAnswer('Hello'), 'k')).rejects.toThrow();
    expect(teams.connector.failures).toHaveLength(4);
    teams.connector.failures = [{ status: 403 }, { status: 403 }];
    await expect(teams.door.door.say(where, shortAnswer('Hello'), 'k')).rejects.toMatchObject({
      code: 'teams-not-member',
    });
    expect(teams.connector.failures).toHaveLength(1);
  });

  it.each([
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'teams-not-member', { reason: 'BotNotInConversationRoster' }],
    [{ status: 401 }, 'teams-token', {}],
    [{ status: 500 }, 'platform-unreachable', { host: 'Teams' }],
    [{ status: 429, retryAfter: 120 }, 'rate-limited', { seconds: '120' }],
  ])('is refused with the catalogue’s own reason: %j', async (failure, code, facts) => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [failure];
    const saying = teams.door.door.say(where, shortAnswer('Hello'), 'k');
    await expect(saying).rejects.toMatchObject({ code, facts: expect.objectContaining(facts) });
    expect(teams.connector.failures).toEqual([]);
  });

  it('is posted as text when Teams refuses the card', async () => {
    await start();
    const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
    teams.connector.failures = [{ status: 400 }];
    await teams.door.door.say(where, shortAnswer('Hello'), 'k');
    expect(teams.messages[0]?.activity).toMatchObject({
      textFormat: 'plain',
      text: expect.stringContaining('Hello text'),
    });
  });

  describe('in several cards', () => {
    const rows = Array.from({ length: 900 }, (_, i) => [`row ${i}`, `value ${i}`]);
    const long = {
      ...shortAnswer('Long'),
      parts: [{ kind: 'table' as const, id: 'long', keep: 'always' as const, columns: ['a', 'b'], rows }],
    };
    const cardsOf = () => teams.messages.map((m) => cardText(m.activity.attachments?.[0]?.content)).join('\n');

    it('continues where it was interrupted', async () => {
      await start();
      const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
      const { door } = teams.door;
      teams.connector.postsBeforeFailures = 2;
      teams.connector.failures = [{ status: 503 }];
      await expect(door.say(where, long, 'key-1')).rejects.toThrow();
      const first = teams.messages[0]?.id;
      const found = await door.find(where, 'key-1');
      expect(found).toMatchObject({ state: 'partial', posted: { id: first } });
      if (found.state !== 'partial') throw new Error('not found');
      expect(await door.say(where, long, 'key-1', found.posted)).toEqual({ id: first });
      expect(await door.find(where, 'key-1')).toEqual({ state: 'whole', posted: { id: first } });
      for (const [name] of rows) expect(cardsOf().split(`${name}\n`), name).toHaveLength(2);
    });

    it('is found as not posted when Teams certainly took no card', async () => {
      await start();
      const { where } = await receiveMessage(personalActivity(teams.serviceUrl, { text: 'help' }));
      teams.connector.failures = Array.from({ length: 5 }, () => ({ status: 429 }));
      await expect(teams.door.door.say(where, long, 'key-1')).rejects.toThrow();
      expect(await teams.door.door.find(where, 'key-1')).toEqual({ state: 'none' });
      teams.connector.failures = [{ status: 500 }];
      await expect(teams.door.door.say(where, long, 'key-2')).rejects.toThrow();
      expect(await teams.door.door.find(where, 'key-2')).toEqual({ state: 'cannot-tell' });
    });
  });

  it('is seen by the sender alone when only the sender sees the question', async () => {
    await start();
    const { where } = await receiveMessage(
      groupActivity(teams.serviceUrl, { text: 'help', recipient: { ...bot, isTargeted: true } }),
    );
    await teams.door.door.say(where, shortAnswer('Hello'), 'key-1');
    const open = await receiveMessage(groupActivity(teams.serviceUrl, mention('help')));
    await teams.door.door.say(open.where, shortAnswer('Hello'), 'key-2');
    expect(teams.messages[0]?.activity.recipient).toMatchObject({ id: person.id, isTargeted: true });
    expect(teams.messages[1]?.activity.recipient).not.toHaveProperty('isTargeted');
  });

  it('shows the typing indicator where Teams has one', async () => {
    await start();
    for (const activity of [
      personalActivity(teams.serviceUrl, { text: 'x' }),
      groupActivity(teams.serviceUrl, mention('x')),
    ]) {
      await teams.door.door.acknowledge((await receiveMessage(activity)).where);
    }
    await teams.door.door.acknowledge((await receiveMessage(channelActivity(teams.serviceUrl, mention('x')))).where);
    expect(teams.connector.activities.map((sent) => sent.activity.type)).toEqual(['typing', 'typing']);
  });

  it('ignores a typing indicator that fails', async () => {
    await start();
    await expect(teams.door.door.acknowledge({})).resolves.toBeUndefined();
  });
});
