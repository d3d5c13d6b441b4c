import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adaptiveCard, fileAddress, type GraphFile, serveMessage, serveShare } from '../fakes/teams/graph.js';
import { bot, channelActivity, fileStubs, groupActivity, groupChat, mention, team } from '../fakes/teams/index.js';
import { frebLog } from '../scenarios/logs.js';
import { cardElements, cardFaults, cardText } from './cards.js';
import { cardOf, droppedLog as log, TeamsRun, unusedMocks } from './driver.js';

let run: TeamsRun;
beforeEach(async () => {
  run = await TeamsRun.start();
});
afterEach(async () => {
  await run.stop();
});

const id = encodeURIComponent;
const channel = `/teams/${team.group}/channels/${id(team.thread)}/messages`;

async function answers(count = 1): Promise<string> {
  const sent = await run.teams.connector.waitForMessages(count);
  return sent.map((s) => cardText(cardOf(s))).join('\n');
}

describe('a log dropped into a channel or group chat', () => {
  it('is found in the first message of a channel with the group id of the team details', async () => {
    const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id) });
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log);
    expect((await run.teams.deliver(activity)).status).toBe(200);
    expect(await answers()).toContain('0x80070542');
    expect(run.teams.messages[0]?.conversation).toBe(`${team.thread};messageid=${activity.id}`);
    expect(unusedMocks()).toEqual([]);
  });

  it('is found in a reply in a channel with the group id of the activity', async () => {
    const root = '1763500000001';
    const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id) }, root);
    const data = activity.channelData as { team: object };
    serveMessage(`/teams/other-group/channels/${id(team.thread)}/messages/${root}/replies/${activity.id}`, [log]);
    serveShare(log);
    await run.teams.deliver({
      ...activity,
      channelData: { ...data, team: { ...data.team, aadGroupId: 'other-group' } },
    });
    expect(await answers()).toContain('0x80070542');
    expect(run.teams.messages[0]?.conversation).toBe(`${team.thread};messageid=${root}`);
    expect(unusedMocks()).toEqual([]);
  });

  it('costs one reading of the post and of the team, however many files there are, and gets its name from its address', async () => {
    const files = [1, 2, 3, 4, 5].map((n) => ({
      ...log,
      id: `1c2d3e4f-0000-4000-8000-0000000000a${n}`,
      name: `fr00003${n}.xml`,
    }));
    const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(...files.map((f) => f.id)) });
    serveMessage(`${channel}/${activity.id}`, files, 200, { unnamed: true });
    for (const file of files) serveShare(file);
    await run.teams.deliver(activity);
    expect(await answers()).toContain('5');
    expect(unusedMocks()).toEqual([]);
    expect(run.teams.connector.teamReads).toBe(1);
  });

  it('is found in a group chat', async () => {
    const activity = groupActivity(run.teams.serviceUrl, { ...mention('what is this?'), ...fileStubs(log.id) });
    serveMessage(`/chats/${id(groupChat.id)}/messages/${activity.id}`, [log]);
    serveShare(log);
    await run.teams.deliver(activity);
    expect(await answers()).toContain('0x80070542');
    expect(unusedMocks()).toEqual([]);
  });

  it('is answered without a mention, because it proves to be evidence', async () => {
    const activity = channelActivity(run.teams.serviceUrl, fileStubs(log.id));
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log);
    await run.teams.deliver(activity);
    expect(await answers()).toContain('0x80070542');
  });

  it('gets neither an answer nor a sign without a mention when it is no evidence', async () => {
    const note: GraphFile = { id: log.id, name: 'menu.txt', bytes: new TextEncoder().encode('Tuesday: soup') };
    const activity = channelActivity(run.teams.serviceUrl, fileStubs(note.id));
    serveMessage(`${channel}/${activity.id}`, [note]);
    serveShare(note);
    await run.teams.deliver(activity);
    await run.desk.stop(3000);
    expect(run.teams.connector.activities).toEqual([]);
    expect(unusedMocks()).toEqual([]);
  });

  it('is read together with another file of the message, which is read once', async () => {
    const second: GraphFile = {
      id: '2c2d3e4f-0000-4000-8000-00000000f11e',
      name: 'fr000033.xml',
      bytes: frebLog({ url: 'http://web03:80/other.html' }),
    };
    const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id, second.id) });
    serveMessage(`${channel}/${activity.id}`, [log, second]);
    serveShare(log);
    serveShare(second);
    await run.teams.deliver(activity);
    await answers();
    expect(unusedMocks()).toEqual([]);
  });

  it('is answered once when it is delivered twice', async () => {
    const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id) });
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log);
    await Promise.all([run.teams.deliver(activity), run.teams.deliver(activity)]);
    await answers();
    await run.desk.stop(3000);
    expect(run.teams.messages).toHaveLength(1);
  });
});

