import { afterEach, describe, expect, it } from 'vitest';
import { RecordingDesk, shortAnswer } from '../fakes/teams/desk.js';
import {
  buttonInvoke,
  channelActivity,
  FakeTeams,
  type FakeTeamsOptions,
  personalActivity,
  personalChat,
  tenantId,
} from '../fakes/teams/index.js';
import { cardText } from './cards.js';

let teams: FakeTeams;
let desk: RecordingDesk;

async function start(options: FakeTeamsOptions = {}): Promise<void> {
  desk = new RecordingDesk();
  teams = await FakeTeams.start(desk, options);
}

afterEach(() => teams.stop());

describe('a button', () => {
  it('is answered in the response with the card and the reply on it', async () => {
    await start();
    const activity = channelActivity(teams.serviceUrl, buttonInvoke('powershell', { case: 'case-1', part: 'fix' }));
    const response = await teams.deliver(activity);
    expect(response.status).toBe(200);
    const body = (await response.json()) as { value: unknown };
    expect(cardText(body.value)).toBe('Stored\nStored text\nPressed\nPressed text\n[This fixed it]');
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard' },
    });

    expect(desk.presses).toEqual([
      {
        door: 'teams',
        action: 'powershell',
        case: 'case-1',
        parts: ['fix'],
        tenant: tenantId,
        who: expect.any(String),
      },
    ]);
  });

  describe('with a reply longer than one card', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`row ${i}`, `value ${i}`]);
    const press = () => teams.deliver(personalActivity(teams.serviceUrl, buttonInvoke('long', { case: 'case-1' })));
    async function startLong(options: FakeTeamsOptions = {}) {
      await start(options);
      desk.answerFor = () => ({
        ...shortAnswer('Long'),
        parts: [{ kind: 'table', id: 'long', keep: 'always', columns: ['a', 'b'], rows }],
      });
    }

    it('is answered completely, after the other cards are posted', async () => {
      await startLong();
      const body = (await (await press()).json()) as { value: unknown };
      const all = [body.value, ...teams.messages.map((m) => m.activity.attachments?.[0]?.content)].map(cardText);
      expect(all.length).toBeGreaterThan(2);
      for (const [name] of rows) expect(all.join('\n')).toContain(`${name}\n`);
    });

    it.each<[string, FakeTeamsOptions, () => unknown]>([
      ['refuses', {}, () => teams.connector.failures.push({ status: 403 })],
      ['never answers', { invokeTimeoutMs: 100 }, () => Object.assign(teams.connector, { neverAnswers: true })],
    ])('leaves the card and says so when Teams %s the other cards', async (_name, options, spoil) => {
      await startLong(options);
      spoil();
      expect(await (await press()).json()).toMatchObject({
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringContaining('internal error'),
      });
      expect(teams.messages.length).toBeLessThan(2);
    });
  });

  it('leaves the card and says so when its answer is gone', async () => {
    await start();
    desk.cardAnswer = undefined;
    const response = await teams.deliver(personalActivity(teams.serviceUrl, buttonInvoke('fixed', { case: 'case-1' })));
    expect(await response.json()).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Pressed, in a sentence.',
    });
  });

  it('leaves the card and says so, without the reason, when it fails', async () => {
    await start();
    desk.failure = new Error('secret detail');
    const response = await teams.deliver(personalActivity(teams.serviceUrl, buttonInvoke('fixed', { case: 'case-1' })));
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(body).not.toContain('secret detail');
  });

  it('of an old client comes as a message and is claimed like one', async () => {
    await start();
    const activity = personalActivity(teams.serviceUrl, { value: { verb: 'fixed', case: 'case-1', part: 'fix' } });
    expect((await teams.deliver(activity)).status).toBe(200);
    expect(desk.messages).toEqual([
      expect.objectContaining({
        key: `teams:${tenantId}:${personalChat.id}:${activity.id}`,
        addressed: true,
        press: { action: 'fixed', case: 'case-1', parts: ['fix'] },
      }),
    ]);
    expect(desk.presses).toEqual([]);
  });

  it('of an old client that asks for a report is acknowledged after the consent card is posted', async () => {
    await start({ report: () => 'page' });
    const activity = personalActivity(teams.serviceUrl, { value: { verb: 'report', case: 'case-1' } });
    expect((await teams.deliver(activity)).status).toBe(200);
    expect(teams.messages[0]?.activity.attachments?.[0]?.contentType).toMatch(/file\.consent$/);
    expect(desk.messages).toEqual([]);
    teams.connector.failures = [{ status: 403 }];
    expect((await teams.deliver(activity)).status).toBe(500);
    // The desk answers when the stored answer is gone.
    desk.cardAnswer = undefined;
    expect((await teams.deliver(activity)).status).toBe(200);
    expect(desk.messages).toEqual([expect.objectContaining({ press: { action: 'report', case: 'case-1' } })]);
  });

  it('of an old client in a channel needs no mention', async () => {
    await start();
    await teams.deliver(channelActivity(teams.serviceUrl, { value: { verb: 'fixed', case: 'case-1' } }));
    expect(desk.messages).toEqual([expect.objectContaining({ addressed: true })]);
  });

  it.each([{}, { action: 'x' }, { action: { verb: 7 } }, { action: { verb: 'x', data: null } }])(
    'with odd data is refused: %j',
    async (value) => {
      await start();
      const activity = personalActivity(teams.serviceUrl, { type: 'invoke', name: 'adaptiveCard/action', value });
      expect((await teams.deliver(activity)).status).toBe(501);
      expect(desk.presses).toEqual([]);
    },
  );
});
