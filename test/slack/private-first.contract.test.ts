import { afterEach, describe, expect, it } from 'vitest';
import { buttonsOf, type FakeMessage, type FakeView, readable, type Upload } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { openedBy, SlackRun, transports } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

const log: Upload = { name: 'fr000032.xml', bytes: frebLog() };
const messageAt = (ts: string) => run.slack.state.messages.find((m) => m.ts === ts) as FakeMessage;

/** Uses the shortcut on a message of Bert's, and returns what only Anna reads. */
async function diagnosed(channel: string, text: string, files: Upload[] = []): Promise<[FakeMessage, FakeMessage]> {
  const { ts } = run.slack.post(channel, text, { user: 'U0BERT', files });
  const target = messageAt(ts);
  expect(await run.slack.messageShortcut(target)).toBe(true);
  const answer = await run.slack.until('a private answer', () =>
    run.slack.state.messages.find((m) => m.onlyFor === 'U0ANNA' && (m.blocks?.length ?? 0) > 0),
  );
  return [answer, target];
}

const publicPosts = () => run.slack.state.messages.filter((m) => m.bot_id && !m.onlyFor);

describe.each(transports)('the message shortcut over %s', (transport) => {
  it.each([
    ['chat of colleagues', 'lunch at twelve?'],
    ['a command in another one’s words', 'mute'],
    ['nothing at all', ''],
  ])('answers %s to the person alone', async (_what, text) => {
    run = await SlackRun.start({ transport });
    const [answer, { ts }] = await diagnosed('C0OPS', text);
    expect(readable(answer.blocks)).toContain('don’t see a file here'.replace('’', "'"));
    expect(publicPosts()).toEqual([]);
    expect((await run.store.thread(`slack:T0FREBOT:C0OPS:${ts}`))?.muted ?? false).toBe(false);
  });

  it('answers an error that a colleague wrote about, and the thread stays theirs until it is shared', async () => {
    run = await SlackRun.start({ transport });
    const [answer, { ts }] = await diagnosed('C0OPS', 'we get 500.19 with 0x8007000d');
    expect(readable(answer.blocks)).toContain('500.19');
    await run.slack.say('C0OPS', 'what does 500.19 mean?', { user: 'U0BERT', thread: ts });
    expect(publicPosts()).toEqual([]);
    await run.slack.press(answer, 'Share in channel');
    const shared = await run.slack.answer('C0OPS', ts);
    expect(readable(shared.blocks)).toContain('500.19');
    await expect.poll(() => run.store.thread(`slack:T0FREBOT:C0OPS:${ts}`)).toMatchObject({ joined: true });
    await run.slack.say('C0OPS', 'what does 500.19 mean?', { user: 'U0ANNA', thread: ts });
    await run.slack.answer('C0OPS', ts, 2);
  });
});

describe('where Frebot is not a member', () => {
  it.each([
    ['text', 'HTTP Error 500.19, 0x8007000d', {}],
    ['the blocks of a card', 'Alert', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'HTTP 500.19' } }] }],
    ['the attachment of a card', '', { attachments: [{ title: 'Portal', text: 'HTTP 500.19, 0x8007000d' }] }],
  ])('%s is answered privately and can be shared', async (_what, text, more) => {
    run = await SlackRun.start();
    const { ts } = run.slack.post('C0OTHER', text, { app: true, ...more });
    await run.slack.messageShortcut(messageAt(ts));
    const answer = await run.slack.until('a private answer', () =>
      run.slack.state.messages.find((m) => m.onlyFor === 'U0ANNA' && (m.blocks?.length ?? 0) > 0),
    );
    expect(readable(answer.blocks)).toContain('500.19');
    await run.slack.press(answer, 'Share in channel');
    await run.slack.until('a shared answer', () => publicPosts().find(({ channel }) => channel === 'C0OTHER'));
  });

  it('a file is answered with the form to upload it, and the way to invite Frebot', async () => {
    run = await SlackRun.start();
    const [answer] = await diagnosed('C0OTHER', 'look', [log]);
    expect(readable(answer.blocks)).toContain('/invite @Frebot');
    expect(buttonsOf(answer.blocks ?? []).map(({ text }) => text.text)).toContain('Upload it to me');
    await openedBy('Upload it to me', answer, run);
    const view = run.slack.state.views.at(-1) as FakeView;
    await run.slack.submit(view, { files: [log] });
    const root = await run.slack.until('a line', () =>
      run.slack.state.messages.find((m) => m.text.startsWith('You asked me about ')),
    );
    expect(readable((await run.slack.answer('D0ANNA', root.ts, 2)).blocks)).toContain('0x80070542');
  });
});
