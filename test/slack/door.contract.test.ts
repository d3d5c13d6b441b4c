import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { memoryVault } from '../../src/store/vault.js';
import { botToken, botUser, type FakeMessage, readable, signature, team } from '../fakes/slack/index.js';
import { type NotingDesk, notingDesk, shortAnswer } from './doubles.js';
import { clock, mention, SlackRun, transports } from './driver.js';

let run: SlackRun;
let desk: NotingDesk;
const begin = async (options: Parameters<typeof SlackRun.start>[0] = {}) => {
  desk = notingDesk();
  run = await SlackRun.start({ desk, ...options });
};
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});
const calls = (method: string) => run.slack.state.calls.filter((call) => call.method === method);
const quiet = () => new Promise((done) => setTimeout(done, 100));

describe.each(transports)('what reaches the desk over %s', (transport) => {
  beforeEach(() => begin({ transport, pace: 0.4 }));

  it('a mention arrives with its text, thread and channel', async () => {
    const ts = await run.slack.say('C0OPS', mention('explain &lt;0x80070542&gt; &amp; why'));
    expect(desk.received[0]).toEqual({
      key: `slack:${team}:C0OPS:${ts}`,
      door: 'slack',
      tenant: team,
      who: 'U0ANNA',
      where: { team, channel: 'C0OPS', thread: ts, ts },
      thread: `slack:${team}:C0OPS:${ts}`,
      place: `slack:${team}:C0OPS`,
      text: 'explain <0x80070542> & why',
      files: [],
      alone: true,
      addressed: true,
    });
  });

  it.each(['app_mention', 'message'] as const)('three events of one message have one key, %s first', async (first) => {
    await run.slack.say('C0OPS', mention('what is this'), { files: [{ name: 'fr000001.xml', bytes: '<x/>' }], first });
    expect(desk.received).toHaveLength(3);
    expect(new Set(desk.received.map(({ key }) => key)).size).toBe(1);
    // The last is `file_shared`, which does not say what was written.
    expect(desk.received.map(({ addressed }) => addressed)).toEqual([true, true, false]);
    for (const message of desk.received) {
      expect(message.files.map(({ name }) => name)).toEqual(['fr000001.xml']);
    }
  });

  it('a plain upload is overheard, a direct message is addressed', async () => {
    const file = { name: 'fr000001.xml', bytes: '<x/>' };
    await run.slack.say('G0SECRET', '', { files: [file] });
    await run.slack.say('G0MANY', '', { files: [file] });
    await run.slack.say('D0ANNA', 'hello');
    expect(new Map(desk.received.map(({ where, addressed }) => [where.channel, addressed]))).toEqual(
      new Map([
        ['G0SECRET', false],
        ['G0MANY', false],
        ['D0ANNA', true],
      ]),
    );
  });

  it('a reply belongs to its thread', async () => {
    const root = await run.slack.say('C0OPS', mention('one'));
    await run.slack.say('C0OPS', 'and on a DC?', { thread: root });
    expect(desk.received.at(-1)?.thread).toBe(desk.received[0]?.thread);
    expect(desk.received.at(-1)?.where).toMatchObject({ thread: root });
  });

  it('posts of bots, edits, deletions and joins are not received', async () => {
    const ts = await run.slack.say('D0ANNA', 'hello');
    await run.slackDoor.door.say({ team, channel: 'D0ANNA', thread: ts }, shortAnswer('Hi'), 'k');
    const base = { type: 'message', channel: 'D0ANNA', channel_type: 'im' };
    await run.slack.deliverEvent({ ...base, user: 'U0OTHERBOT', bot_id: 'B1', text: 'hi', ts: '1.1' });
    await run.slack.deliverEvent({ ...base, subtype: 'bot_message', bot_id: 'B1', text: mention('hi'), ts: '1.2' });
    await run.slack.deliverEvent({ ...base, subtype: 'message_changed', message: { text: mention('x') }, ts: '1.3' });
    await run.slack.deliverEvent({ ...base, subtype: 'message_deleted', deleted_ts: ts, ts: '1.4' });
    await run.slack.deliverEvent({ ...base, subtype: 'channel_join', user: botUser, text: 'joined', ts: '1.5' });
    await quiet();
    expect(desk.received).toHaveLength(1);
    expect(run.slack.deliveries.every(({ acknowledged, attempts }) => acknowledged && attempts === 1)).toBe(true);
  });

  it('a message is not acknowledged while Slack does not say whose workspace it is', async () => {
    run.slack.state.tokens.clear();
    run.slack.options.ackMs = 400;
    const { done } = run.slack.post('D0ANNA', 'hello');
    await run.slack.until('a second attempt', () => (run.slack.deliveries[0]?.attempts ?? 0) >= 2);
    run.slack.state.tokens.set(botToken, team);
    await done;
    expect(run.slack.deliveries[0]).toMatchObject({ acknowledged: true });
    expect(desk.received).toHaveLength(1);
  });

  it('a message is not acknowledged, and so delivered again, until the claim is stored', async () => {
    desk.down = true;
    run.slack.options.ackMs = 400;
    const { done } = run.slack.post('D0ANNA', 'hello');
    await run.slack.until('a second attempt', () => (run.slack.deliveries[0]?.attempts ?? 0) >= 2);
    desk.down = false;
    await done;
    expect(run.slack.deliveries[0]).toMatchObject({ acknowledged: true });
    expect(desk.received).toHaveLength(1);
  });
});