describe('one receipt names what is missing', () => {
  const dropped = () => channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id) });

  it('when the message may not be read: resource-specific consent', async () => {
    const activity = dropped();
    serveMessage(`${channel}/${activity.id}`, [], 403);
    await run.teams.deliver(activity);
    const texts = await answers();
    expect(texts).toContain('ChannelMessage.Read.Group');
    expect(texts).toContain('1:1 chat');
  });

  it('when the message of a group chat may not be read: the permission for chats', async () => {
    const activity = groupActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(log.id) });
    serveMessage(`/chats/${id(groupChat.id)}/messages/${activity.id}`, [], 403);
    await run.teams.deliver(activity);
    expect(await answers()).toContain('ChatMessage.Read.Chat');
  });

  it('when the file may not be opened: the narrowest grant first', async () => {
    const activity = dropped();
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log, { status: 403 });
    await run.teams.deliver(activity);
    const texts = await answers();
    expect(texts).toMatch(/Sites\.Selected.*Files\.Read\.All/s);
    expect(texts).toContain('fr000032.xml');
  });

  it('when the message is gone', async () => {
    const activity = dropped();
    serveMessage(`${channel}/${activity.id}`, [], 404);
    await run.teams.deliver(activity);
    expect(await answers()).toMatch(/gone/);
  });

  it('when a sign-in page comes instead of the file', async () => {
    const activity = dropped();
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log, { html: true });
    await run.teams.deliver(activity);
    expect(await answers()).toContain('got a web page instead');
  });

  it('a redirect that leads away from Microsoft is not followed', async () => {
    const activity = dropped();
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log, { to: 'https://sharepoint.com.evil.example/x' });
    await run.teams.deliver(activity);
    expect(await answers()).toContain("don't download from");
  });

  it('an address in the message that is not a file host is never sent to Graph', async () => {
    const activity = dropped();
    nock('https://graph.microsoft.com')
      .get(`/v1.0${channel}/${activity.id}`)
      .reply(200, {
        attachments: [
          { id: log.id, contentType: 'reference', contentUrl: 'https://evil.example/fr.xml', name: 'fr.xml' },
        ],
      });
    await run.teams.deliver(activity);
    expect(await answers()).toContain("don't download from");
  });

  it('a card with the stub of a file is not taken for a dropped file', async () => {
    const activity = channelActivity(run.teams.serviceUrl, fileStubs(log.id));
    serveMessage(`${channel}/${activity.id}`, [{ ...log, contentType: 'application/vnd.microsoft.card.adaptive' }]);
    await run.teams.deliver(activity);
    await run.desk.stop(3000);
    expect(run.teams.connector.activities).toEqual([]);
  });

  it('Graph is asked again when it is busy', async () => {
    const activity = dropped();
    serveMessage(`${channel}/${activity.id}`, [], 429);
    serveMessage(`${channel}/${activity.id}`, [], 503);
    serveMessage(`${channel}/${activity.id}`, [log]);
    serveShare(log);
    await run.teams.deliver(activity);
    expect(await answers()).toContain('0x80070542');
  });
});

/** What the dialog says that Teams shows in answer to an action. */
async function dialog(response: Response): Promise<string> {
  const content = await dialogCard(response);
  expect(cardFaults(content)).toEqual([]);
  return cardText(content);
}

async function dialogCard(response: Response): Promise<unknown> {
  const { task } = (await response.json()) as { task: { type: string; value: { card: { content: unknown } } } };
  expect(task.type).toBe('continue');
  return task.value.card.content;
}

