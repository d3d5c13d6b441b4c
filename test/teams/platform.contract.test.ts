import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GraphFile, serveLinkPage, serveMessage, serveShare, serveSharingLink } from '../fakes/teams/graph.js';
import {
  buttonInvoke,
  channelActivity,
  deletionOf,
  editOf,
  type FakeActivity,
  fileStubs,
  groupActivity,
  groupChat,
  mention,
  personalActivity,
  personalChat,
  phoneFileOffer,
  type SentActivity,
  team,
  tenantId,
} from '../fakes/teams/index.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { cardElements, cardText } from './cards.js';
import { cardOf, droppedLog as log, TeamsRun, unusedMocks } from './driver.js';

// Unusual conditions of Teams: phones, edits, deletions, late responses, unreadable files.
let run: TeamsRun;
beforeEach(async () => {
  run = await TeamsRun.start();
});
afterEach(async () => {
  await run.stop();
});

const messages = `/teams/${team.group}/channels/${encodeURIComponent(team.thread)}/messages`;
const cardTexts = () => run.teams.messages.map((sent) => cardText(cardOf(sent))).join('\n');
const dropped = (withMention = true) =>
  channelActivity(run.teams.serviceUrl, { ...(withMention && mention('')), ...fileStubs(log.id) });

async function answered(activity: FakeActivity): Promise<string> {
  expect((await run.teams.deliver(activity)).status).toBe(200);
  await run.teams.connector.waitForMessages(1);
  return cardTexts();
}

/** Resolves when all work has ended. */
const settled = () => run.desk.stop(3000);

describe('a file from a phone, whose address is a sharing link', () => {
  it('is opened through Graph with the grant', async () => {
    const { link, ...offer } = phoneFileOffer(log.name);
    serveLinkPage(link);
    serveSharingLink(link, log);
    expect(await answered(personalActivity(run.teams.serviceUrl, offer))).toContain('0x80070542');
    expect(unusedMocks()).toEqual([]);
  });

  it('gets a sentence that says what to do without the grant', async () => {
    const { link, ...offer } = phoneFileOffer(log.name);
    serveLinkPage(link);
    serveSharingLink(link, log, { status: 403 });
    const words = await answered(personalActivity(run.teams.serviceUrl, offer));
    expect(words).toContain('got a web page instead');
    expect(words).toContain('fr000032.xml');
    expect(words).toContain('on a computer');
  });

  it('gets a sentence when it is a picture', async () => {
    const html = '<div><img src="https://us-api.asm.skype.com/v1/objects/0/views/imgo" itemtype="AMSImage"></div>';
    const contentUrl = 'https://smba.trafficmanager.net/amer/v3/attachments/0/views/original';
    const attachments = [
      { contentType: 'image/*', contentUrl },
      { contentType: 'text/html', content: html },
    ];
    expect(await answered(personalActivity(run.teams.serviceUrl, { attachments }))).toContain(
      "I can't read what is written in one",
    );
  });
});

describe('edits and deletions', () => {
  it('get no second answer', async () => {
    const asked = channelActivity(run.teams.serviceUrl, mention('explain 500.19'));
    await answered(asked);
    await run.teams.deliver(editOf(asked, '<at>Frebot</at> explain 500.21'));
    await run.teams.deliver(deletionOf(asked));
    await settled();
    expect(run.teams.messages).toHaveLength(1);
  });

  it('get the first answer when they add the mention', async () => {
    const written = channelActivity(run.teams.serviceUrl, { text: 'explain 500.19' });
    await run.teams.deliver(written);
    await settled();
    expect(run.teams.messages).toHaveLength(0);
    const edited = { ...editOf(written, '<at>Frebot</at> explain 500.19'), ...mention('explain 500.19') };
    expect(await answered(edited)).toContain('500.19');
    await run.teams.deliver(edited);
    await settled();
    expect(run.teams.messages).toHaveLength(1);
  });

  it('are noticed: the answer says that a removed file is gone', async () => {
    const activity = dropped();
    serveMessage(`${messages}/${activity.id}`, []);
    expect(await answered(activity)).toMatch(/gone/);
  });
});

it('forgets the chat that Frebot is removed from, and no other', async () => {
  const log = { text: new TextDecoder().decode(frebLog()) };
  const { serviceUrl } = run.teams;
  await answered(personalActivity(serviceUrl, log));
  await run.teams.deliver(groupActivity(serviceUrl, { ...log, ...mention(log.text) }));
  await run.teams.connector.waitForMessages(2);
  const storedAnswers = () =>
    Promise.all([personalChat, groupChat].map(({ id }) => run.store.recent(`teams:${tenantId}:${id}`, 5)));
  await settled();
  expect((await storedAnswers()).map((answers) => answers.length)).toEqual([1, 1]);
  await run.teams.deliver(personalActivity(serviceUrl, { type: 'installationUpdate', action: 'remove' }));
  expect((await storedAnswers()).map((answers) => answers.length)).toEqual([0, 1]);
});