describe('a claim that fails', () => {
  it("is given up without an answer after Slack's last delivery", async () => {
    await begin({ ackMs: 150 });
    desk.down = true;
    await run.slack.say('D0ANNA', 'hello');
    expect(run.slack.deliveries[0]).toMatchObject({ acknowledged: false, attempts: 4 });
    expect(run.slack.answers('D0ANNA', run.slack.state.messages[0]?.ts as string)).toEqual([]);
  });

  it('writes no message text into the log', async () => {
    await begin({ ackMs: 150 });
    desk.down = true;
    await run.slack.say('D0ANNA', 'the secret word is swordfish');
    expect(run.log.length).toBeGreaterThan(0);
    expect(JSON.stringify(run.log)).not.toContain('swordfish');
  });
});

describe('signed HTTP', () => {
  beforeEach(() => begin({ transport: 'http' }));
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: team,
    event: { type: 'app_mention', user: 'U1', text: 'x', ts: '1.1', channel: 'C0OPS' },
  });
  const post = (headers: Record<string, string>, text = body) =>
    fetch(run.slack.requestUrl, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['no signature', () => ({})],
    ['a wrong signature', () => signature(body, 'f'.repeat(32))],
    ['a signature of another body', () => signature(`${body} `)],
    ['a stale time stamp', () => signature(body, undefined, Math.floor(Date.now() / 1000) - 301)],
    ['a time stamp from the future', () => signature(body, undefined, Math.floor(Date.now() / 1000) + 3600)],
    ['a signed time stamp that is no number', () => signature(body, undefined, Number.NaN)],
    ['a time stamp that is a word', () => ({ ...signature(body), 'x-slack-request-timestamp': 'now' })],
  ])('%s is refused with a bare 401', async (_name, headers) => {
    const response = await post(headers());
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(desk.received).toEqual([]);
  });

  it('an event of another workspace is acknowledged and ignored', async () => {
    const theirs = body.replace(team, 'T0OTHER');
    expect((await post(signature(theirs), theirs)).status).toBe(200);
    expect(desk.received).toEqual([]);
    expect((await post(signature(body))).status).toBe(200);
    expect(desk.received).toHaveLength(1);
  });

  it("answers Slack's check of the request URL", async () => {
    const check = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const response = await post(signature(check), check);
    expect(await response.json()).toEqual({ challenge: 'abc' });
  });

  it('a signed body that is not JSON is refused with 400', async () => {
    expect((await post(signature('{'), '{')).status).toBe(400);
  });

  const event = (fields: object) => ({ type: 'event_callback', team_id: team, event: fields });
  const press = { type: 'block_actions', team: { id: team }, user: { id: 'U1' }, trigger_id: '1', container: {} };
  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['an empty object', {}],
    ['an event that is null', event(null as never)],
    ['an event without a type', event({})],
    ['a mention without a channel', event({ type: 'app_mention', user: 'U1', ts: '1.1', text: 'x' })],
    [
      'a message whose text is an object',
      event({ type: 'message', channel: 'C0OPS', ts: '1.1', user: 'U1', text: {} }),
    ],
    [
      'a message whose files are a text',
      event({ type: 'message', channel: 'C0OPS', ts: '1.1', user: 'U1', files: 'x' }),
    ],
    ['a message by null', event({ type: 'message', channel: 'C0OPS', ts: '1.1', user: null })],
    ['a reaction to a text', event({ type: 'reaction_added', user: 'U1', item: 'x' })],
    ['a removal that names no tokens', event({ type: 'tokens_revoked' })],
    ['authorizations that are null', { ...event({ type: 'app_uninstalled' }), authorizations: [null] }],
    ['a command that is an object', { command: {}, team_id: team, channel_id: 'C', user_id: 'U1', trigger_id: '1' }],
    ['a command of no workspace', { command: '/freb', text: 'help' }],
    ['buttons that are a text', { ...press, actions: 'x' }],
    ['no button', { ...press, actions: [] }],
    ['a button that is null', { ...press, actions: [null] }],
    ['a press by no user', { ...press, user: undefined, actions: [{ action_id: 'frebot:fix' }] }],
    ['a form that is null', { ...press, type: 'view_submission', view: null }],
    ['a form without values', { ...press, type: 'view_submission', view: { id: 'V1', callback_id: 'frebot_form' } }],
    ['a shortcut without a trigger', { ...press, type: 'shortcut', callback_id: 'frebot_ask', trigger_id: 1 }],
    ['a message shortcut without a message', { ...press, type: 'message_action', callback_id: 'frebot_diagnose' }],
    ['a type by the name of a built-in', { ...press, type: 'constructor' }],
  ])('a signed body that Slack does not send is refused before Bolt reads it: %s', async (_name, sent) => {
    const json = JSON.stringify(sent);
    const form = new URLSearchParams({ payload: json }).toString();
    const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
    const answers = [await post(signature(json), json), await post({ ...signature(form), ...asForm }, form)];
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect(run.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(desk.received).toEqual([]);
  });

  it('a signed command with a repeated field is refused with 400', async () => {
    const twice = 'command=/freb&command=/freb&team_id=T&channel_id=C&user_id=U&trigger_id=1';
    const headers = { ...signature(twice), 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(headers, twice)).status).toBe(400);
  });

  it('an event that no listener takes is acknowledged', async () => {
    const unknown = JSON.stringify(event({ type: 'reaction_added', user: 'U1', item: { channel: 'C0OPS' } }));
    expect((await post(signature(unknown), unknown)).status).toBe(200);
  });
});

