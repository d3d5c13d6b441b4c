import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adaptiveCard, forwardedMessage, serveMessage, serveShare, serveWholeMessage } from '../fakes/teams/graph.js';
import {
  appId,
  bot,
  channelActivity,
  type FakeActivity,
  forwarding,
  groupActivity,
  groupChat,
  htmlOnly,
  mention,
  mentioning,
  personalActivity,
  quoting,
  quotingByEntity,
  team,
} from '../fakes/teams/index.js';
import { cardText } from './cards.js';
import { cardOf, droppedLog as log, TeamsRun, unusedMocks } from './driver.js';

let run: TeamsRun;
beforeEach(async () => {
  run = await TeamsRun.start();
});
afterEach(async () => {
  const unused = unusedMocks();
  await run.stop();
  expect(unused).toEqual([]);
});

const id = encodeURIComponent;
const channel = `/teams/${team.group}/channels/${id(team.thread)}/messages`;
const chat = `/chats/${id(groupChat.id)}/messages`;
const root = '1763400000001';
const alert = 'HTTP Error 500.19 on Portal, error code 0x8007000d';
const here = () => run.teams.serviceUrl;

async function answerTo(activity: FakeActivity): Promise<string> {
  const before = run.teams.messages.length;
  expect((await run.teams.deliver(activity)).status).toBe(200);
  const sent = await run.teams.connector.waitForMessages(before + 1);
  return sent
    .slice(before)
    .map((one) => cardText(cardOf(one)))
    .join('\n');
}

describe('"this" in the thread of a channel is its first message', () => {
  const ask = () => answerTo(channelActivity(here(), mention('what is this?'), root));

  it('which may be a log', async () => {
    serveWholeMessage(`${channel}/${root}`, { html: '<p>look</p>', files: [log] });
    serveShare(log);
    expect(await ask()).toContain('0x80070542');
  });

  it.each([
    ['words', { html: `<p>${alert}</p>` }],
    ['the card of a monitoring app', { attached: [adaptiveCard([{ type: 'TextBlock', text: alert }])] }],
    [
      'the facts of a card',
      {
        attached: [adaptiveCard([{ type: 'FactSet', facts: [{ title: 'Error', value: 'HTTP 500.19, 0x8007000d' }] }])],
      },
    ],
    ['a forwarded message', { attached: [forwardedMessage('1763400000009', `<p>${alert}</p>`)] }],
  ])('also when that is %s', async (_what, message) => {
    serveWholeMessage(`${channel}/${root}`, message);
    expect(await ask()).toContain('500.19');
  });

  it('is not read when the words alone are a question', async () => {
    const activity = channelActivity(here(), mention('who holds SeImpersonatePrivilege by default?'), root);
    expect(await answerTo(activity)).toContain('Administrators');
  });

  it('without the grant the answer names the click that works', async () => {
    serveMessage(`${channel}/${root}`, [], 403);
    const answer = await ask();
    expect(answer).toContain('ChannelMessage.Read.Group');
    expect(answer).toContain('Diagnose this log');
  });

  it('an answer of Frebot is not taken for what is asked about', async () => {
    serveWholeMessage(`${channel}/${root}`, {
      attached: [adaptiveCard([{ type: 'TextBlock', text: alert }])],
      app: appId,
    });
    expect(await ask()).not.toContain('0x8007000d');
  });
});