describe('the message action', () => {
  const action = (payload: object) => {
    const value = { commandId: 'diagnoseLog', commandContext: 'message', messagePayload: payload };
    return { ...groupActivity(run.teams.serviceUrl, { type: 'invoke', name: 'composeExtension/fetchTask' }), value };
  };
  const reference = { id: log.id, contentType: 'reference', contentUrl: fileAddress(log.name), name: log.name };

  it('diagnoses the file of any message in the dialog, and posts nothing', async () => {
    serveShare(log);
    const response = await run.teams.deliver(
      action({ id: '1763500000042', body: { contentType: 'html', content: '<p>look</p>' }, attachments: [reference] }),
    );
    expect(await dialog(response)).toContain('0x80070542');
    expect(run.teams.messages).toEqual([]);
  });

  it.each([
    ['words', { body: { contentType: 'html', content: '<p>HTTP Error 500.19, 0x8007000d</p>' } }],
    [
      'the card of a monitoring app',
      { attachments: [adaptiveCard([{ type: 'TextBlock', text: 'HTTP Error 500.19, 0x8007000d' }])] },
    ],
  ])('answers %s', async (_what, payload) => {
    expect(await dialog(await run.teams.deliver(action({ id: '1763500000042', ...payload })))).toContain('500.19');
  });

  it.each([
    ['chat', 'lunch at twelve?'],
    ['a command in a colleague’s words', 'mute'],
  ])('says in the dialog that %s is nothing to read', async (_what, content) => {
    const response = await run.teams.deliver(action({ id: '1763500000042', body: { content } }));
    expect(await dialog(response)).toContain("don't see a file here");
    expect(run.teams.messages).toEqual([]);
  });

  it('shares the answer in the thread of the message when the person wants it', async () => {
    const payload = { id: '1763500000042', body: { content: 'HTTP Error 500.19, 0x8007000d' } };
    const shown = (await (await run.teams.deliver(action(payload))).json()) as {
      task: { value: { card: { content: unknown } } };
    };
    const share = cardElements(shown.task.value.card.content).find(({ title }) => title === 'Share here');
    const again = { ...action(payload), name: 'composeExtension/submitAction' };
    const value = { ...again.value, data: share?.data };
    expect(await dialog(await run.teams.deliver({ ...again, value }))).toContain('sharing');
    expect(await answers()).toContain('500.19');
    expect(run.teams.messages[0]?.conversation).toBe(groupChat.id);
  });

  it('asks again for an answer that takes longer than Teams waits', async () => {
    await run.stop();
    run = await TeamsRun.start({ invokeTimeoutMs: 1 });
    serveShare(log);
    const payload = { id: '1763500000042', attachments: [reference] };
    let content = await dialogCard(await run.teams.deliver(action(payload)));
    for (let i = 0; i < 200 && !cardText(content).includes('0x80070542'); i++) {
      const show = cardElements(content).find(({ title }) => title === 'Show the answer');
      await new Promise((done) => setTimeout(done, 20));
      const again = { ...action(payload), name: 'composeExtension/submitAction' };
      content = await dialogCard(await run.teams.deliver({ ...again, value: { ...again.value, data: show?.data } }));
    }
    expect(cardText(content)).toContain('0x80070542');
  });

  it('says to the asker alone that there is nothing to read', async () => {
    const response = await run.teams.deliver(action({ id: '1763500000042', body: { content: '<p> </p>' } }));
    expect(await dialog(response)).toContain('no log');
    await run.desk.stop(1000);
    expect(run.teams.connector.activities).toEqual([]);
  });

  it('says so when it is used on an answer of Frebot', async () => {
    const from = { application: { id: bot.id.slice(3) } };
    const response = await run.teams.deliver(action({ id: '1763500000042', from, body: { content: '0x80070542' } }));
    expect(await dialog(response)).toContain('my own answer');
  });

  it('says so when it is used outside of a message', async () => {
    const response = await run.teams.deliver(action({}));
    expect(await dialog(response)).toContain('menu');
  });
});