describe.each(transports)('/freb over %s', (transport) => {
  beforeEach(() => begin({ transport, pace: 0.1 }));

  it('is answered in the acknowledgement, for the asker alone', async () => {
    const shown = await run.slack.command('explain 0x80070542');
    expect(desk.lines).toEqual(['explain 0x80070542']);
    expect(shown?.onlyFor).toBe('U0ANNA');
    expect(readable(shown?.blocks)).toContain('Noted text');
    expect(calls('chat.postMessage')).toEqual([]);
  });

  it('without text means help', async () => {
    await run.slack.command('');
    expect(desk.lines).toEqual(['help']);
  });

  it('is answered later when it takes longer than Slack waits', async () => {
    desk.slowMs = 400;
    const shown = await run.slack.command('diagnose something long');
    expect(shown?.text).toBe('Reading…');
    const late = await run.slack.until('the answer', () =>
      run.slack.state.messages.find((m) => readable(m.blocks).includes('Noted text')),
    );
    expect(late.onlyFor).toBe('U0ANNA');
  });
});

describe.each(transports)('buttons over %s', (transport) => {
  let message: FakeMessage;
  beforeEach(async () => {
    await begin({ transport });
    const ts = await run.slack.say('C0OPS', mention('why?'));
    await run.slackDoor.door.say({ team, channel: 'C0OPS', thread: ts, ts }, shortAnswer('Answer'), 'key-1');
    message = await run.slack.answer('C0OPS', ts);
  });

  it('opening a part shows a modal to the presser', async () => {
    expect(await run.slack.press(message, 'Show evidence')).toBe(true);
    const view = await run.slack.until('a modal', () => run.slack.state.views[0]);
    expect(view.user).toBe('U0ANNA');
    expect(readable(view.blocks)).toContain('Noted text');
    expect(desk.presses).toEqual([
      { door: 'slack', action: 'evidence', case: 'case-1', parts: ['proof'], tenant: team, who: 'U0ANNA' },
    ]);
  });

  it('"This fixed it" is answered in the thread', async () => {
    await run.slack.press(message, 'This fixed it');
    const answer = await run.slack.answer('C0OPS', message.thread_ts as string, 2);
    expect(readable(answer.blocks)).toContain('Noted text');
  });

  it('a part comes as a message only the presser sees when the trigger has expired', async () => {
    run.slack.state.trigger = () => 'gone';
    await run.slack.press(message, 'Show evidence');
    const answer = await run.slack.until('a message', () =>
      run.slack.state.messages.find(({ onlyFor }) => onlyFor === 'U0ANNA'),
    );
    expect(answer.thread_ts).toBe(message.thread_ts);
  });

  it('a button below a private answer is answered privately', async () => {
    const shown = (await run.slack.command('defaults')) as FakeMessage;
    await run.slack.press(shown, 'This fixed it');
    await run.slack.until(
      'an answer',
      () => run.slack.state.messages.filter(({ onlyFor }) => onlyFor).length === 2 || run.slack.state.views[0],
    );
    expect(run.slack.answers('C0OPS', shown.ts)).toEqual([]);
  });
});