describe('"this" is a quoted message', () => {
  const quoted = { id: '1763400000005', words: 'HTTP Error 500.19 on Por…' };

  it.each([
    ['in HTML', quoting],
    ['as an entity', quotingByEntity],
  ])('%s: its whole words in a group chat', async (_how, quote) => {
    serveWholeMessage(`${chat}/${quoted.id}`, { html: '<p>The portal fails since noon, event says 0x80070542</p>' });
    expect(
      await answerTo(groupActivity(here(), mentioning(quote({ ...quoted, words: 'The portal…' }, 'any idea?')))),
    ).toContain('0x80070542');
  });

  it.each([
    ['in HTML', quoting],
    ['as an entity', quotingByEntity],
  ])('%s: its file', async (_how, quote) => {
    serveWholeMessage(`${chat}/${quoted.id}`, { files: [log] });
    serveShare(log);
    expect(await answerTo(groupActivity(here(), mentioning(quote(quoted, 'why?'))))).toContain('0x80070542');
  });

  it('without the grant, the words that Teams sends along', async () => {
    serveMessage(`${chat}/${quoted.id}`, [], 403);
    expect(await answerTo(groupActivity(here(), mentioning(quoting(quoted, 'any idea?'))))).toContain('500.19');
  });

  it('in a 1:1 chat, the words that Teams sends along', async () => {
    expect(await answerTo(personalActivity(here(), quoting(quoted, 'any idea?')))).toContain('500.19');
  });

  it('of another person, without a mention, is not for Frebot', async () => {
    const thread = groupActivity(here(), mention('what does 0x80070542 mean?'));
    await answerTo(thread);
    await run.teams.deliver(groupActivity(here(), quoting(quoted, 'what does 0x80070542 mean?')));
    await run.desk.stop(1000);
    expect(run.teams.messages).toHaveLength(1);
  });

  it('of Frebot, without a mention, is a follow-up', async () => {
    await answerTo(groupActivity(here(), mention('what does 0x80070542 mean?')));
    const ours = { ...quoted, by: bot.id };
    expect(
      await answerTo(groupActivity(here(), quoting(ours, 'who holds SeImpersonatePrivilege by default?'))),
    ).toContain('Administrators');
  });
});

describe('"this" is handed on otherwise', () => {
  it('a forwarded message is read through Graph', async () => {
    const activity = groupActivity(here(), mentioning(forwarding('1763400000009', 'any idea?')));
    serveWholeMessage(`${chat}/${activity.id}`, {
      html: '<p>any idea?</p>',
      attached: [forwardedMessage('1763400000009', `<p>${alert}</p>`)],
    });
    expect(await answerTo(activity)).toContain('500.19');
  });

  it('a link to a message of the same channel is followed', async () => {
    const link = `https://teams.microsoft.com/l/message/${id(team.thread)}/1763400000007?parentMessageId=${root}`;
    serveWholeMessage(`${channel}/${root}/replies/1763400000007`, { files: [log] });
    serveShare(log);
    expect(await answerTo(channelActivity(here(), mention(`what is this? ${link}`)))).toContain('0x80070542');
  });

  it('a link to another conversation is not followed', async () => {
    const link = `https://teams.microsoft.com/l/message/${id('19:secret@thread.tacv2')}/1763400000007`;
    const answer = await answerTo(channelActivity(here(), mention(`what is this? ${link}`)));
    expect(answer).not.toContain('ERROR_BAD_IMPERSONATION_LEVEL');
    expect(answer).not.toContain('IIS_IUSRS');
  });

  it.each([
    ['a paragraph', `<p>${alert}</p>`],
    ['pasted code', `<pre><code>${alert}</code></pre>`],
    ['lines', `<div>${alert}<br>on WEB03</div>`],
  ])('words that stand in the HTML alone: %s', async (_what, html) => {
    expect(await answerTo(personalActivity(here(), htmlOnly(html)))).toContain('500.19');
  });

  it('a hostile quote ends quickly and says nothing', async () => {
    const html = `<blockquote itemtype="http://schema.skype.com/Reply" ${'<p itemprop="preview">'.repeat(3000)}`;
    const started = performance.now();
    await answerTo(
      personalActivity(here(), { text: 'what is this?', attachments: [{ contentType: 'text/html', content: html }] }),
    );
    expect(performance.now() - started).toBeLessThan(60_000);
    nock.cleanAll();
  });
});
