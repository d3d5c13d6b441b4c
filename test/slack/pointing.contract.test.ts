import { afterEach, describe, expect, it } from 'vitest';
import {
  type FakeMessage,
  forwarded,
  installedScopes,
  permalinkTo,
  readable,
  type Upload,
} from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { asSent, mention, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

const log: Upload = { name: 'fr000032.xml', bytes: frebLog() };
const alert = 'HTTP Error 500.19 on Portal, error code 0x8007000d';
const card = [
  { type: 'header', text: { type: 'plain_text', text: 'Alert: Portal' } },
  { type: 'section', fields: [{ type: 'mrkdwn', text: '*Error*\nHTTP 500.19, 0x8007000d' }] },
  { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Acknowledge' } }] },
];

/** A message from before Frebot came: nothing was delivered about it. */
function earlier(channel: string, text: string, more: Partial<FakeMessage> & { drops?: Upload[] } = {}): FakeMessage {
  const { drops = [], ...rest } = more;
  const files = drops.map((one, i) => ({ id: `F0BEFORE${i}`, name: one.name, bytes: Buffer.from(one.bytes) }));
  for (const file of files) run.slack.state.files.set(file.id, file);
  const message: FakeMessage = {
    channel,
    ts: run.slack.state.nextTs(),
    user: 'U0BERT',
    text,
    reactions: [],
    ...(files.length > 0 && { files }),
    ...rest,
  };
  run.slack.state.messages.push(message);
  return message;
}

const asked = async (channel: string, text: string, options: Parameters<SlackRun['slack']['say']>[2] = {}) => {
  const ts = await run.slack.say(channel, text, options);
  return readable((await run.slack.answer(channel, options.thread ?? ts)).blocks);
};
const historyCalls = () => run.slack.state.calls.filter(({ method }) => method === 'conversations.replies').length;

describe('"this" in a thread is its first message', () => {
  it.each([
    ['a log', '', { drops: [log] }, '0x80070542'],
    ['words', alert, {}, '500.19'],
    ['the text of a log', Buffer.from(frebLog()).toString('utf8'), {}, '0x80070542'],
    ['the blocks of a monitoring app', 'Alert', { user: undefined, bot_id: 'B0MON', blocks: card }, '500.19'],
    [
      'the attachment of a monitoring app',
      '',
      {
        user: undefined,
        bot_id: 'B0MON',
        attachments: [{ title: 'Portal', fields: [{ title: 'Error', value: alert }] }],
      },
      '500.19',
    ],
  ] as [string, string, Parameters<typeof earlier>[2], string][])(
    'also when that is %s',
    async (_what, text, more, shown) => {
      run = await SlackRun.start();
      const root = earlier('C0OPS', asSent(text), more);
      expect(await asked('C0OPS', mention('what is this?'), { thread: root.ts })).toContain(shown);
    },
  );

  it('is not read when the words alone are a question', async () => {
    run = await SlackRun.start();
    const root = earlier('C0OPS', '', { drops: [log] });
    const answer = await asked('C0OPS', mention('who holds SeImpersonatePrivilege by default?'), { thread: root.ts });
    expect(answer).toContain('Administrators');
    expect(historyCalls()).toBe(0);
  });

  it('is not read for small talk in a thread of ours', async () => {
    run = await SlackRun.start();
    const root = await run.slack.say('C0OPS', '', { files: [log] });
    await run.slack.answer('C0OPS', root);
    await run.slack.say('C0OPS', mention('thanks!'), { thread: root });
    const reply = await run.slack.answer('C0OPS', root, 2);
    expect(readable(reply.blocks)).not.toContain('0x80070542');
  });

  it('with the base manifest the answer names the click that works, and the doctor what is lost', async () => {
    run = await SlackRun.start({ scopes: installedScopes });
    const root = earlier('C0OPS', '', { drops: [log] });
    const answer = await asked('C0OPS', mention('what is this?'), { thread: root.ts });
    expect(answer).toContain('channels:history');
    expect(answer).toContain('Diagnose this log');
    const checks = await run.slackDoor.door.check();
    const lost = checks.find(({ name }) => name === 'Slack history');
    expect(lost).toMatchObject({ state: 'missing', optional: true });
    expect(lost?.detail).toContain('message that a question points at');
  });
});

describe('"this" is a forwarded message', () => {
  it.each([
    ['its words, in a direct message', 'D0ANNA', 'any idea?', alert, [], '500.19'],
    ['its words without a comment', 'D0ANNA', '', alert, [], '500.19'],
    ['its words, with a mention in a channel', 'C0OPS', mention('what is this?'), alert, [], '500.19'],
    ['its file, in a direct message', 'D0ANNA', 'look', 'oops', [log], '0x80070542'],
    ['its file, with a mention', 'C0OPS', mention('why?'), '', [log], '0x80070542'],
  ])('and the answer comes from %s', async (_what, channel, text, words, drops, shown) => {
    run = await SlackRun.start({ scopes: installedScopes });
    const original = earlier('C0ELSE', words, { drops });
    expect(await asked(channel, text, { attachments: [forwarded(original)] })).toContain(shown);
  });

  it('the blocks of a forwarded card count where it has no words', async () => {
    run = await SlackRun.start({ scopes: installedScopes });
    const original = earlier('C0ELSE', '', { user: undefined, bot_id: 'B0MON', blocks: card });
    expect(await asked('D0ANNA', 'what is it?', { attachments: [forwarded(original)] })).toContain('500.19');
  });

  it('the preview of a web page is none', async () => {
    run = await SlackRun.start({ scopes: installedScopes });
    const page = {
      original_url: 'https://example.com',
      title: 'HTTP Error 500.19',
      text: alert,
      service_name: 'Example',
    };
    const answer = await asked('D0ANNA', 'lunch at the <https://example.com>', { attachments: [page] });
    expect(answer).not.toContain('0x8007000d');
  });
});

describe('"this" is behind a link', () => {
  it.each([
    ['to a message of the same channel', 'C0OPS', false],
    ['to a reply in a thread', 'C0OPS', true],
    ['to another channel the asker is in', 'C0ELSE', false],
  ])('and is answered when it leads %s', async (_what, channel, reply) => {
    run = await SlackRun.start();
    const first = earlier(channel, 'something else');
    const linked = earlier(channel, '', { drops: [log], ...(reply && { thread_ts: first.ts }) });
    const answer = await asked('C0OPS', mention(`what is <${permalinkTo(linked)}>`));
    expect(answer).toContain('0x80070542');
  });

  it.each([
    ['the asker is not a member', {}],
    ['Frebot cannot tell who is a member', { scopes: installedScopes }],
  ])('to a channel is not followed where %s', async (_why, options) => {
    run = await SlackRun.start(options);
    const linked = earlier('C0ELSE', '', { drops: [log] });
    const ts = await run.slack.say('C0OPS', mention(`what is <${permalinkTo(linked)}>`), { user: 'U0BERT' });
    const answer = readable((await run.slack.answer('C0OPS', ts)).blocks);
    expect(answer).toContain('Diagnose this log');
    expect(answer).not.toContain('0x80070542');
    expect(historyCalls()).toBe(0);
  });

  it('a deleted message is named', async () => {
    run = await SlackRun.start();
    const gone = { channel: 'C0OPS', ts: '1700000000.000001', text: '', reactions: [] };
    expect(await asked('C0OPS', mention(`<${permalinkTo(gone)}>`))).toContain('any more');
  });
});