describe('doctor', () => {
  it('reports every scope as granted with the base manifest', async () => {
    await begin();
    expect(await run.slackDoor.door.check()).toEqual([
      { name: 'Slack token', state: 'ok', detail: 'valid in the workspace Frebot Test' },
      { name: 'Slack scopes', state: 'ok', detail: 'all that the manifest asks for' },
      { name: 'Slack Socket Mode', state: 'ok', detail: 'connected' },
    ]);
  });

  it('names each missing scope and what to click', async () => {
    await begin({ scopes: ['chat:write', 'commands'] });
    const lines = await run.slackDoor.door.check();
    const files = lines.find(({ name }) => name.includes('files:read'));
    expect(files?.state).toBe('missing');
    expect(files?.next).toContain('install the app again');
    expect(lines.find(({ name }) => name.includes('reactions:write'))?.state).toBe('cannot-tell');
  });

  it('reports a refused token', async () => {
    await begin();
    const door = await createSlackDoor(
      { botToken: 'xoxb-wrong', signingSecret: 'x', apiUrl: run.slack.apiUrl },
      { desk, clock, vault: memoryVault(), log: console },
    );
    expect((await door.door.check())[0]).toMatchObject({
      state: 'missing',
      detail: 'Slack refuses the bot token (invalid_auth)',
    });
  });
});

describe('the start', () => {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

  it('names an app-level token that Slack refuses', async () => {
    await begin();
    const settings = { botToken: 'xoxb-1', appToken: 'xapp-wrong', apiUrl: run.slack.apiUrl };
    const slack = await createSlackDoor(settings, { desk, clock, vault: memoryVault(), log: silent });
    await expect(slack.start()).rejects.toThrow(/SLACK_APP_TOKEN/);
  });

  it('connects once Slack is back after an outage', async () => {
    await begin({ pace: 0.1, reconnectMs: 300 });
    run.slack.disturb('apps.connections.open', 'lost', 'lost', 'lost', 'lost');
    await run.slack.recycle();
    await run.slack.say('D0ANNA', 'hello');
    expect(desk.received).toHaveLength(1);
    expect(run.log.some(({ message }) => message.includes('no connection to Slack'))).toBe(true);
  });

  it('connects again when Slack closes the connection', async () => {
    await begin({ reconnectMs: 300 });
    await run.slack.recycle();
    const ts = await run.slack.say('D0ANNA', 'hello');
    expect(desk.received.map(({ key }) => key)).toEqual([`slack:${team}:D0ANNA:${ts}`]);
  });
});