describe('a turn that takes too long and is delivered again', () => {
  it('is answered once', async () => {
    const asked = channelActivity(run.teams.serviceUrl, mention('explain 500.19'));
    const claim = run.inbox.claim;
    let slow = 2;
    run.inbox.claim = async (message) => {
      if (slow-- > 0) await new Promise((resolve) => setTimeout(resolve, 1500));
      return claim.call(run.inbox, message);
    };
    expect(await run.teams.deliverUntilTaken(asked, 600)).toBeGreaterThan(1);
    await run.teams.connector.waitForMessages(1);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await settled();
    expect(run.teams.messages).toHaveLength(1);
  });
});

describe('an unreadable file dropped without a mention', () => {
  async function dropUnreadable(name: string): Promise<FakeActivity> {
    const activity = dropped(false);
    serveMessage(`${messages}/${activity.id}`, [{ ...log, name }]);
    serveShare({ ...log, name }, { status: 403 });
    expect((await run.teams.deliver(activity)).status).toBe(200);
    return activity;
  }

  it('gets one receipt per channel per day, when it is named like evidence', async () => {
    await dropUnreadable('fr000032.xml');
    await run.teams.connector.waitForMessages(1);
    expect(cardTexts()).toMatch(/fr000032\.xml.*Sites\.Selected.*1:1 chat/s);
    await dropUnreadable('fr000033.xml');
    await dropUnreadable('logs.zip');
    await settled();
    expect(run.teams.messages).toHaveLength(1);
    expect(unusedMocks()).toEqual([]);
  });

  it.each(['Menu of the week.docx', 'plan.xlsx', 'photo.jpg'])('gets no receipt when it is %s', async (name) => {
    await dropUnreadable(name);
    await settled();
    expect(run.teams.connector.activities).toEqual([]);
  });

  it('gets no receipt when its name cannot be read', async () => {
    const activity = dropped(false);
    serveMessage(`${messages}/${activity.id}`, [], 403);
    await run.teams.deliver(activity);
    await settled();
    expect(run.teams.connector.activities).toEqual([]);
  });

  it('gets a receipt each time when Frebot is mentioned', async () => {
    for (const count of [1, 2]) {
      const activity = dropped();
      serveMessage(`${messages}/${activity.id}`, [log]);
      serveShare(log, { status: 403 });
      await run.teams.deliver(activity);
      await run.teams.connector.waitForMessages(count);
    }
    expect(run.teams.messages).toHaveLength(2);
  });
});

describe('a failure of Graph', () => {
  it.each([
    [401, 'Sites.Selected'],
    [403, 'Sites.Selected'],
    [404, 'gone'],
    [410, 'gone'],
    [500, "couldn't download"],
  ])('with status %i is explained', async (status, words) => {
    const activity = dropped();
    serveMessage(`${messages}/${activity.id}`, [log]);
    serveShare(log, { status });
    expect(await answered(activity)).toContain(words);
  });

  it('with status 429 is retried', async () => {
    const activity = dropped();
    serveMessage(`${messages}/${activity.id}`, [log]);
    serveShare(log, { status: 429 });
    serveShare(log);
    expect(await answered(activity)).toContain('0x80070542');
  });
});

describe('a log pasted into a channel without a mention', () => {
  it('is answered like a dropped one', async () => {
    const text = new TextDecoder().decode(frebLog());
    expect(await answered(channelActivity(run.teams.serviceUrl, { text }))).toContain('0x80070542');
  });

  it('is not confused with talk that mentions similar words', async () => {
    const lines = ['SeImpersonatePrivilege again', 'who has it?', 'see <failedRequests>'];
    await run.teams.deliver(channelActivity(run.teams.serviceUrl, { text: lines.join('\n') }));
    await settled();
    expect(run.teams.connector.activities).toEqual([]);
  });
});

describe('after a restart', () => {
  it('an export dropped below a log is judged together with that log, which is read again', async () => {
    const first = dropped();
    serveMessage(`${messages}/${first.id}`, [log]);
    serveShare(log);
    await answered(first);
    await settled();
    const { store } = run;
    await run.stop();

    run = await TeamsRun.start({}, store);
    const list: GraphFile = { id: log.id.replace('1c', '2c'), name: 'rights.inf', bytes: rightsExport() };
    const content = { ...mention(''), ...fileStubs(list.id) };
    const second = channelActivity(run.teams.serviceUrl, content, first.id);
    serveMessage(`${messages}/${first.id}/replies/${second.id}`, [list]);
    serveShare(list);
    serveMessage(`${messages}/${first.id}`, [log]);
    serveShare(log);
    expect(await answered(second)).toMatch(
      /^IIS_IUSRS is missing from the list.*fr000032\.xml.*0x80070542.*Missing: S-1-5-32-568/s,
    );
    expect(unusedMocks()).toEqual([]);
  });

  it('a button of a card from before a restart changes that card in place', async () => {
    await answered(channelActivity(run.teams.serviceUrl, { text: new TextDecoder().decode(frebLog()) }));
    const fixed = cardElements(cardOf(run.teams.messages[0] as SentActivity)).find((e) => e.title === 'This fixed it');
    const { store } = run;
    await run.stop();
    run = await TeamsRun.start({}, store);
    const pressed = buttonInvoke(String(fixed?.verb), fixed?.data as object);
    const response = await run.teams.deliver(channelActivity(run.teams.serviceUrl, pressed));
    const { value } = (await response.json()) as { value: unknown };
    expect(cardText(value)).toMatch(/0x80070542.*marked it as fixed/s);
  });
});
